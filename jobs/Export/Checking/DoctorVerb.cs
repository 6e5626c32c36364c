using RdsBq.Core;
using RdsBq.Core.Checks;

namespace RdsBq.Export.Checking;

/// <summary><c>doctor</c>: looks at everything that the other verbs need, and changes nothing.</summary>
internal sealed class DoctorVerb(Examination examination, DoctorScreen screen, TextWriter output)
{
    /// <returns>The exit code: 1 where anything is not ok.</returns>
    public async Task<int> RunAsync(DoctorArguments arguments, CancellationToken token)
    {
        var all = new List<Checked>();
        await foreach (var one in examination.RunAsync(token))
        {
            all.Add(one);
            if (!arguments.Json) await screen.WriteAsync(one);
        }
        if (arguments.Json) await output.WriteLineAsync(DoctorJson.Of(all));
        else await screen.WriteSumAsync(all);
        return all.Exists(c => c.Answer.Verdict == CheckVerdict.NotOk) ? StopException.NeedsPerson : Ending.Success;
    }
}

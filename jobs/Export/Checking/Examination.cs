using System.Runtime.CompilerServices;
using RdsBq.Core;
using RdsBq.Core.Checks;

namespace RdsBq.Export.Checking;

/// <summary>Runs checks one after the other. A check that fails in a way of its own ends itself, never the others.</summary>
/// <param name="patience">For one check; a service that hangs must not keep the rest from being told.</param>
internal sealed class Examination(IReadOnlyList<Check> checks, TimeProvider time, TimeSpan patience)
{
    public async IAsyncEnumerable<Checked> RunAsync([EnumeratorCancellation] CancellationToken token)
    {
        var verdicts = new Dictionary<string, CheckVerdict>(StringComparer.Ordinal);
        foreach (var check in checks)
        {
            var answer = check.Needs is { } needs && verdicts[needs] != CheckVerdict.Ok
                ? Answer.NotChecked($"needs \"{needs}\" to be ok")
                : await AnswerAsync(check, token);
            verdicts.Add(check.Name, answer.Verdict);
            yield return new Checked(check.Name, answer);
        }
    }

    private async Task<Answer> AnswerAsync(Check check, CancellationToken token)
    {
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, late.Token);
        try
        {
            return await check.LookAsync(either.Token);
        }
        catch (StopException stop)
        {
            return Answer.Of(stop);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One check's failure is its own line; the others are still wanted.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Not every client tells by its exception that it was cancelled.
            token.ThrowIfCancellationRequested();
            if (late.IsCancellationRequested) return Answer.NotChecked($"no answer in {patience.TotalSeconds:0} s", "Check the network from here, then run doctor again.");
            return Answer.NotChecked($"{e.GetType().Name}: {Ending.FirstLine(e.Message)}", "Run doctor again; if it recurs, report this line.");
        }
    }
}

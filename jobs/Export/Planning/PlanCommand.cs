using System.CommandLine;

namespace RdsBq.Export.Planning;

/// <summary>What <c>plan</c> was asked for.</summary>
/// <param name="Json">Print the plan as JSON.</param>
/// <param name="ExitCode">End with 2 where anything would change.</param>
internal sealed record PlanArguments(bool Json, bool ExitCode)
{
    public static Command Command(Func<PlanArguments, Task<int>> run)
    {
        var json = new Option<bool>("--json") { Description = "Print the plan as one JSON object." };
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 2 where export, load or sync would change anything, with 0 where not." };
        var command = new Command("plan", "Say what export, load and sync would do now, and what it costs. Reads only: it changes nothing." + Environment.NewLine + CommandLine.ExitCodes)
        {
            json, exitCode,
        };
        command.SetAction((parsed, _) => run(new PlanArguments(parsed.GetValue(json), parsed.GetValue(exitCode))));
        return command;
    }
}

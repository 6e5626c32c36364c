using System.CommandLine;

namespace RdsBq.Export.Publishing;

/// <summary>What <c>publish</c> was asked for: one of the two.</summary>
/// <param name="Run">The run to point all views at, as a person names it; null with <paramref name="List"/>.</param>
internal sealed record PublishArguments(string? Run, bool List)
{
    public static Command Command(Func<PublishArguments, Task<int>> run)
    {
        var which = new Option<string?>("--run") { Description = $"The run to show: {Core.Runs.RunNames.Expected}.", HelpName = "run" };
        var list = new Option<bool>("--list") { Description = "List the runs, and which of them can be shown." };
        var command = new Command(
            "publish", "Point all views at one proven run: back to an earlier one, or forward again. A newer run that is proven afterwards publishes itself as usual."
            + Environment.NewLine + CommandLine.ExitCodes)
        {
            which, list,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(list) == result.GetValue(which) is not null) result.AddError("publish wants either --run <run> or --list.");
        });
        command.SetAction((parsed, _) => run(new PublishArguments(parsed.GetValue(which), parsed.GetValue(list))));
        return command;
    }
}

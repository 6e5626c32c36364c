using System.CommandLine;

namespace RdsBq.Export.Reporting;

/// <summary>What <c>status</c> was asked for.</summary>
/// <param name="Json">The report as JSON on standard output, not as text.</param>
/// <param name="Watch">Look again and again until it is stopped.</param>
/// <param name="Poll">How often <see cref="Watch"/> looks.</param>
/// <param name="Html">The file to write the report to as a page; null for none.</param>
internal sealed record StatusArguments(bool Json, bool Watch, TimeSpan Poll, string? Html)
{
    public static Command Command(Func<StatusArguments, Task<int>> run)
    {
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var watch = new Option<bool>("--watch") { Description = "Look again every --poll, until Ctrl-C: redrawn on a terminal, elsewhere a line for every change." };
        var poll = CommandLine.Duration("--poll", "How often --watch looks, such as 500ms, 15s or 1m. Default: 15s.", TimeSpan.FromSeconds(15));
        var html = new Option<string?>("--html") { Description = "Write the report to this file as well, as one page that needs nothing else.", HelpName = "file" };
        var command = new Command(
            "status", "Show where everything stands: the last export, the run under way, what is published and how old it is. Changes nothing." + Environment.NewLine + CommandLine.ExitCodes)
        {
            json, watch, poll, html,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(watch)) result.AddError("--json and --watch exclude each other: --json prints one report.");
        });
        command.SetAction((parsed, _) => run(new StatusArguments(parsed.GetValue(json), parsed.GetValue(watch), parsed.GetValue(poll), parsed.GetValue(html))));
        return command;
    }
}

using System.CommandLine;

namespace RdsBq.Export.Verbs;

/// <summary>What <c>export</c> was asked for.</summary>
/// <param name="Wait">Follow the run through to published.</param>
/// <param name="Poll">How often <see cref="Wait"/> looks.</param>
internal sealed record ExportArguments(bool Again, bool Wait, TimeSpan Poll)
{
    public static Command Command(Func<ExportArguments, Task<int>> run)
    {
        var again = new Option<bool>("--again") { Description = "Export the newest snapshot even if it has been exported already." };
        var wait = new Option<bool>("--wait") { Description = "Follow the run until its views are published, or it has failed." };
        var poll = CommandLine.Duration("--poll", "How often --wait looks, such as 500ms, 15s or 1m. Default: 15s.", TimeSpan.FromSeconds(15));
        var command = new Command("export", "Export the newest snapshot to S3, unless that is done or under way (this is what runs when no verb is named)." + Environment.NewLine + CommandLine.ExitCodes)
        {
            again, wait, poll,
        };
        command.SetAction((parsed, _) => run(new ExportArguments(parsed.GetValue(again), parsed.GetValue(wait), parsed.GetValue(poll))));
        return command;
    }
}

using System.CommandLine;

namespace RdsBq.Export.Syncing;

/// <summary>What <c>sync</c> was asked for.</summary>
/// <param name="DryRun">Print the changes and make none.</param>
/// <param name="Json">Print one JSON object instead of lines.</param>
internal sealed record SyncArguments(bool Rotate, bool Prune, bool Enable, bool DryRun, bool Json)
{
    public static Command Command(Func<SyncArguments, Task<int>> run)
    {
        var rotate = new Option<bool>("--rotate") { Description = "Give every transfer config the AWS keys again, newer or not." };
        var prune = new Option<bool>("--prune") { Description = "Delete this job's transfer configs that no wanted table has." };
        var enable = new Option<bool>("--enable") { Description = "Switch on wanted transfer configs that somebody has switched off." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print what would be changed, and change nothing." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "sync",
            "Make the transfer configs what the list of target tables says: create, recreate, rotate keys." + Environment.NewLine + CommandLine.ExitCodes)
        {
            rotate, prune, enable, dryRun, json,
        };
        command.SetAction((parsed, _) => run(new SyncArguments(
            parsed.GetValue(rotate), parsed.GetValue(prune), parsed.GetValue(enable), parsed.GetValue(dryRun), parsed.GetValue(json))));
        return command;
    }
}

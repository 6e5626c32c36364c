using RdsBq.Core.Checks;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Checking;

/// <summary>What can be told without a call. Settings that can't be used have stopped the verb before.</summary>
internal static class SettingsChecks
{
    public static IEnumerable<Check> Of(JobSettings settings)
    {
        yield return new Check("settings", null, _ => Task.FromResult(Answer.Ok(
            $"{settings.Source.Id} to {settings.Warehouse.Project}.{settings.Warehouse.Dataset} ({settings.Warehouse.Location}); {Told(settings)}")));
    }

    private static string Told(JobSettings settings) => settings.Slack is { } slack ? $"people are told in {slack.Channel}" : "people are told by the log alone";
}

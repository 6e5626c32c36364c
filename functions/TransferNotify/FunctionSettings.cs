using RdsBq.Core.Settings;

namespace RdsBq.TransferNotify;

/// <summary>The function's settings: ENV, DATABASE_NAME, GOOGLE_CLOUD_PROJECT, BIGQUERY_LOCATION, BIGQUERY_DATASET, PUBLISH, TYPES, READY_TOPIC, SLACK_CHANNEL, SLACK_TOKEN_SECRET, and the endpoints.</summary>
/// <param name="ReadyTopic">Told when a run is published; null for nobody.</param>
/// <param name="Slack">Null where neither channel nor token is set: alerts then go to the log alone.</param>
public sealed record FunctionSettings(WarehouseSettings Warehouse, string? ReadyTopic, SlackSettings? Slack, Endpoints Endpoints)
{
    /// <param name="problems">Every setting that can't be used; the result is not to be used unless it is empty.</param>
    public static FunctionSettings Read(IReadOnlyDictionary<string, string> environment, out IReadOnlyList<SettingsProblem> problems)
    {
        var reader = new SettingsReader(environment);
        var env = reader.Maybe("ENV", "the environment's short name, e.g. prod");
        var database = reader.Maybe("DATABASE_NAME", DatabaseNames.Expected, DatabaseNames.IsValid);
        var settings = new FunctionSettings(
            WarehouseSettings.Read(reader, env, database), reader.Maybe("READY_TOPIC", TopicName.Expected, TopicName.IsValid),
            SlackSettings.Read(reader), Endpoints.Read(reader));
        problems = reader.Problems;
        return settings;
    }

    /// <summary>This process's environment: the only place where the function looks at it.</summary>
    public static IReadOnlyDictionary<string, string> OfThisProcess()
    {
#pragma warning disable RS0030 // Settings are read here, once, so that they are an argument everywhere else.
        return Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
#pragma warning restore RS0030
    }
}

using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Severity = Google.Cloud.BigQuery.DataTransfer.V1.TransferMessage.Types.MessageSeverity;

namespace RdsBq.Local.Transfers;

/// <summary>A config with its runs.</summary>
internal sealed class ConfigEntry(string location, string id, TransferConfig config)
{
    public string Location => location;

    public string Id => id;

    /// <summary>As created and updated, without what only answers carry.</summary>
    public TransferConfig Config { get; set; } = config;

    /// <summary>When the last run that succeeded started: what appending runs take up from.</summary>
    public DateTimeOffset? LastSuccess { get; set; }

    /// <summary>When the next run starts by itself; null for on-demand configs.</summary>
    public DateTimeOffset? NextRun { get; set; }

    public List<RunEntry> Runs { get; } = [];

    public string? ScheduleText => OnDemand ? null
        : Config.ScheduleOptionsV2?.TimeBasedSchedule is { } timed ? Filled(timed.Schedule)
        : Filled(Config.Schedule);

    public bool OnDemand =>
        Config.ScheduleOptions is { DisableAutoScheduling: true }
            || Config.ScheduleOptionsV2 is { ScheduleCase: ScheduleOptionsV2.ScheduleOneofCase.ManualSchedule };

    private static string Filled(string schedule) => schedule.Length > 0 ? schedule : "every 24 hours";
}

/// <summary>A run with its log.</summary>
internal sealed class RunEntry(ConfigEntry config, string id, TransferRun run)
{
    public ConfigEntry Config => config;

    public string Id => id;

    public TransferRun Run => run;

    public List<TransferMessage> Log { get; } = [];

    /// <summary>Under way since the run is RUNNING.</summary>
    public Task<RunOutcome>? Work { get; set; }

    public bool IsOver => Run.State is TransferState.Succeeded or TransferState.Failed or TransferState.Cancelled;

    public void Say(DateTimeOffset now, Severity severity, string text) =>
        Log.Add(new TransferMessage { MessageTime = now.ToTimestamp(), Severity = severity, MessageText = text });
}

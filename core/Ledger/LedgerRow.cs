using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

public enum LedgerEvent
{
    /// <summary>What a table of the run must hold, written before its transfer run starts.</summary>
    Expected,

    /// <summary>All expected rows of the run are written: <see cref="LedgerRow.Tables"/> says how many there are.</summary>
    Planned,

    /// <summary>A wanted table that the export left out; <see cref="LedgerRow.Detail"/> says why.</summary>
    Skipped,

    /// <summary>The landing table holds the expected rows.</summary>
    Proven,

    /// <summary>The transfer run succeeded, but the landing table does not hold the expected rows.</summary>
    Short,

    /// <summary>The transfer run failed or was cancelled.</summary>
    Failed,

    /// <summary>All views of the run are repointed (with PUBLISH=each: this table's view).</summary>
    Published,

    /// <summary>The table is not what it was in the run before; <see cref="LedgerRow.Detail"/> says what differs.</summary>
    Changed,

    /// <summary>The view of a table that the source no longer has is gone, its grace being over.</summary>
    Withdrawn,

    /// <summary>The run was not published by its deadline, and people have been told so.</summary>
    Overdue,

    /// <summary>A person has pointed all views at this run (publish --run), whatever was published before.</summary>
    Repointed,

    /// <summary>The run's export task failed or was cancelled; <see cref="LedgerRow.Detail"/> is RDS's FailureCause.</summary>
    ExportFailed,

    /// <summary>The run's export task is in STARTING for longer than usual.</summary>
    Stuck,

    /// <summary>The run's export is complete, and <c>load</c> can't land it; <see cref="LedgerRow.Detail"/> says why, and the mend.</summary>
    Stopped,

    /// <summary>Nothing was published for FRESHNESS: written to the run that readers wait for, or where there is none to the one that they see.</summary>
    Stale,

    /// <summary>Columns of a proven table begin to hold values that its view shows as NULL: <see cref="LedgerRow.Uncast"/>; <see cref="LedgerRow.Detail"/> is a query that shows some.</summary>
    Uncast,

    /// <summary>READY_TOPIC has been told that this run is shown, dated no earlier than the fact that it was told of.</summary>
    Announced,
}

/// <summary>One row of the ledger, which is only ever appended to. Fields that an event does not use are null.</summary>
/// <param name="Table">The source table, <c>db.schema.table</c>.</param>
/// <param name="View">The published view's name, without dataset.</param>
/// <param name="LandingTable">This run's landing table, without dataset.</param>
/// <param name="TransferConfig">Full resource name of the transfer config; null for a table that lands without a run.</param>
/// <param name="TransferRun">Full resource name of the transfer run that this row is the verdict on.</param>
/// <param name="ExpectedBytes">Bytes of the Parquet files.</param>
/// <param name="Schema">The landing columns as JSON (see LandingSchema), on expected rows.</param>
/// <param name="Detail">A reason in words; never carries params, keys or tokens.</param>
/// <param name="Uncast">On proven rows: how many values the view's casts can't read, by column, as a JSON object, which is
/// empty where all were read; null where nothing was counted.</param>
public sealed record LedgerRow(
    DateTimeOffset RecordedAt,
    LedgerEvent Event,
    RunTime RunTime,
    string ExportTaskId,
    DateTimeOffset? SnapshotTime = null,
    string? Table = null,
    string? View = null,
    string? LandingTable = null,
    string? TransferConfig = null,
    string? TransferRun = null,
    long? ExpectedRows = null,
    long? ExpectedBytes = null,
    long? ExpectedFiles = null,
    long? LandedRows = null,
    long? Tables = null,
    string? Schema = null,
    string? Detail = null,
    string? Uncast = null)
{
    /// <summary>The same fact written twice has the same id, so that BigQuery may drop the second.</summary>
    /// <remarks>A person may point the views at one run twice, with others between, and each is announced; a landing may stop for one reason after the other.</remarks>
    public string InsertId => Event is LedgerEvent.Repointed or LedgerEvent.Announced or LedgerEvent.Stopped
        ? $"{RunTime.Stamp}/{Event}/{RecordedAt.ToUnixTimeMilliseconds()}"
        : $"{RunTime.Stamp}/{Event}/{LandingTable ?? Table}/{TransferRun?.Split('/')[^1]}";
}

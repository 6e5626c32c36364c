using RdsBq.Core.Diagnosis;

namespace RdsBq.Core.Alerts;

/// <summary>What people hear of, the worst first.</summary>
public enum TroubleKind
{
    ExportFailed,

    /// <summary>The export is complete, and can't be landed.</summary>
    Stopped,
    Failed,
    Short,

    /// <summary>The export does not get beyond STARTING.</summary>
    Stuck,
    Overdue,

    /// <summary>Nothing newer was published for FRESHNESS.</summary>
    Stale,

    /// <summary>The export left a wanted table out.</summary>
    Skipped,

    /// <summary>Values that the view shows as NULL, in columns that had none before.</summary>
    Uncast,

    /// <summary>The table is not what it was in the run before.</summary>
    Changed,
}

/// <summary>One thing that went otherwise than planned.</summary>
/// <param name="Table">The source table; null for what the whole run has.</param>
/// <param name="What">In a few words, to stand behind the table's name.</param>
/// <param name="Detail">All that is known, such as a log's lines; null for no more than <paramref name="What"/>.</param>
/// <param name="Finding">Null where the cause is not known.</param>
/// <param name="Rows">That the table has, to tell which one is worst.</param>
/// <param name="TransferRun">Its resource name; null for none.</param>
public sealed record Trouble(
    TroubleKind Kind, string? Table, string What, string? Detail, Finding? Finding, bool IsOpen, DateTimeOffset Since, long Rows = 0, string? TransferRun = null)
{
    /// <summary>Told, but nothing that anybody has to mend.</summary>
    public bool IsNotice => Kind is TroubleKind.Uncast or TroubleKind.Changed;

    public string Line => Table is null ? What : $"{Table}: {What}";
}

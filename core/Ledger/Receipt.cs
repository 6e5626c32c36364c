using RdsBq.Core.Tables;

namespace RdsBq.Core.Ledger;

public enum Verdict
{
    /// <summary>Expected, and nothing heard of it yet.</summary>
    Pending,
    Proven,
    Short,
    Failed,

    /// <summary>The export left it out.</summary>
    Skipped,
}

/// <summary>The ledger's answer for one table and run.</summary>
/// <param name="TransferConfig">Null for a table that lands without a transfer run.</param>
/// <param name="LandedRows">Null until a verdict counted them.</param>
/// <param name="Columns">Of the landing table; empty for a skipped table.</param>
public sealed record Receipt(
    string Table, string View, string? LandingTable, string? TransferConfig, long ExpectedRows, long ExpectedBytes, long? LandedRows,
    Verdict Verdict, string? Detail, IReadOnlyList<Column> Columns)
{
    private static readonly IReadOnlyDictionary<string, long> None = new Dictionary<string, long>();

    /// <summary>Parquet files of the export.</summary>
    public long ExpectedFiles { get; init; }

    /// <summary>Values that the view shows as NULL because its casts can't read them, by column; empty for none.</summary>
    public IReadOnlyDictionary<string, long> Uncast { get; init; } = None;

    /// <summary>When the verdict was given; null while it is pending.</summary>
    public DateTimeOffset? JudgedAt { get; init; }

    /// <summary>What differs from the run before, in words; null for nothing.</summary>
    public string? Change { get; init; }
}

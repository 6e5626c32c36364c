using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Reports;

/// <summary>What <c>status</c> looked at.</summary>
/// <param name="Now">By AWS's clock, since it is set against times that AWS wrote.</param>
/// <param name="Exports">This job's export tasks, newest run time first; null where AWS did not answer.</param>
/// <param name="Runs">Newest first; null where BigQuery did not answer.</param>
/// <param name="Rows">The ledger's rows about the newest run and the one that is shown.</param>
/// <param name="Bucket">What is amiss with the bucket's lifecycle; null for nothing.</param>
/// <param name="Unknown">What could not be read, and why.</param>
public sealed record StatusSeen(
    DateTimeOffset Now, TimeSpan Freshness, IReadOnlyList<(RunTime RunTime, ExportTask Task)>? Exports, IReadOnlyList<RunFigures>? Runs,
    IReadOnlyCollection<LedgerRow> Rows, string? Bucket, IReadOnlyList<string> Unknown);

using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Transfers;

namespace RdsBq.Core.Plans;

/// <summary>Everything that a plan is made of, all of it read.</summary>
/// <param name="Load">As <c>load</c> itself decides it.</param>
/// <param name="Landing">What the export holds that would be landed; null where none would.</param>
/// <param name="UnderWay">Planned runs that are not published, newest first.</param>
/// <param name="Newest">Receipts of the newest planned run, for sizes; null before the first.</param>
/// <param name="Expiring">Landing tables that views show and that <c>load</c> would give more time.</param>
/// <param name="Overdue">The run of which <c>load</c> would tell people that it is overdue; null for none.</param>
/// <param name="Views">The views that are there now.</param>
/// <param name="Sync">As <c>sync</c> itself decides it; null where it can't (<see cref="SyncStop"/> says why).</param>
/// <param name="Problems">Need a person.</param>
public sealed record PlanObservation(
    ExportObservation Export, LoadDecision Load, SeenExport? Landing, IReadOnlyList<SeenRun> UnderWay, RunReceipts? Newest, int Expiring, OverdueRun? Overdue,
    IReadOnlySet<string> Views, IReadOnlyList<SyncChange>? Sync, string SyncStop, IReadOnlyList<string> Notes, IReadOnlyList<string> Problems);

/// <summary>A complete export as its manifest and a listing show it.</summary>
/// <param name="Refusal">Why it can't be landed at all; null where it can.</param>
public sealed record SeenExport(RunTime RunTime, string ExportTaskId, IReadOnlyList<ExportedTable> Tables, string? Refusal);

/// <param name="Table">Source table, or the line of the list that nothing matches.</param>
/// <param name="View">Empty for what is skipped.</param>
/// <param name="Skip">Why it is left out; null where it is landed.</param>
public sealed record ExportedTable(string Table, string View, long Files, long Bytes, string? Skip);

/// <param name="Steps">What <c>load</c> does next, by source table; tables that need nothing may be missing.</param>
public sealed record SeenRun(RunReceipts Run, IReadOnlyDictionary<string, SeenStep> Steps);

/// <param name="FunctionsTurn">Finished, and the function still has time to judge it.</param>
public sealed record SeenStep(TableStep Step, bool FunctionsTurn);

/// <summary>The settings that a plan depends on.</summary>
public sealed record PlanSettings(ExportPolicy Policy, TargetList Targets, bool PublishAll, bool CastTypes, TimeSpan Retention);

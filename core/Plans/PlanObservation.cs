using RdsBq.Core.Exports;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Plans;

/// <summary>Everything that a plan is made of, all of it read.</summary>
/// <param name="Load">As <c>load</c> itself decides it.</param>
/// <param name="Landing">What the export holds that would be landed; null where none would.</param>
/// <param name="UnderWay">Planned runs that are not published, newest first.</param>
/// <param name="Newest">Receipts of the newest planned run, for sizes; null before the first.</param>
/// <param name="Overdue">The run of which <c>load</c> would tell people that it is overdue; null for none.</param>
/// <param name="Views">The views that are there now.</param>
/// <param name="Unmatched">Lines of the list that match no table of the newest complete export.</param>
/// <param name="Notes">What could not be looked at, and the like.</param>
public sealed record PlanObservation(
    ExportObservation Export, LoadDecision Load, SeenExport? Landing, IReadOnlyList<SeenRun> UnderWay, RunReceipts? Newest, OverdueRun? Overdue, IReadOnlySet<string> Views,
    PlannedSync Sync, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Notes);

/// <summary>A complete export as a listing shows it.</summary>
public sealed record SeenExport(RunTime RunTime, string ExportTaskId, IReadOnlyList<SeenTable> Tables);

/// <param name="Problem">Why it can't be landed; null where it can.</param>
public sealed record SeenTable(Target Target, long Files, long Bytes, string? Problem);

/// <param name="Steps">What <c>load</c> does next, by source table; tables that need nothing may be missing.</param>
public sealed record SeenRun(RunReceipts Run, IReadOnlyDictionary<string, SeenStep> Steps);

/// <param name="FunctionsTurn">Finished, and the function still has time to judge it.</param>
public sealed record SeenStep(TableStep Step, bool FunctionsTurn);

/// <summary>The settings that a plan depends on.</summary>
/// <param name="Only">What <c>export</c> would be limited to.</param>
public sealed record PlanSettings(ExportPolicy Policy, IReadOnlyList<string> Only, string OnlyReason, bool PublishAll, bool CastTypes, TimeSpan Retention);

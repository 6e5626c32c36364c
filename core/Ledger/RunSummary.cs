using RdsBq.Core.Runs;

namespace RdsBq.Core.Ledger;

public sealed record RunSummary(RunTime RunTime, bool Planned, bool Published);

namespace RdsBq.Core.Exports;

/// <summary>An RDS DB snapshot or DB cluster snapshot, as far as a decision needs it.</summary>
/// <param name="CreatedAt">Absent while RDS is still creating it.</param>
/// <param name="Status">As RDS says it; only <c>available</c> can be exported.</param>
/// <param name="Type"><c>automated</c>, <c>manual</c>, <c>awsbackup</c> …</param>
/// <param name="AllocatedGigabytes">0 or 1 for Aurora: no measure of anything there.</param>
public sealed record Snapshot(
    string Id, string Arn, DateTimeOffset? CreatedAt, string Status, string Type, string Engine, int? AllocatedGigabytes);

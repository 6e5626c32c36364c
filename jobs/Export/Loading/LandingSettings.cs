using RdsBq.Core.Tables;

namespace RdsBq.Export.Loading;

/// <summary>What <c>load</c> needs to know beyond where things are.</summary>
/// <param name="Retention">LANDING_RETENTION: how long a landing table lives.</param>
/// <param name="DroppedTableGrace">DROPPED_TABLE_GRACE: how long the view of a table that is gone is kept.</param>
/// <param name="NotificationTopic">projects/p/topics/t: where DTS reports finished runs.</param>
internal sealed record LandingSettings(
    TargetList Targets, TimeSpan Retention, TimeSpan DroppedTableGrace, string NotificationTopic, string AccessKeyIdSecret, string SecretAccessKeySecret);

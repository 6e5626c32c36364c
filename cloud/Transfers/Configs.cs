namespace RdsBq.Cloud.Transfers;

/// <summary>What is read back of a transfer config: never its keys.</summary>
/// <param name="Name">Full resource name, with the project's number.</param>
public sealed record ConfigSummary(string Name, string DisplayName, string Dataset, string DataPath, string TableTemplate, bool Disabled);

/// <summary>What a table's transfer config must be. Path and template can't be updated later: a different one is a different config.</summary>
public sealed record ConfigPlan(string DisplayName, string Dataset, string DataPath, string TableTemplate, string NotificationTopic);

namespace RdsBq.Core.Transfers;

/// <summary>What a <c>sync</c> looked at before it decides.</summary>
/// <param name="Configs">Every S3 transfer config of the project and location, others' too.</param>
/// <param name="InUse">Ids of the configs that planned and not yet published runs still need.</param>
/// <param name="KeysChangedAt">When the newest of the two secrets' versions was created; null where that can't be seen.</param>
public sealed record SyncObservation(
    ConfigScope Scope, IReadOnlyList<ConfigPlan> Wanted, IReadOnlyList<ConfigSummary> Configs, IReadOnlySet<string> InUse,
    DateTimeOffset? KeysChangedAt);

/// <param name="Rotate">Give every config the keys again, newer or not.</param>
/// <param name="Prune">Delete ours that nothing wants.</param>
/// <param name="Enable">Switch on what somebody has switched off.</param>
public sealed record SyncOptions(bool Rotate = false, bool Prune = false, bool Enable = false);

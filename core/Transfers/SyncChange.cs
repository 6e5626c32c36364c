namespace RdsBq.Core.Transfers;

public enum SyncAction
{
    Create,

    /// <summary>Create the new one, then delete the old: path and template can't be updated.</summary>
    Recreate,

    /// <summary>Give it the keys again.</summary>
    Rotate,

    /// <summary>Another topic or other load options.</summary>
    Update,
    Enable,

    /// <summary>Delete one whose place another has taken already.</summary>
    Retire,

    /// <summary>Delete one that the list no longer wants.</summary>
    Prune,

    /// <summary>Right as it is.</summary>
    Keep,

    /// <summary>Right, but somebody has switched it off. Told, not changed.</summary>
    Disabled,

    /// <summary>To be deleted, but a run under way still uses it: deleting would stop that run. Told, left for the next sync.</summary>
    Held,

    /// <summary>Nothing wants it. Told, not changed.</summary>
    Unwanted,
}

/// <summary>What becomes of one transfer config.</summary>
/// <param name="Table">Empty for one that no wanted table has.</param>
/// <param name="Why">In words; empty where the action says it all.</param>
public sealed record SyncChange(SyncAction Action, string DisplayName, string Table, string Why)
{
    /// <summary>What it is to be; null where nothing is written.</summary>
    public ConfigPlan? Plan { get; init; }

    /// <summary>The one that is there; null for <see cref="SyncAction.Create"/> and <see cref="SyncAction.Recreate"/>.</summary>
    public ConfigSummary? Config { get; init; }

    /// <summary>What <see cref="SyncAction.Recreate"/> deletes in the end.</summary>
    public IReadOnlyList<ConfigSummary> Old { get; init; } = [];

    /// <summary>The fields that an update writes, as its mask names them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Something is to be called, rather than only told.</summary>
    public bool IsPending => Action <= SyncAction.Prune;

    /// <summary>The AWS key pair is to be written.</summary>
    public bool NeedsKeys => Action is SyncAction.Create or SyncAction.Recreate || Fields.Contains(SyncDecider.Params);
}

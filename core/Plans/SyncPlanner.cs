using RdsBq.Core.Transfers;

namespace RdsBq.Core.Plans;

internal static class SyncPlanner
{
    public static PlannedSync Make(PlanObservation seen)
    {
        if (seen.Sync is not { } changes) return new PlannedSync(false, seen.SyncStop, []);
        var told = changes.Where(c => c.Action != SyncAction.Keep).Select(c => new PlannedConfig(c.DisplayName, Word(c.Action), c.Why)).ToList();
        var pending = changes.Count(c => c.IsPending);
        var kept = changes.Count(c => c.Action == SyncAction.Keep);
        var reason = changes.Count == 0 ? "no transfer configs" : $"{pending} of {changes.Count} transfer configs would change, {kept} are right as they are";
        return new PlannedSync(pending > 0, reason, told);
    }

#pragma warning disable CA1308 // Words for people, not names to be compared.
    private static string Word(SyncAction action) => action.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}

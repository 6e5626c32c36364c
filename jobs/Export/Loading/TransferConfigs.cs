using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Core.Transfers;

namespace RdsBq.Export.Loading;

/// <summary>
/// The transfer configs of a load: found, or created where missing. What is wrong with one that is there is for <c>sync</c> to mend.
/// </summary>
internal sealed class TransferConfigs(
    TransferClient transfers, ConfigWriter writer, SecretReader secrets, WarehouseSettings warehouse, ExportPolicy policy,
    LandingSettings settings, ILogger log)
{
    private const int AtOnce = 8;
    private static readonly HashSet<string> NotLookedAt = [];

    /// <exception cref="StopException">No table has a config that can be used.</exception>
    public async Task<ConfigNames> EnsureAsync(IReadOnlyList<Target> targets, CancellationToken token)
    {
        var viewOf = targets.ToDictionary(t => ConfigPlan.Of(t, warehouse, policy, settings.NotificationTopic), t => t.View);
        var scope = ConfigScope.Of(warehouse.LandingDataset, policy.Place, settings.Targets.Databases);
        var seen = new SyncObservation(scope, [.. viewOf.Keys], await transfers.ConfigsAsync(token), NotLookedAt, KeysChangedAt: null);
        var changes = SyncDecider.Decide(seen, new SyncOptions()).Where(c => c.Plan is not null).ToList();
        var refused = changes.Where(c => Refusal(c) is not null).ToDictionary(c => viewOf[c.Plan!], c => Refusal(c)!, StringComparer.Ordinal);
        // One table that has moved must not keep the others from landing; all of them at once are a setting that has changed.
        if (refused.Count > 0 && refused.Count == targets.Count) throw refused.Values.First();
        foreach (var change in changes.Where(c => c.Action == SyncAction.Update))
            log.LogWarning("Transfer config {Config} {Why}: run rdsbq sync.", change.DisplayName, change.Why);

        var names = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes.Where(c => c.Config is not null)) names[viewOf[change.Plan!]] = change.Config!.Name;
        var missing = changes.Where(c => c.Action == SyncAction.Create).Select(c => c.Plan!).ToList();
        if (missing.Count == 0) return new ConfigNames(names, refused);
        var keys = await secrets.ReaderKeysAsync(settings.AccessKeyIdSecret, settings.SecretAccessKeySecret, token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(missing, options, async (plan, ct) =>
        {
            names[viewOf[plan]] = await writer.CreateAsync(plan, keys, ct);
            log.LogInformation("Created transfer config {Config}.", plan.DisplayName);
        });
        return new ConfigNames(names, refused);
    }

    /// <summary>Why <c>load</c> can't use a config as it is; null where it can.</summary>
    public static StopException? Refusal(SyncChange change) => change switch
    {
        { Action: SyncAction.Recreate } => StopException.ForPerson(
            $"Transfer config {change.DisplayName} {change.Why}. A config's path and table can't be changed.",
            "Run rdsbq sync: it makes the right one and deletes this one."),
        { Config.Disabled: true } => StopException.ForPerson(
            $"Transfer config {change.DisplayName} is disabled.",
            "Run rdsbq sync --enable, or enable it in the BigQuery console (Data transfers)."),
        _ => null,
    };
}

/// <param name="Names">Full resource names by view.</param>
/// <param name="Refused">Views whose config can't be used, and why.</param>
internal sealed record ConfigNames(IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, StopException> Refused);

using RdsBq.Cloud.Ledger;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Transfers;
using RdsBq.Core.Ledger;
using RdsBq.Core.Transfers;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Syncing;

/// <summary>What <c>sync</c> sees, and what it has to tell besides.</summary>
/// <param name="Wanted">The tables, and where they are known from.</param>
/// <param name="Warnings">For people; nothing in them keeps the changes from being made.</param>
internal sealed record SyncSeen(SyncObservation Observation, WantedTables Wanted, IReadOnlyList<string> Warnings);

/// <summary>Looks at exports, transfer configs, secrets and the ledger. Changes nothing, so that other verbs may ask as well.</summary>
internal sealed class SyncObserver(
    WantedReader wanted, TransferClient transfers, SecretReader secrets, Patience patience, LedgerTable ledger, JobSettings settings)
{
    /// <summary>Runs older than this need no config any more.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <exception cref="Core.StopException">The list names tables that are not there, or what is wanted can't be known yet.</exception>
    public async Task<SyncSeen> ObserveAsync(CancellationToken token)
    {
        var tables = await wanted.ReadAsync(token);
        var configs = await patience.RunAsync("Listing the transfer configs", transfers.ConfigsAsync, token);
        var (changedAt, blind) = await KeysChangedAtAsync(token);
        var warehouse = settings.Warehouse;
        var scope = ConfigScope.Of(warehouse.LandingDataset, settings.Place, settings.Databases);
        var plans = tables.Targets.Select(t => ConfigPlan.Of(t, warehouse, settings.Policy, settings.NotificationTopic)).ToList();
        var seen = new SyncObservation(scope, plans, configs, await InUseAsync(token), changedAt);
        return new SyncSeen(seen, tables, blind is null ? tables.Warnings : [.. tables.Warnings, blind]);
    }

    private async Task<(DateTimeOffset? ChangedAt, string? Blind)> KeysChangedAtAsync(CancellationToken token)
    {
        var id = await ChangedAtAsync(settings.ReaderKeyIdSecret, SecretReader.KeyIdSetting, token);
        var secret = await ChangedAtAsync(settings.ReaderKeySecret, SecretReader.KeySetting, token);
        if (id is not null && secret is not null) return (id > secret ? id : secret, null);
        var hidden = id is null ? settings.ReaderKeyIdSecret : settings.ReaderKeySecret;
        return (null, $"This service account may not see when {hidden} changed (secretmanager.versions.get, as in roles/secretmanager.viewer): "
            + "sync can't tell whether the configs' keys are old; sync --rotate gives them the keys again.");
    }

    private Task<DateTimeOffset?> ChangedAtAsync(string secret, string setting, CancellationToken token) =>
        patience.RunAsync($"Looking at secret {secret}", ct => secrets.ChangedAtAsync(secret, setting, ct), token);

    private async Task<IReadOnlySet<string>> InUseAsync(CancellationToken token)
    {
        var runs = await ledger.SummariesAsync(Window, token);
        var published = runs.Where(r => r.Published).Select(r => r.RunTime).DefaultIfEmpty().Max();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in runs.Where(r => r is { Planned: true, Published: false } && r.RunTime > published))
        {
            var tables = RunReceipts.From(run.RunTime, await ledger.RunAsync(run.RunTime, token)).Tables;
            var open = tables.Where(t => t.Verdict is not (Verdict.Proven or Verdict.Skipped)).Select(t => t.TransferConfig).OfType<string>();
            ids.UnionWith(open.Select(ConfigSummary.IdOf));
        }
        return ids;
    }
}

using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Transfers;
using RdsBq.Export.Settings;

namespace RdsBq.Export.Syncing;

/// <summary>
/// Makes the transfer configs what the list says: looks once, lets <see cref="SyncDecider"/> decide, then one call a change.
/// </summary>
internal sealed class SyncVerb(
    SyncObserver observer, ConfigWriter writer, SecretReader secrets, BigQueryClient bigQuery, JobSettings settings, ILogger log)
{
    private const int AtOnce = 16;

    /// <exception cref="StopException">It can't be known what is wanted, or Google does not answer the look.</exception>
    public async Task<SyncReport> RunAsync(SyncOptions options, bool dryRun, CancellationToken token)
    {
        var seen = await LookAsync(token);
        foreach (var warning in seen.Warnings) log.LogWarning("{Warning}", warning);
        var changes = SyncDecider.Decide(seen.Observation, options);
        var failed = new ConcurrentDictionary<SyncChange, StopException>(ReferenceEqualityComparer.Instance);
        if (!dryRun && changes.Any(c => c.IsPending)) await ApplyAsync(changes, failed, token);
        return new SyncReport(seen.Wanted.From, dryRun, changes, failed, seen.Warnings);
    }

    private async Task<SyncSeen> LookAsync(CancellationToken token)
    {
        try
        {
            return await observer.ObserveAsync(token);
        }
        catch (RpcException e) when (!token.IsCancellationRequested)
        {
            throw GoogleErrors.Of(e, "Looking at transfer configs and secrets");
        }
    }

    private async Task ApplyAsync(
        IReadOnlyList<SyncChange> changes, ConcurrentDictionary<SyncChange, StopException> failed, CancellationToken token)
    {
        var keys = changes.Any(c => c.NeedsKeys)
            ? await secrets.ReaderKeysAsync(settings.ReaderKeyIdSecret, settings.ReaderKeySecret, token)
            : ("", "");
        // A config is created only where its dataset is.
        if (changes.Any(c => c.Config is null)) await bigQuery.EnsureDatasetAsync(settings.Warehouse.LandingDataset, token);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token };
        await Parallel.ForEachAsync(changes.Where(c => c.IsPending), options, async (change, ct) =>
        {
            try
            {
                await ApplyAsync(change, keys, ct);
            }
            catch (RpcException e) when (!ct.IsCancellationRequested)
            {
                // The others go on: one config that can't be changed is no reason for the rest to stay as they are.
                failed[change] = GoogleErrors.Of(e, $"{SyncReport.Verb(change.Action)} {change.DisplayName}");
            }
        });
    }

    private async Task ApplyAsync(SyncChange change, (string Id, string Secret) keys, CancellationToken token)
    {
        switch (change.Action)
        {
            case SyncAction.Create:
                await writer.CreateAsync(change.Plan!, keys, token);
                break;
            case SyncAction.Recreate:
                // In this order, so that a kill in between leaves one too many rather than none.
                await writer.CreateAsync(change.Plan!, keys, token);
                foreach (var old in change.Old) await writer.DeleteAsync(old, token);
                break;
            case SyncAction.Rotate or SyncAction.Update or SyncAction.Enable:
                await writer.UpdateAsync(change.Config!.Name, change.Plan!, change.Fields, keys, token);
                break;
            case SyncAction.Retire or SyncAction.Prune:
                await writer.DeleteAsync(change.Config!, token);
                break;
        }
    }
}

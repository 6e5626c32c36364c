using Grpc.Core;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Exports;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Export.Loading;

/// <summary>One transfer config a table: found by name, created where missing.</summary>
internal sealed class TransferConfigs(TransferClient transfers, SecretReader secrets, WarehouseSettings warehouse, ExportPolicy policy, LandingSettings settings, ILogger log)
{
    private const int AtOnce = 8;

    /// <returns>Full resource names by view.</returns>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(IReadOnlyList<Target> targets, CancellationToken token)
    {
        var plans = targets.ToDictionary(t => t.View, Plan);
        var names = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        var missing = Match(plans, await transfers.ConfigsAsync(token), names);
        if (missing.Count == 0) return names;
        var keyId = await secrets.ReadAsync(settings.AccessKeyIdSecret, "AWS_ACCESS_KEY_ID_SECRET", token);
        var secret = await secrets.ReadAsync(settings.SecretAccessKeySecret, "AWS_SECRET_ACCESS_KEY_SECRET", token);
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (view, ct) =>
        {
            names[view] = await CreateAsync(plans[view], keyId, secret, ct);
            log.LogInformation("Created transfer config {Config}.", plans[view].DisplayName);
        });
        return names;
    }

    private ConfigPlan Plan(Target target) => new(
        Names.TransferConfig(settings.Database, target.View), warehouse.LandingDataset, ExportLayout.TransferPath(policy.Place, policy.Ids, target.Table),
        Names.LandingTemplate(target.View), settings.NotificationTopic);

    private List<string> Match(Dictionary<string, ConfigPlan> plans, IReadOnlyList<ConfigSummary> configs, IDictionary<string, string> names)
    {
        var byName = configs.Where(c => c.Dataset == warehouse.LandingDataset).ToLookup(c => c.DisplayName);
        var missing = new List<string>();
        foreach (var (view, plan) in plans)
        {
            var named = byName[plan.DisplayName].ToList();
            if (named.Find(c => c.DataPath == plan.DataPath && c.TableTemplate == plan.TableTemplate) is { } match) names[view] = Enabled(match);
            else if (named.Count == 0) missing.Add(view);
            else
                throw StopException.ForPerson(
                    $"Transfer config {plan.DisplayName} reads {named[0].DataPath}, but the settings now ask for {plan.DataPath}. A config's path cannot be changed.",
                    $"Delete it, and the next load makes the right one: bq rm --transfer_config {named[0].Name}");
        }
        return missing;
    }

    private static string Enabled(ConfigSummary config) => config.Disabled
        ? throw StopException.ForPerson($"Transfer config {config.DisplayName} is disabled.", $"Enable it in the BigQuery console (Data transfers), or delete it to have it made again: bq rm --transfer_config {config.Name}")
        : config.Name;

    /// <summary>A create whose answer was lost may have happened: looked for before it is repeated.</summary>
    private async Task<string> CreateAsync(ConfigPlan plan, string keyId, string secret, CancellationToken token)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await transfers.CreateAsync(plan, keyId, secret, token);
            }
            catch (RpcException e) when (!token.IsCancellationRequested && attempt < 4 && (!TransferClient.IsRefusal(e) || e.StatusCode == StatusCode.ResourceExhausted))
            {
                log.LogWarning("Creating {Config} answered {Status}; looking before trying again.", plan.DisplayName, e.StatusCode);
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), TimeProvider.System, token);
                var found = (await transfers.ConfigsAsync(token)).FirstOrDefault(c => c.DisplayName == plan.DisplayName && c.Dataset == plan.Dataset && c.DataPath == plan.DataPath);
                if (found is not null) return found.Name;
            }
        }
    }
}

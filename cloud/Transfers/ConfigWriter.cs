using Grpc.Core;
using RdsBq.Core.Transfers;

namespace RdsBq.Cloud.Transfers;

/// <summary>
/// Writes transfer configs and gives no call up for a cause that passes: quota, unavailable, no answer. A create whose answer was lost may
/// have happened, so it is looked for before it is repeated; the other writes may be repeated as they are.
/// </summary>
public sealed class ConfigWriter(TransferClient transfers, Patience patience)
{
    /// <returns>The config's full resource name.</returns>
    public async Task<string> CreateAsync(ConfigPlan plan, (string Id, string Secret) keys, CancellationToken token)
    {
        var unknown = false;
        return await patience.RunAsync($"Creating {plan.DisplayName}", async ct =>
        {
            if (unknown && await FindAsync(plan, ct) is { } found) return found;
            try
            {
                return await CensorAsync(keys, transfers.CreateAsync(plan, keys.Id, keys.Secret, ct));
            }
            catch (RpcException e) when (!TransferClient.IsRefusal(e))
            {
                unknown = true;
                throw;
            }
        }, token);
    }

    public Task UpdateAsync(
        string config, ConfigPlan plan, IReadOnlyList<string> fields, (string Id, string Secret) keys, CancellationToken token) =>
        patience.RunAsync($"Updating {plan.DisplayName}", ct => CensorAsync(keys, transfers.UpdateAsync(config, plan, fields, keys, ct)), token);

    public Task DeleteAsync(ConfigSummary config, CancellationToken token) => patience.RunAsync($"Deleting {config.DisplayName}", async ct =>
    {
        try
        {
            await transfers.DeleteAsync(config.Name, ct);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // Gone: by a call whose answer was lost, or by someone else.
        }
        return true;
    }, token);

    private async Task<string?> FindAsync(ConfigPlan plan, CancellationToken token) => (await transfers.ConfigsAsync(token))
        .FirstOrDefault(c => c.Dataset == plan.Dataset && c.DisplayName == plan.DisplayName
            && c.DataPath == plan.DataPath && c.TableTemplate == plan.TableTemplate)?.Name;

    /// <summary>A refusal may quote what it refuses, and what was sent has keys in it.</summary>
    private static async Task<string> CensorAsync((string Id, string Secret) keys, Task<string> call)
    {
        try
        {
            return await call;
        }
        catch (RpcException e) when (Quotes(e, keys.Secret) || Quotes(e, keys.Id))
        {
            throw new RpcException(new Status(e.StatusCode, "(its words quote a key and are left out)"));
        }
    }

    private static bool Quotes(RpcException e, string key) => key.Length > 0 && e.Status.Detail.Contains(key, StringComparison.Ordinal);
}

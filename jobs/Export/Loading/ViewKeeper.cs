using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Drift;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Export.Loading;

/// <summary>The views whose tables are gone: what they show is kept from expiring, and at last they are taken away.</summary>
/// <param name="retention">LANDING_RETENTION: the margin for a withdrawal that is late because runs fail.</param>
internal sealed class ViewKeeper(BigQueryClient client, WarehouseSettings warehouse, TimeSpan retention, ILogger log)
{
    /// <summary>Lets the landing table that the view shows live beyond the grace; nothing where the view is not there or not ours.</summary>
    public async Task KeepAsync(LeftBehind left, CancellationToken token)
    {
        if (await ShownAsync(left, token) is not { } landing) return;
        var until = left.Until + retention;
        if (await client.ExtendAsync(warehouse.LandingDataset, landing, until, token))
            log.LogInformation("View {View} has lost its table: {Landing} is kept until {Until:u}.", left.Known.View, landing, until);
    }

    /// <summary>Those that still show a landing table of ours: a view that someone has made their own is theirs.</summary>
    public async Task<IReadOnlyList<LeftBehind>> StillOursAsync(IReadOnlyList<LeftBehind> views, CancellationToken token)
    {
        var ours = new List<LeftBehind>();
        foreach (var view in views)
        {
            if (await ShownAsync(view, token) is not null) ours.Add(view);
        }
        return ours;
    }

    public async Task WithdrawAsync(LeftBehind left, CancellationToken token)
    {
        await client.DeleteTableAsync(warehouse.Dataset, left.Known.View, token);
        log.LogInformation("View {View} is withdrawn: its table is gone since run {Since}.", left.Known.View, left.Since);
    }

    private async Task<string?> ShownAsync(LeftBehind left, CancellationToken token) =>
        await client.ViewQueryAsync(warehouse.Dataset, left.Known.View, token) is { } query
            ? ViewSql.LandingTableOf(query, warehouse.Project, warehouse.LandingDataset, left.Known.View)
            : null;
}

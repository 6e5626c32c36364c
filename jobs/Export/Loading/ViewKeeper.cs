using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Drift;
using RdsBq.Core.Settings;
using RdsBq.Core.Views;

namespace RdsBq.Export.Loading;

/// <summary>The views that a run brings nothing for: what they show is kept from expiring; those whose tables are gone are at last taken away.</summary>
/// <param name="retention">LANDING_RETENTION: the margin for a withdrawal that is late because runs fail.</param>
internal sealed class ViewKeeper(BigQueryClient client, WarehouseSettings warehouse, TimeSpan retention, ILogger log)
{
    /// <summary>Lets the landing table that the view shows live beyond the grace; nothing where the view is not there or not ours.</summary>
    public Task KeepAsync(LeftBehind left, CancellationToken token) => KeepAsync(left.Known, left.Until + retention, "has lost its table", token);

    /// <summary>
    /// Lets what the view of a skipped table shows live as long as this run's landing tables: while the others are published night after night,
    /// nobody else looks after it.
    /// </summary>
    public Task KeepAsync(KnownTable skipped, DateTimeOffset now, CancellationToken token) => KeepAsync(skipped, now + retention, "has no new rows", token);

    /// <summary>Those that still show a landing table of ours: a view that someone has made their own is theirs.</summary>
    public async Task<IReadOnlyList<LeftBehind>> StillOursAsync(IReadOnlyList<LeftBehind> views, CancellationToken token)
    {
        var ours = new List<LeftBehind>();
        foreach (var view in views)
        {
            if (await ShownAsync(view.Known, token) is not null) ours.Add(view);
        }
        return ours;
    }

    public async Task WithdrawAsync(LeftBehind left, CancellationToken token)
    {
        await client.DeleteTableAsync(warehouse.Dataset, left.Known.View, token);
        log.LogInformation("View {View} is withdrawn: its table is gone since run {Since}.", left.Known.View, left.Since);
    }

    private async Task KeepAsync(KnownTable known, DateTimeOffset until, string why, CancellationToken token)
    {
        if (await ShownAsync(known, token) is not { } landing) return;
        if (await client.ExtendAsync(warehouse.LandingDataset, landing, until, token))
            log.LogInformation("View {View} {Why}: {Landing} is kept until {Until:u}.", known.View, why, landing, until);
    }

    private async Task<string?> ShownAsync(KnownTable known, CancellationToken token) =>
        await client.ViewQueryAsync(warehouse.Dataset, known.View, token) is { } query
            ? ViewSql.LandingTableOf(query, warehouse.Project, warehouse.LandingDataset, known.View)
            : null;
}

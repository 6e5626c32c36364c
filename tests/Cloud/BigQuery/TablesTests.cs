using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.BigQuery;

public sealed class TablesTests
{
    private static readonly IReadOnlyList<Column> Columns = [new("id", "INTEGER", "REQUIRED"), new("note", "STRING", "NULLABLE")];

    [Fact]
    public async Task Datasets_and_tables_are_made_once_and_kept_as_they_are()
    {
        await using var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync("shop", default);
        await google.Client.EnsureDatasetAsync("shop", default);
        Assert.Equal(1, google.Calls("bigquery.datasets.insert"));
        Assert.True(await google.Client.EnsureTableAsync("shop", "orders", Columns, "first", null, default));
        Assert.False(await google.Client.EnsureTableAsync("shop", "orders", [new("other", "STRING", "NULLABLE")], "second", null, default));
        const string columns = "SELECT column_name, data_type, is_nullable FROM shop.INFORMATION_SCHEMA.COLUMNS ORDER BY ordinal_position";
        Assert.Equal(["id|INT64|NO", "note|STRING|YES"], await google.RowsAsync(columns));
        Assert.Equal("first", (await google.Client.NotesAsync("shop", "orders", default)).Description);
    }

    [Fact]
    public async Task A_dataset_that_appears_between_look_and_creation_is_as_good()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Faults.Add(new Fault("bigquery.datasets.insert", "error", Status: 503, Code: "backendError", When: "after"));
        await google.Client.EnsureDatasetAsync("shop", default);
        Assert.Equal(2, google.Calls("bigquery.datasets.insert"));
    }

    [Fact]
    public async Task A_table_expires_when_it_was_told_to()
    {
        await using var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync("shop", default);
        await google.Client.EnsureTableAsync("shop", "orders", Columns, "", google.Clock.GetUtcNow().AddDays(7), default);
        google.Clock.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(0, await google.Client.RowCountAsync("shop", "orders", default));
        google.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Null(await google.Client.RowCountAsync("shop", "orders", default));
    }

    [Fact]
    public async Task What_people_wrote_on_a_view_is_read_and_outlives_its_replacement()
    {
        await using var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync("shop", default);
        await google.Client.EnsureTableAsync("shop", "orders_1", Columns, "", null, default);
        Assert.Same(ViewNotes.None, await google.Client.NotesAsync("shop", "orders", default));
        await google.Client.ExecuteAsync(
            """
            CREATE VIEW `local-project.shop.orders` (`id` OPTIONS(description="the \"number\""), `note`)
            OPTIONS(description="Orders\nof the shop", labels=[("team", "sales")]) AS SELECT `id`, `note` FROM `local-project.shop.orders_1`
            """,
            default);
        var before = await google.Client.NotesAsync("shop", "orders", default);
        Assert.Equal(("Orders\nof the shop", "sales"), (before.Description, before.Labels["team"]));
        Assert.Equal("the \"number\"", Assert.Single(before.ColumnDescriptions, d => d.Key == "id").Value);
        await google.Client.ExecuteAsync(
            ViewSql.CreateOrReplace(new ViewPlan("local-project", "shop", "orders", "shop", "orders_1", Columns, before)), default);
        var after = await google.Client.NotesAsync("shop", "orders", default);
        Assert.Equal(
            (before.Description, before.Labels["team"], before.ColumnDescriptions["id"]),
            (after.Description, after.Labels["team"], after.ColumnDescriptions["id"]));
    }
}

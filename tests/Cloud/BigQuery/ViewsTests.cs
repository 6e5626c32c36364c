using RdsBq.Cloud.BigQuery;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;
using RdsBq.Local;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.BigQuery;

public sealed class ViewsTests
{
    private const string Tag = "projects/p/locations/eu/taxonomies/1/policyTags/2";
    private static readonly IReadOnlyList<Column> Columns = [new("id", "INTEGER", "REQUIRED"), new("note", "STRING", "NULLABLE")];

    [Fact]
    public async Task Policy_tags_that_a_view_was_read_with_are_put_back()
    {
        await using var google = await ReadyAsync();
        var tagged = new ViewNotes("all", Map("team", "sales"), Map("note", "what it says"))
        {
            FriendlyName = "The orders",
            PolicyTags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["NOTE"] = [Tag], ["gone"] = [Tag] },
        };
        await google.Client.ReplaceViewAsync(Plan(tagged), default);
        Assert.Equal(1, google.Calls("bigquery.tables.patch", "orders"));

        var read = await google.Client.NotesAsync("shop", "orders", default);
        Assert.Equal(("all", "The orders", "sales", "what it says"), (read.Description, read.FriendlyName, read.Labels["team"], read.ColumnDescriptions["note"]));
        Assert.Equal("note", Assert.Single(read.PolicyTags).Key);

        // And the next night again, from what was read.
        await google.Client.ReplaceViewAsync(Plan(read), default);
        var again = await google.Client.NotesAsync("shop", "orders", default);
        Assert.Equal([Tag], again.PolicyTags["note"]);
        Assert.Equal(("what it says", "The orders"), (again.ColumnDescriptions["note"], again.FriendlyName));
    }

    [Fact]
    public async Task Without_policy_tags_the_statement_is_all_there_is()
    {
        await using var google = await ReadyAsync();
        await google.Client.ReplaceViewAsync(Plan(new ViewNotes("all", Map("a", "b"), Map("id", "x"))), default);
        var tags = new Dictionary<string, IReadOnlyList<string>> { ["gone"] = [Tag] };
        await google.Client.ReplaceViewAsync(Plan(ViewNotes.None with { PolicyTags = tags }), default);
        Assert.Equal((0, 2), (google.Calls("bigquery.tables.patch"), google.Calls("bigquery.jobs.query", "shop.orders")));
    }

    [Fact]
    public async Task A_view_says_what_it_shows_and_can_be_taken_away_twice()
    {
        await using var google = await ReadyAsync();
        await google.Client.ReplaceViewAsync(Plan(ViewNotes.None), default);
        var query = await google.Client.ViewQueryAsync("shop", "orders", default);
        Assert.Equal("orders_202604010300", ViewSql.LandingTableOf(query!, Estate.Project, "shop_landing", "orders"));
        await google.Client.DeleteTableAsync("shop", "orders", default);
        await google.Client.DeleteTableAsync("shop", "orders", default);
        Assert.Null(await google.Client.ViewQueryAsync("shop", "orders", default));
        // A table is no view.
        Assert.Null(await google.Client.ViewQueryAsync("shop_landing", "orders_202604010300", default));
    }

    [Fact]
    public async Task A_table_s_end_is_put_off_but_never_brought_forward()
    {
        await using var google = await ReadyAsync();
        var now = google.Clock.GetUtcNow();
        await google.Client.EnsureTableAsync("shop_landing", "short", Columns, "", now.AddDays(7), default);
        Assert.True(await google.Client.ExtendAsync("shop_landing", "short", now.AddDays(14), default));
        Assert.False(await google.Client.ExtendAsync("shop_landing", "short", now.AddDays(10), default));
        // One without an end keeps having none; one that is not there can't be helped.
        Assert.False(await google.Client.ExtendAsync("shop_landing", "orders_202604010300", now.AddDays(14), default));
        Assert.False(await google.Client.ExtendAsync("shop_landing", "absent", now.AddDays(14), default));
        google.Clock.Advance(TimeSpan.FromDays(13));
        Assert.Equal(0, await google.Client.RowCountAsync("shop_landing", "short", default));
        google.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.Null(await google.Client.RowCountAsync("shop_landing", "short", default));
    }

    private static ViewPlan Plan(ViewNotes notes) => new(Estate.Project, "shop", "orders", "shop_landing", "orders_202604010300", Columns, notes);

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };

    private static async Task<GoogleSide> ReadyAsync()
    {
        var google = await GoogleSide.StartAsync();
        await google.Client.EnsureDatasetAsync("shop", default);
        await google.Client.EnsureDatasetAsync("shop_landing", default);
        await google.Client.EnsureTableAsync("shop_landing", "orders_202604010300", Columns, "", null, default);
        return google;
    }
}

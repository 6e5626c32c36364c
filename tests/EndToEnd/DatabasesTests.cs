using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Several databases of one cluster, and exports that are limited to the tables of the list.</summary>
public sealed class DatabasesTests
{
    private static readonly PlainSource Both = new("shop", "public.orders", "public.items") { Beside = [new("crm", "public.orders", "sales.leads")] };

    [Fact]
    public async Task Tables_of_two_databases_land_and_are_published_in_one_run()
    {
        await using var rig = await SyncRig.StartAsync(Both);
        Assert.Equal("shop,crm", rig.Run.Environment["DATABASE_NAME"]);
        rig.List("*", "crm.public.orders -> crm_orders");
        await PublishAsync(rig);

        Assert.Equal(["shop", "crm"], rig.Cloud.Aws.Rds.Tasks.Single().Only);
        Assert.Equal(["crm-crm_orders-transfer", "crm-sales_leads-transfer", "shop-items-transfer", "shop-orders-transfer"], rig.Names());
        foreach (var (view, table) in new[] { ("orders", "shop.public.orders"), ("crm_orders", "crm.public.orders"), ("sales_leads", "crm.sales.leads"), ("items", "shop.public.items") })
        {
            var rows = await rig.Run.QueryAsync($"SELECT name FROM `{Estate.Project}.{rig.Run.Dataset}.{view}` ORDER BY id");
            Assert.Equal(Enumerable.Range(0, PlainSource.Rows).Select(i => $"{table} {i}"), rows.Select(r => r[0]!));
        }
    }

    [Fact]
    public async Task Two_databases_with_a_table_of_one_name_need_a_view_name_before_anything_lands()
    {
        await using var rig = await SyncRig.StartAsync(Both);
        await rig.ExportedAsync();
        foreach (var verb in new[] { "sync", "load" })
        {
            var ended = await rig.JobAsync(verb);
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("crm.public.orders and shop.public.orders would both be published as orders", ended.ErrorLines[^2], StringComparison.Ordinal);
        }
        Assert.Empty(rig.Names());
    }

    [Fact]
    public async Task A_list_of_names_limits_the_export_and_the_database_list_is_still_whole()
    {
        await using var rig = await SyncRig.StartAsync(Both);
        rig.List("shop.public.orders", "crm.sales.leads");
        var export = await rig.JobAsync("export");
        Assert.Contains("Exporting 2 tables by name", export.Error, StringComparison.Ordinal);
        Assert.Equal(["crm.sales.leads", "shop.public.orders"], rig.Cloud.Aws.Rds.Tasks.Single().Only);
        await rig.Run.ExportsEndAsync();

        // A line that is put on the list later is not in that export, and is told so.
        rig.List("shop.public.orders", "crm.sales.leads", "shop.public.items");
        Assert.Contains("and the list of target tables wants more", (await rig.JobAsync("export")).Error, StringComparison.Ordinal);
        var sync = await rig.JobAsync("sync");
        Assert.True(sync.ExitCode == 0, sync.ToString());
        Assert.Contains("shop.public.items is not in export", sync.Error, StringComparison.Ordinal);
        Assert.Equal(["crm-sales_leads-transfer", "shop-items-transfer", "shop-orders-transfer"], rig.Names());

        await rig.MustAsync("load");
        Assert.Contains(
            "the export was limited to crm.sales.leads, shop.public.orders: run rdsbq export --again", string.Join('\n', rig.Cloud.SlackTexts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_only_the_export_could_place_asks_for_a_wider_one()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List("public.orders");
        await rig.ExportedAsync();
        Assert.Equal(["shop.public.orders"], rig.Cloud.Aws.Rds.Tasks.Single().Only);
        rig.List("public.orders", "items");
        var ended = await rig.JobAsync("sync");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("which was limited to shop.public.orders", ended.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Contains("export --again", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    private static async Task PublishAsync(SyncRig rig)
    {
        await rig.ExportedAsync();
        await rig.MustAsync("load");
        await rig.TransferredAsync();
        Assert.Contains("is published: 4 tables", (await rig.MustAsync("load"))[^1], StringComparison.Ordinal);
    }
}

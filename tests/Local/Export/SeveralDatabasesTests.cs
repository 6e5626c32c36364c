using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Export;

/// <summary>One server, several databases: one export holds them all, each in a folder of its own.</summary>
public sealed class SeveralDatabasesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("", "crm.public.t shop.public.t")]
    [InlineData("crm", "crm.public.t")]
    [InlineData("shop.public.t", "shop.public.t")]
    [InlineData("crm.public.other", "")]
    public async Task Every_database_is_exported_unless_ExportOnly_leaves_it_out(string only, string targets)
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(Server(), only: only.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(targets, string.Join(' ', exporting.Entries().Select(e => (string)e["target"]!).Order(StringComparer.Ordinal)));
        var folders = exporting.Keys.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).Select(k => k.Split('/')[0]).Order(StringComparer.Ordinal);
        Assert.Equal(targets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('.')[0]), folders);
        Assert.Equal(exporting.Progress.Seen.Order(), exporting.Progress.Seen);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task A_connection_string_may_name_several_databases_of_a_real_server()
    {
        var shop = await postgres.CreateAsync("several_a", "create table t as select generate_series(1, 3) id");
        await postgres.CreateAsync("several_b", "create table u as select generate_series(1, 4) id");
        using var exporting = new Exporting();
        await exporting.RunAsync(PostgresSource.Server(shop.Replace("several_a", "several_a,several_b", StringComparison.Ordinal)));
        Assert.Equal((3, 4), (exporting.Rows("several_a/public.t"), exporting.Rows("several_b/public.u")));
        Assert.NotNull(exporting.Entry("rdsadmin")["warningMessage"]);
    }

    private static OneTable Server() => new("t", "id", "shop") { Beside = [new OneTable("t", "id", "crm")] };
}

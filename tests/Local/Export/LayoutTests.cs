using System.Text.RegularExpressions;
using RdsBq.Local.Export;
using RdsBq.Local.Hosting;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

public sealed partial class LayoutTests
{
    private static readonly ExportOptions Small = new() { RowsPerFile = 100, RowsPerGroup = 40, RowsPerBatch = 150 };

    [Theory]
    [InlineData(Engine.PostgreSql)]
    [InlineData(Engine.MySql)]
    public async Task Every_key_keeps_the_grammar_of_an_export_and_every_batch_folder_has_a_success_marker(Engine engine)
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(engine, 0.01), Small);

        Assert.All(exporting.Keys, key => Assert.Matches(Grammar(), key));
        var folders = exporting.Keys.Where(k => k.EndsWith(".parquet", StringComparison.Ordinal)).Select(k => k[..k.LastIndexOf('/')]).Distinct().ToList();
        Assert.All(folders, folder => Assert.Contains($"{folder}/_SUCCESS", exporting.Keys));
        Assert.All(
            exporting.Keys.Where(k => k.EndsWith("_SUCCESS", StringComparison.Ordinal)),
            k => Assert.Equal(0, exporting.Store.Find(Exporting.Bucket, $"{Exporting.Root}/{k}")!.Size));
        Assert.Contains(engine == Engine.MySql ? "shop/shop.orders/1/_SUCCESS" : "shop/public.orders/1/_SUCCESS", exporting.Keys);
    }

    [Fact]
    public async Task An_empty_table_is_a_success_marker_and_nothing_else()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), Small);

        Assert.Equal(["shop/public.returns/1/_SUCCESS"], exporting.Keys.Where(k => k.StartsWith("shop/public.returns/", StringComparison.Ordinal)));
        Assert.Equal(5, exporting.Entry("shop.public.returns")["schemaMetadata"]!["originalTypeMappings"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("order_items", 6)]
    [InlineData("sessions", 1)]
    [InlineData("page_views", 3)]
    [InlineData("orders", 1)]
    public async Task Tables_without_an_integer_key_and_partitioned_ones_fill_several_batch_folders(string table, int batches)
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), Small);

        Assert.Equal(
            Enumerable.Range(1, batches).Select(b => $"shop/public.{table}/{b}/_SUCCESS"),
            exporting.Keys.Where(k => k.StartsWith($"shop/public.{table}/", StringComparison.Ordinal) && k.EndsWith("_SUCCESS", StringComparison.Ordinal)));
        Assert.Equal(batches, (int)exporting.Entry($"shop.public.{table}")["tableStatistics"]!["partitioningInfo"]!["numberOfPartitions"]!);
    }

    [Fact]
    public async Task Part_numbers_have_gaps_and_one_folder_shares_one_id()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), Small);

        var parts = exporting.Keys.Where(k => k.StartsWith("shop/public.orders/1/part-", StringComparison.Ordinal)).Select(k => k.Split('/')[^1]).ToList();
        Assert.Equal(["00000", "00002", "00003", "00005", "00006", "00008"], parts.Select(p => p[5..10]));
        Assert.Single(parts.Select(p => p[11..47]).Distinct());
    }

    [Fact]
    public async Task Copies_of_one_file_stand_for_many()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ManyFiles(3, 50));

        Assert.Equal(150, exporting.Keys.Count(k => k.EndsWith(".parquet", StringComparison.Ordinal)));
        Assert.Equal(50 * ManyFiles.RowsPerFile, exporting.Rows("many/public.t0002"));
    }

    [Fact]
    public async Task Odd_characters_of_a_name_become_underscores_in_the_path_only()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new OneTable("""it`s "my" ta\ble""", "id"));

        Assert.Contains("one/public.it_s__my__ta_ble/1/_SUCCESS", exporting.Keys);
        exporting.Entry("""one.public.it`s "my" ta\ble""");
    }

    [Fact]
    public async Task Progress_rises_and_only_the_end_is_100()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), Small);

        Assert.Equal(exporting.Progress.Seen.Order(), exporting.Progress.Seen);
        Assert.Equal(100, exporting.Progress.Seen[^1]);
        Assert.Single(exporting.Progress.Seen, 100);
        Assert.True(exporting.Progress.Seen.Distinct().Count() > 20);
    }

    [Fact]
    public async Task A_source_that_is_not_there_fails_the_export()
    {
        using var exporting = new Exporting();
        var exporter = new SnapshotExporter(exporting.Store, new Faults(), exporting.Clock, new Dictionary<string, Source>());

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => exporter.ExportAsync(Exporting.Job("gone", 1, []), exporting.Progress, CancellationToken.None));

        Assert.Contains("'gone'", failure.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex($$"""
        ^(export_info_{{Exporting.TaskId}}\.json|export_tables_info_{{Exporting.TaskId}}_from_\d+_to_\d+\.json|shop/[a-z]+\.[a-z_]+/[1-9]\d*/(_SUCCESS|part-\d{5}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-c000\.gz\.parquet))$
        """)]
    private static partial Regex Grammar();
}

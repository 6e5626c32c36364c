using System.Text.Json.Nodes;
using RdsBq.Local.Export;
using RdsBq.Local.Hosting;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

public sealed class ManifestTests
{
    private const string Unlisted = "FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE";

    [Fact]
    public async Task Tables_are_listed_over_several_files_that_say_which_they_hold()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01));

        Assert.Equal(
            ["_from_11_to_13", "_from_1_to_5", "_from_6_to_10"],
            exporting.Keys.Where(k => k.StartsWith("export_tables_info_", StringComparison.Ordinal)).Select(k => k[^(k.Length - k.IndexOf("_from", StringComparison.Ordinal))..^5]));
        Assert.Equal(13, exporting.Entries().Select(e => (string)e["target"]!).Distinct().Count());
        Assert.All(exporting.Entries(), e => Assert.Equal("COMPLETE", (string)e["status"]!));
    }

    [Fact]
    public async Task The_sum_of_the_table_sizes_is_a_double_and_the_outcome()
    {
        using var exporting = new Exporting();
        var outcome = await exporting.RunAsync(new ShopSource(Engine.MySql, 0.01));

        var info = exporting.Json($"{Exporting.Root}/export_info_{Exporting.TaskId}.json");
        var bytes = exporting.Store.List(Exporting.Bucket, $"{Exporting.Root}/shop/").Sum(o => o.Size);
        Assert.Equal(bytes / (double)(1 << 30), outcome.ExportedGigabytes, 12);
        Assert.Equal(outcome.ExportedGigabytes, (double)info["totalExportedDataInGB"]!);
        Assert.Equal($"rds/{Exporting.TaskId}", (string)info["exportedFilesPath"]!);
        Assert.Equal("2024-05-01T02:00:00.000Z", (string)info["snapshotTime"]!);
        Assert.Null(outcome.WarningMessage);
    }

    [Fact]
    public async Task PostgreSQLs_own_databases_are_listed_with_a_warning_and_the_task_warns()
    {
        using var exporting = new Exporting();
        var outcome = await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01));

        Assert.Equal(Unlisted, (string)exporting.Entry("rdsadmin")["warningMessage"]!);
        Assert.Null(exporting.Entry("postgres")["schemaMetadata"]);
        Assert.Equal($$"""{"skippedTables":[],"skippedObjectives":[],"general":[{"reason":"{{Unlisted}}"}]}""", outcome.WarningMessage);
    }

    [Theory]
    [InlineData(Engine.PostgreSql, "shop.audit", "shop.audit.log_entries")]
    [InlineData(Engine.PostgreSql, "shop.public.orders", "shop.public.orders")]
    [InlineData(Engine.MySql, "shop.orders", "shop.orders")]
    public async Task ExportOnly_leaves_the_rest_out(Engine engine, string only, string target)
    {
        using var exporting = new Exporting();
        var outcome = await exporting.RunAsync(new ShopSource(engine, 0.01), only: only);

        Assert.Equal([target], exporting.Entries().Select(e => (string)e["target"]!));
        Assert.Null(outcome.WarningMessage);
        Assert.Equal([only], exporting.Json($"{Exporting.Root}/export_info_{Exporting.TaskId}.json")["exportOnly"]!.AsArray().Select(o => (string)o!));
    }

    [Theory]
    [InlineData("a/b", "id", "TABLE_WITH_UNSUPPORTED_CHARACTER_IN_NAME")]
    [InlineData("t", "two words", "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME")]
    [InlineData("t", "a=b", "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME")]
    [InlineData("t", "a(b)", "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME")]
    public async Task Names_that_RDS_can_not_write_skip_the_table_and_the_export_completes(string table, string column, string reason)
    {
        using var exporting = new Exporting();
        var outcome = await exporting.RunAsync(new OneTable(table, column));

        Assert.DoesNotContain(exporting.Keys, k => k.StartsWith("one/", StringComparison.Ordinal));
        Assert.Equal(reason, (string)exporting.Entry($"one.public.{table}")["warningMessage"]!);
        var skipped = Assert.Single(JsonNode.Parse(outcome.WarningMessage!)!["skippedTables"]!.AsArray())!;
        Assert.Equal(($"one.public.{table}", reason), ((string)skipped["target"]!, (string)skipped["reason"]!));
    }

    [Fact]
    public async Task A_scripted_skip_warns_and_a_lost_table_does_not()
    {
        using var exporting = new Exporting();
        exporting.Faults.Add(new Fault("export.table", "skip", "shop.public.orders", Message: "PERMISSIONS_DO_NOT_EXIST"));
        exporting.Faults.Add(new Fault("export.table", "lost", "shop.public.products"));
        var outcome = await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), only: "shop.public");

        Assert.Equal("PERMISSIONS_DO_NOT_EXIST", (string)exporting.Entry("shop.public.orders")["warningMessage"]!);
        Assert.DoesNotContain(exporting.Entries(), e => (string)e["target"]! == "shop.public.products");
        Assert.DoesNotContain(exporting.Keys, k => k.Contains("public.orders/", StringComparison.Ordinal) || k.Contains("public.products/", StringComparison.Ordinal));
        Assert.Contains("shop.public.orders", outcome.WarningMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("products", outcome.WarningMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_carry_the_names_of_information_schema_and_parquets_type()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), only: "shop.public.customers");

        var mappings = exporting.Entry("shop.public.customers")["schemaMetadata"]!["originalTypeMappings"]!.AsArray();
        Assert.Equal(
            """{"columnName":"email","originalType":"character varying","expectedExportedType":"binary (UTF8)","originalCharMaxLength":255,"originalNumPrecision":0,"originalDateTimePrecision":0}""",
            mappings[1]!.ToJsonString());
        Assert.Equal(["int64", "binary (UTF8)", "boolean"], mappings.Select(m => (string)m!["expectedExportedType"]!).Distinct());
    }

    [Fact]
    public async Task MySQL_targets_name_the_schema_where_asked_to()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.MySql, 0.01), new ExportOptions { MySqlTargetsNameSchema = true }, only: "shop.orders");

        exporting.Entry("shop.shop.orders");
    }
}

using System.Text;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Tables;

public class ExportManifestTests
{
    private const string Complete = """
        {"perTableStatus":[
          {"tableStatistics":{"partitioningInfo":{"numberOfPartitions":1,"numberOfCompletedPartitions":1}},
           "schemaMetadata":{"originalTypeMappings":[
             {"columnName":"id","originalType":"bigint","expectedExportedType":"int64","originalCharMaxLength":0,"originalNumPrecision":19,"originalDateTimePrecision":0},
             {"columnName":"note","originalType":"character varying","expectedExportedType":"binary (UTF8)","originalCharMaxLength":255,"originalNumPrecision":0,"originalDateTimePrecision":0}]},
           "status":"COMPLETE","sizeGB":2.1E-5,"target":"shop.public.orders"},
          {"status":"COMPLETE","target":"postgres","warningMessage":"no rights"}]}
        """;

    [Fact]
    public void A_file_as_RDS_writes_it_is_read()
    {
        var entries = Parse(Complete).Entries;
        Assert.Equal(2, entries.Count);
        Assert.Equal(new SourceTable("shop", "public", "orders"), entries[0].Table);
        Assert.True(entries[0].IsComplete);
        Assert.Equal(2.1E-5, entries[0].SizeGigabytes);
        Assert.Equal(
            [new("id", "bigint", "int64", 0, 19, 0), new ManifestColumn("note", "character varying", "binary (UTF8)", 255, 0, 0)], entries[0].Columns);
        Assert.Null(entries[0].Warning);
    }

    [Fact]
    public void An_entry_on_a_whole_database_has_no_table()
    {
        var entry = Parse(Complete).Entries[1];
        Assert.Equal(("postgres", null, "no rights"), (entry.Target, entry.Table, entry.Warning));
        Assert.Empty(entry.Columns);
    }

    [Fact]
    public void Names_in_any_case_numbers_as_text_and_unknown_fields_are_taken()
    {
        var entry = Assert.Single(Parse("""
            {"PerTableStatus":[{"TARGET":"shop.public.orders","Status":"complete","SizeGB":"0.5","new":{"deep":[1,null]},
              "SchemaMetadata":{"OriginalTypeMappings":[{"ColumnName":"id","OriginalType":"text","originalCharMaxLength":"4294967295",
                "originalNumPrecision":"19","originalDateTimePrecision":null},null]}},null]}
            """).Entries);
        Assert.True(entry.IsComplete);
        Assert.Equal(0.5, entry.SizeGigabytes);
        Assert.Equal(new ManifestColumn("id", "text", "", int.MaxValue, 19, 0), Assert.Single(entry.Columns));
    }

    [Theory]
    [InlineData("shop.orders", "shop", "shop", "orders")]
    [InlineData("shop.shop.orders", "shop", "shop", "orders")]
    [InlineData("shop.public.orders", "shop", "public", "orders")]
    [InlineData("shop.public.odd.name", "shop", "public", "odd.name")]
    public void Both_forms_of_a_target_are_read(string target, string database, string schema, string name) =>
        Assert.Equal(new SourceTable(database, schema, name), Assert.Single(Parse(Status(target, "COMPLETE")).Entries).Table);

    [Fact]
    public void Files_are_merged_and_a_table_counts_once()
    {
        var entries = Parse(Status("shop.orders", "FAILED"), Status("shop.users", "COMPLETE"), Status("shop.shop.orders", "COMPLETE")).Entries;
        Assert.Equal(["shop.orders COMPLETE", "shop.users COMPLETE"], entries.Select(e => $"{e.Table} {e.Status}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Equal(2, Parse("\uFEFF" + Complete).Entries.Count);

    [Theory]
    [InlineData("{\"perTableStatus\":[{\"target\":\"a.b\"")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"perTableStatus\":7}")]
    [InlineData("{\"perTableStatus\":[{\"target\":\"a.b\",\"sizeGB\":\"much\"}]}")]
    public void A_file_that_is_not_what_RDS_writes_is_named(string json)
    {
        var stop = Assert.Throws<StopException>(() => Parse(Complete, json));
        Assert.Equal(StopException.NeedsPerson, stop.ExitCode);
        Assert.Contains("file-1.json", stop.Message, StringComparison.Ordinal);
    }

    private static string Status(string target, string status) => $$"""{"perTableStatus":[{"target":"{{target}}","status":"{{status}}"}]}""";

    private static ExportManifest Parse(params string[] files) =>
        ExportManifest.Parse(files.Select((json, i) => ($"e/file-{i}.json", (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json))));
}

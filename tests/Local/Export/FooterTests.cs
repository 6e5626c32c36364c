using Parquet;
using RdsBq.Local.Export;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

public sealed class FooterTests
{
    [Fact]
    public async Task PostgreSQL_types_become_those_of_RDS()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), only: "shop.public.every_type");

        var footer = exporting.Footer("shop/public.every_type");
        Assert.Equal(
            [
                "id INT64 REQUIRED", "small INT32 OPTIONAL INT_16", "num INT32 OPTIONAL", "big INT64 OPTIONAL", "single_value FLOAT OPTIONAL",
                "double_value DOUBLE OPTIONAL", "amount BYTE_ARRAY OPTIONAL UTF8", "any_number BYTE_ARRAY OPTIONAL UTF8", "price BYTE_ARRAY OPTIONAL UTF8",
                "flag BOOLEAN OPTIONAL", "raw BYTE_ARRAY OPTIONAL",
            ],
            footer.Take(11));
        Assert.All(footer.Skip(11), c => Assert.EndsWith(" BYTE_ARRAY OPTIONAL UTF8", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MySQL_types_become_those_of_RDS()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.MySql, 0.01), only: "shop.every_type");

        string[] expected =
        [
            "id INT64 REQUIRED", "tiny INT32 OPTIONAL", "tiny_bool INT32 OPTIONAL", "tiny_unsigned INT32 OPTIONAL INT_16", "small INT32 OPTIONAL",
            "small_unsigned INT32 OPTIONAL", "medium INT32 OPTIONAL", "medium_unsigned INT64 OPTIONAL", "num INT32 OPTIONAL", "num_unsigned INT64 OPTIONAL",
            "big INT64 OPTIONAL", "big_unsigned FIXED_LEN_BYTE_ARRAY(9) OPTIONAL DECIMAL(20,0)", "decimal_9 INT32 OPTIONAL DECIMAL(9,2)",
            "decimal_18 INT64 OPTIONAL DECIMAL(18,4)", "decimal_38 FIXED_LEN_BYTE_ARRAY(16) OPTIONAL DECIMAL(38,10)", "decimal_65 BYTE_ARRAY OPTIONAL UTF8",
            "single_value DOUBLE OPTIONAL", "double_value DOUBLE OPTIONAL", "code BYTE_ARRAY OPTIONAL", "name BYTE_ARRAY OPTIONAL UTF8",
            "note BYTE_ARRAY OPTIONAL UTF8", "note_tiny BYTE_ARRAY OPTIONAL UTF8", "note_long BYTE_ARRAY OPTIONAL UTF8", "kind BYTE_ARRAY OPTIONAL UTF8",
            "options BYTE_ARRAY OPTIONAL UTF8", "doc BYTE_ARRAY OPTIONAL UTF8", "born INT32 OPTIONAL", "day BYTE_ARRAY OPTIONAL UTF8",
            "moment BYTE_ARRAY OPTIONAL UTF8", "at INT64 OPTIONAL TIMESTAMP_MICROS", "seen INT64 OPTIONAL TIMESTAMP_MICROS", "bits BYTE_ARRAY OPTIONAL",
            "fixed_raw BYTE_ARRAY OPTIONAL", "raw BYTE_ARRAY OPTIONAL", "image BYTE_ARRAY OPTIONAL", "place BYTE_ARRAY OPTIONAL",
        ];
        Assert.Equal(expected, exporting.Footer("shop/shop.every_type"));
    }

    [Theory]
    [InlineData(true, "code BYTE_ARRAY OPTIONAL UTF8", "id INT64 OPTIONAL")]
    [InlineData(false, "code BYTE_ARRAY OPTIONAL", "id INT64 OPTIONAL")]
    public async Task Where_AWS_is_silent_there_is_a_choice(bool annotate, string code, string id)
    {
        using var exporting = new Exporting();
        var options = new ExportOptions { AnnotateMySqlChar = annotate, RequiredForNotNull = false };
        await exporting.RunAsync(new ShopSource(Engine.MySql, 0.01), options, only: "shop.every_type");

        Assert.Contains(code, exporting.Footer("shop/shop.every_type"));
        Assert.Contains(id, exporting.Footer("shop/shop.every_type"));
    }

    [Fact]
    public async Task MySQLs_native_values_survive_at_their_edges()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.MySql, 0.01), only: "shop.every_type");

        Assert.Equal(
            [
                "1|10000000000000000000|123.45|123.4500|1234.5000000000|2024-02-29 13:14:15.123456+00|AA",
                "2|NULL|NULL|NULL|NULL|NULL|NULL",
                "3|0|-9999999.99|-99999999999999.9999|-9999999999999999999999999999.9999999999|1000-01-01 00:00:00+00|00",
                "4|18446744073709551615|9999999.99|99999999999999.9999|9999999999999999999999999999.9999999999|9999-12-31 23:59:59.999999+00|FF",
                "5|1|0.00|0.0000|-0.0000000001|1969-12-31 23:59:59.999999+00|0A",
            ],
            exporting.Query(
                $"""
                select id, big_unsigned::varchar, decimal_9::varchar, decimal_18::varchar, decimal_38::varchar, "at"::varchar, hex(bits)
                from read_parquet({exporting.Files("shop/shop.every_type")}) order by id
                """));
    }

    [Theory]
    [InlineData(Engine.PostgreSql)]
    [InlineData(Engine.MySql)]
    public async Task Files_hold_every_row_of_the_source_and_their_footers_say_so_to_another_reader(Engine engine)
    {
        var shop = new ShopSource(engine, 0.02);
        using var exporting = new Exporting();
        await exporting.RunAsync(shop, new ExportOptions { RowsPerFile = 300, RowsPerGroup = 70, RowsPerBatch = 500 });

        await using var snapshot = await shop.OpenAsync(1, CancellationToken.None);
        foreach (var table in snapshot.Tables)
        {
            var folder = $"shop/{table.Schema}.{table.Name}";
            var rows = (await CollectingSink.ReadAsync(shop, table.Name)).Count;
            Assert.Equal(rows, exporting.Rows(folder));
            Assert.Equal(rows, await FooterRowsAsync(exporting, folder));
        }
    }

    [Fact]
    public async Task Pages_are_gzip()
    {
        using var exporting = new Exporting();
        await exporting.RunAsync(new ShopSource(Engine.PostgreSql, 0.01), only: "shop.public.orders");

        Assert.Equal(
            ["GZIP"], exporting.Query($"select distinct compression from parquet_metadata({exporting.Files("shop/public.orders")})"));
    }

    private static async Task<long> FooterRowsAsync(Exporting exporting, string folder)
    {
        var rows = 0L;
        foreach (var stored in exporting.Store.List(Exporting.Bucket, $"{Exporting.Root}/{folder}/").Where(o => o.Size > 0))
        {
            await using var reader = await ParquetReader.CreateAsync(stored.Path);
            rows += reader.Metadata!.NumRows;
        }
        return rows;
    }
}

using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Tests.Runs;
using RdsBq.Core.Views;

namespace RdsBq.Core.Tests.Views;

public class ViewSqlTests
{
    private static readonly ViewPlan Plain = new(
        "my-project", "shop_prod_rds_data", "orders", "shop_prod_rds_data_landing", "orders_202604011705",
        [new("id", "INTEGER", "REQUIRED"), new("note", "STRING", "NULLABLE")], ViewNotes.None);

    private static readonly ViewPlan Typed = Plain with { Columns = [Plain.Columns[0], new("day", "STRING", "NULLABLE", "date")] };

    [Fact]
    public void A_view_names_its_columns_and_its_landing_table() => Assert.Equal(
        """
        CREATE OR REPLACE VIEW `my-project.shop_prod_rds_data.orders` (
          `id`,
          `note`
        ) AS
        SELECT
          `id`,
          `note`
        FROM `my-project.shop_prod_rds_data_landing.orders_202604011705`
        """,
        ViewSql.CreateOrReplace(Plain));

    [Fact]
    public void What_people_wrote_on_the_view_is_said_again() => Assert.Equal(
        """
        CREATE OR REPLACE VIEW `my-project.shop_prod_rds_data.orders` (
          `id` OPTIONS(description="the key"),
          `note`
        ) OPTIONS(description="all orders", labels=[("cost", ""), ("team", "sales")]) AS
        SELECT
          `id`,
          `note`
        FROM `my-project.shop_prod_rds_data_landing.orders_202604011705`
        """,
        ViewSql.CreateOrReplace(Plain with { Notes = new ViewNotes("all orders", Map(("team", "sales"), ("cost", "")), Map(("ID", "the key"), ("gone", "x"))) }));

    [Fact]
    public void A_column_is_cast_under_its_own_name() => Assert.Contains(
        "SELECT\n  `id`,\n  SAFE_CAST(`day` AS DATE) AS `day`\nFROM", ViewSql.CreateOrReplace(Typed), StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_cast_where_types_are_to_stay_as_they_landed() =>
        Assert.Contains("SELECT\n  `id`,\n  `day`\nFROM", ViewSql.CreateOrReplace(Typed with { CastTypes = false }), StringComparison.Ordinal);

    [Fact]
    public void A_table_too_wide_for_its_casts_is_shown_as_it_landed()
    {
        List<Column> arrays = [.. Enumerable.Range(0, 1600).Select(i => new Column($"c{i:d4}", "STRING", "NULLABLE", "ARRAY"))];
        var wide = ViewSql.CreateOrReplace(Plain with { Columns = arrays });
        Assert.InRange(wide.Length, 1, 256_000);
        Assert.DoesNotContain("PARSE_JSON", wide, StringComparison.Ordinal);
        Assert.Contains("PARSE_JSON", ViewSql.CreateOrReplace(Plain with { Columns = [.. arrays.Take(400)] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say \"hi\"", "say \\\"hi\\\"")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a\\\"; DROP TABLE t; --", "a\\\\\\\"; DROP TABLE t; --")]
    [InlineData("a`b'c", "a`b'c")]
    [InlineData("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree")]
    [InlineData("bell\u0007nul\0next\u0085", "bell\\u0007nul\\u0000next\\u0085")]
    [InlineData("größe 日本 😀", "größe 日本 😀")]
    public void Text_is_quoted_so_that_it_stays_text(string description, string quoted)
    {
        var sql = ViewSql.CreateOrReplace(Plain with { Notes = new ViewNotes(description, Map(("k", description)), Map(("id", description))) });
        Assert.Contains($"`id` OPTIONS(description=\"{quoted}\"),", sql, StringComparison.Ordinal);
        Assert.Contains($") OPTIONS(description=\"{quoted}\", labels=[(\"k\", \"{quoted}\")]) AS", sql, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a`b", "`a\\`b`")]
    [InlineData("a\\", "`a\\\\`")]
    [InlineData("order", "`order`")]
    [InlineData("a\"b c", "`a\"b c`")]
    public void A_column_is_quoted_so_that_it_stays_a_name(string name, string quoted)
    {
        var sql = ViewSql.CreateOrReplace(Plain with { Columns = [new(name, "STRING", "NULLABLE")] });
        Assert.Contains($"(\n  {quoted}\n) AS\nSELECT\n  {quoted}\nFROM", sql, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("odd}na{me 1")]
    public void DTS_renders_the_landing_tables_name_that_the_ledger_expects(string view)
    {
        var runTime = RunTime.At(new DateTimeOffset(2026, 4, 1, 17, 5, 0, TimeSpan.Zero));
        Assert.Equal($"{view}_202604011705", Names.LandingTable(view, runTime));
        Assert.Equal(Names.LandingTable(view, runTime), DtsExpander.Expand(Names.LandingTemplate(view), runTime.Instant));
    }

    [Fact]
    public void The_name_that_people_gave_a_view_is_said_again() => Assert.Contains(
        "OPTIONS(friendly_name=\"The \\\"orders\\\"\")",
        ViewSql.CreateOrReplace(Plain with { Notes = ViewNotes.None with { FriendlyName = "The \"orders\"" } }), StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT `id` FROM `p.shop_landing.my orders_202604010300`", "my orders_202604010300")]
    [InlineData("SELECT `id`\nFROM `p.shop_landing.my orders_202604010300`\n ", "my orders_202604010300")]
    [InlineData("SELECT `id` FROM `p.shop_landing.my orders_20260401`", null)]
    [InlineData("SELECT `id` FROM `p.shop_landing.my orders_2026x4010300`", null)]
    [InlineData("SELECT `id` FROM `p.shop_landing.other_202604010300`", null)]
    [InlineData("SELECT `id` FROM `p.shop_archive.my orders_202604010300`", null)]
    [InlineData("SELECT `id` FROM `q.shop_landing.my orders_202604010300`", null)]
    [InlineData("SELECT `id` FROM `p.shop_landing.my orders_202604010300` WHERE id > 3", null)]
    [InlineData("SELECT 42 AS id", null)]
    public void A_view_of_our_making_shows_its_landing_table_and_someone_else_s_does_not(string query, string? landing) =>
        Assert.Equal(landing, ViewSql.LandingTableOf(query, "p", "shop_landing", "my orders"));

    [Fact]
    public void Names_follow_from_database_and_view()
    {
        Assert.Equal("d_landing", Names.LandingDataset("d"));
        Assert.Equal("shop-orders-transfer", Names.TransferConfig("shop", "orders"));
        Assert.Equal("rdsbq_ledger", Names.Ledger);
    }

    private static Dictionary<string, string> Map(params (string Key, string Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value);
}

using System.Globalization;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Core.Tests.Views;

public class UncastSqlTests
{
    private static readonly Column Id = new("id", "INTEGER", "REQUIRED", "integer");
    private static readonly Column Day = new("day`s", "STRING", "NULLABLE", "date");
    private static readonly Column Due = new("due", "STRING", "NULLABLE", "date");

    [Fact]
    public void Each_cast_column_is_counted_in_one_pass() => Assert.Equal(
        """
        SELECT COUNTIF(u0) AS c0, COUNTIF(u1) AS c1
        FROM (SELECT
          `day\`s` IS NOT NULL AND (SAFE_CAST(`day\`s` AS DATE)) IS NULL AS u0,
          `due` IS NOT NULL AND (SAFE_CAST(`due` AS DATE)) IS NULL AS u1
        FROM `p.d_landing.orders_1`)
        """,
        Assert.Single(UncastSql.Count("p", "d_landing", "orders_1", [Id, Day, Due])).Sql);

    [Fact]
    public void The_counts_are_of_these_columns() =>
        Assert.Equal(["day`s", "due"], UncastSql.Count("p", "d", "t", [Day, Id, Due])[0].Columns);

    [Fact]
    public void Where_nothing_is_cast_nothing_is_asked() => Assert.Empty(UncastSql.Count("p", "d", "t", [Id, Due with { OriginalType = "text" }]));

    [Fact]
    public void A_query_that_would_be_too_long_becomes_several_with_every_column_once()
    {
        var columns = Enumerable.Range(0, 3000).Select(i => Due with { Name = new string('d', 250) + i.ToString(CultureInfo.InvariantCulture) }).ToList();
        var queries = UncastSql.Count("p", "d", "t", columns);
        Assert.InRange(queries.Count, 4, 8);
        Assert.All(queries, q => Assert.InRange(q.Sql.Length, 1000, 256 * 1024));
        Assert.Equal(columns.Select(c => c.Name), queries.SelectMany(q => q.Columns));
    }

    [Fact]
    public void An_example_shows_the_values_of_one_column() => Assert.Equal(
        "SELECT `due`, COUNT(*) FROM `p.d.t` WHERE `due` IS NOT NULL AND (SAFE_CAST(`due` AS DATE)) IS NULL GROUP BY 1 LIMIT 20",
        UncastSql.Example("p", "d", "t", Due));

    [Fact]
    public void A_column_that_is_not_cast_has_no_example() => Assert.Null(UncastSql.Example("p", "d", "t", Id));
}

using RdsBq.Core.Alerts;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Alerts;

public class UncastAlertTests
{
    private static readonly RunTime Run = RunTime.At(new DateTimeOffset(2026, 4, 1, 17, 5, 0, TimeSpan.Zero));

    private static readonly Receipt Orders = new(
        "shop.public.orders", "orders", "orders_202604011705", "c", 1234567, 1, null, Verdict.Pending, null,
        [new("due", "STRING", "NULLABLE", "date"), new("at", "STRING", "NULLABLE", "timestamp without time zone")]);

    [Fact]
    public void Values_that_casts_can_not_read_are_told_by_column_with_a_query_that_shows_them() => Assert.Equal(
        """
        shop.public.orders: 1,236 values are NULL in the view
        All rows of shop.public.orders are there, but where BigQuery's types can't hold a value (infinity, BC, NaN and the like) its view shows NULL. The landing table has the values as the source printed them, until it expires. A column is told when this begins, not every night. With TYPES=raw the views show all columns as they landed.
        Run: 2026-04-01T17:05Z
        Table: shop.public.orders
        View: orders
        Landing table: orders_202604011705
        at (timestamp without time zone): 1,234
        due (date): 1
        old (type unknown): 1

        SELECT 1
        """,
        SlackText.Plain(UncastAlert.Of(Run, Orders, new Dictionary<string, long> { ["old"] = 1, ["due"] = 1, ["at"] = 1234 }, "SELECT 1")));

    [Fact]
    public void One_value_is_one() =>
        Assert.StartsWith("shop.public.orders: 1 value is NULL", UncastAlert.Of(Run, Orders, new Dictionary<string, long> { ["due"] = 1 }, null).Title, StringComparison.Ordinal);
}

using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Tables;

public class TargetListTests
{
    private static readonly SourceTable[] Tables =
    [
        new("shop", "public", "orders"),
        new("shop", "public", "Orders"),
        new("shop", "public", "order_items"),
        new("shop", "public", "tmp_a"),
        new("shop", "audit", "orders"),
        new("shop", "audit", "odd.name"),
        new("rdsadmin", "public", "orders"),
    ];

    [Theory]
    [InlineData("public.orders", "public.orders>orders")]
    [InlineData("shop.public.orders", "public.orders>orders")]
    [InlineData("orders", "audit.orders>audit_orders public.orders>orders")]
    [InlineData("orders\n!audit.*", "public.orders>orders")]
    [InlineData("public.*", "public.Orders>Orders public.order_items>order_items public.orders>orders public.tmp_a>tmp_a")]
    [InlineData("*.order?", "audit.orders>audit_orders public.orders>orders")]
    [InlineData("!public.*", "audit.odd.name>audit_odd_name audit.orders>audit_orders")]
    [InlineData("!tmp_*\npublic.*", "public.Orders>Orders public.order_items>order_items public.orders>orders")]
    [InlineData("*.audit.orders", "audit.orders>audit_orders")]
    [InlineData("audit.odd?name", "audit.odd.name>audit_odd_name")]
    [InlineData("public.orders -> sales_orders", "public.orders>sales_orders")]
    [InlineData("public.orders->sales_orders", "public.orders>sales_orders")]
    [InlineData("public.*\npublic.orders -> sales", "public.Orders>Orders public.order_items>order_items public.orders>sales public.tmp_a>tmp_a")]
    [InlineData("\uFEFF# all of ours\r\n\r\n  public.orders  # the orders\r\n", "public.orders>orders")]
    [InlineData("*\n!public.*\n!audit.odd?name", "audit.orders>audit_orders")]
    public void A_list_selects_tables_and_names_their_views(string text, string expected)
    {
        Assert.True(TargetList.TryParse("t.txt", text, ["shop"], out var list, out var problems), string.Join('\n', problems));
        var selection = list.Select(Tables);
        Assert.Equal(expected, Words(selection));
        Assert.Empty(selection.Unmatched);
    }

    [Fact]
    public void Without_a_list_every_table_of_the_database_is_meant() =>
        Assert.Equal(6, TargetList.Everything("shop").Select(Tables).Targets.Count);

    [Theory]
    [InlineData("a.b.c.d", "t.txt:1: 'a.b.c.d' has more than database.schema.table")]
    [InlineData("\n\nother.public.orders", "t.txt:3: 'other.public.orders' is in another database; this job exports shop")]
    [InlineData("public.", "t.txt:1: 'public.' has an empty name")]
    [InlineData("!", "t.txt:1: '!' names no table")]
    [InlineData("-> x", "t.txt:1: '-> x' names no table")]
    [InlineData("!orders -> x", "t.txt:1: '!orders -> x' excludes")]
    [InlineData("public.* -> x", "t.txt:1: 'public.* -> x' may match several tables")]
    [InlineData("orders ->", "t.txt:1: 'orders ->' names the view ''")]
    [InlineData("orders -> a.b", "t.txt:1: 'orders -> a.b' names the view 'a.b'")]
    [InlineData("orders -> a -> b", "t.txt:1: 'orders -> a -> b' names the view 'a -> b'")]
    [InlineData("a\\b", "t.txt:1: 'a\\b' has a backslash")]
    [InlineData("# nothing\n", "t.txt: it lists no table")]
    [InlineData("", "t.txt: it lists no table")]
    public void A_line_that_can_not_be_meant_is_named_with_file_and_line(string text, string problem)
    {
        Assert.False(TargetList.TryParse("t.txt", text, ["shop"], out _, out var problems));
        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        Assert.False(TargetList.TryParse("t.txt", "a.b.c.d\norders\nx.\n", ["shop"], out _, out var problems));
        Assert.Equal(["t.txt:1", "t.txt:3"], problems.Select(p => p[..7]));
    }

    [Fact]
    public void Lines_that_match_no_table_are_told_with_their_number()
    {
        Assert.True(TargetList.TryParse("t.txt", "orders\nORDERS\n!nothing\nlogs.*\n", ["shop"], out var list, out _));
        Assert.Equal(["t.txt:2: 'ORDERS' matches no table of shop", "t.txt:4: 'logs.*' matches no table of shop"], list.Select(Tables).Unmatched.Select(u => u.Line));
    }

    [Fact]
    public void Two_tables_with_one_view_stop_the_run()
    {
        SourceTable[] tables = [new("shop", "public", "audit_orders"), new("shop", "audit", "orders")];
        var stop = Assert.Throws<StopException>(() => TargetList.Everything("shop").Select(tables));
        Assert.Equal(StopException.NeedsPerson, stop.ExitCode);
        Assert.Equal("shop.audit.orders and shop.public.audit_orders would both be published as audit_orders", stop.Message);
        Assert.Contains("shop.public.audit_orders -> another_name", stop.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void One_table_with_two_views_stops_the_run()
    {
        Assert.True(TargetList.TryParse("t.txt", "public.orders -> a\nshop.public.orders -> b\n", ["shop"], out var list, out _));
        Assert.Equal("shop.public.orders is given two views, a (t.txt:1) and b (t.txt:2)", Assert.Throws<StopException>(() => list.Select(Tables)).Message);
    }

    [Fact]
    public void MySQL_tables_are_named_by_database_and_published_under_their_own_name()
    {
        Assert.True(TargetList.TryParse("t.txt", "shop.orders\nshop.shop.users\n", ["shop"], out var list, out _));
        var selection = list.Select([new("shop", "shop", "orders"), new("shop", "shop", "users"), new("shop", "shop", "logs")]);
        Assert.Equal(["orders", "users"], selection.Targets.Select(t => t.View));
    }

    [Theory]
    [InlineData("a$b", "a_b")]
    [InlineData("a.b", "a_b")]
    [InlineData("Ünï 日本-1_x", "Ünï 日本-1_x")]
    [InlineData("a😀b", "a_b")]
    public void What_BigQuery_refuses_in_a_name_becomes_an_underscore(string table, string view) =>
        Assert.Equal(view, Assert.Single(TargetList.Everything("shop").Select([new("shop", "public", table)]).Targets).View);

    private static string Words(Selection selection) =>
        string.Join(' ', selection.Targets.Select(t => $"{t.Table.Schema}.{t.Table.Name}>{t.View}"));
}

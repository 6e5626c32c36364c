using RdsBq.Core.Runs;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Core.Tests.Tables;

public class SeveralDatabasesTests
{
    private static readonly string[] Both = ["shop", "crm"];

    private static readonly SourceTable[] Tables =
    [
        new("shop", "public", "orders"), new("shop", "public", "items"), new("crm", "public", "orders"), new("crm", "sales", "leads"),
        new("rdsadmin", "public", "orders"),
    ];

    [Theory]
    [InlineData("shop.public.orders", "shop.public.orders>orders")]
    [InlineData("crm.*.*", "crm.public.orders>orders crm.sales.leads>sales_leads")]
    [InlineData("leads", "crm.sales.leads>sales_leads")]
    [InlineData("orders\ncrm.public.orders -> crm_orders", "crm.public.orders>crm_orders shop.public.orders>orders")]
    [InlineData("*\n!crm.*.*", "shop.public.items>items shop.public.orders>orders")]
    public void The_first_of_three_parts_is_the_database_and_less_means_any(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(text).Select(Tables).Targets.Select(t => $"{t.Table}>{t.View}")));

    [Fact]
    public void A_database_that_is_not_exported_is_refused_with_those_that_are()
    {
        Assert.False(TargetList.TryParse("t.txt", "hr.public.orders", Both, out _, out var problems));
        Assert.Equal("t.txt:1: 'hr.public.orders' is in another database; this job exports shop, crm", Assert.Single(problems));
    }

    [Theory]
    [InlineData("orders", "crm.public.orders (t.txt:1) and shop.public.orders (t.txt:1) would both be published as orders")]
    [InlineData("items\n\nleads -> items", "crm.sales.leads (t.txt:3) and shop.public.items (t.txt:1) would both be published as items")]
    public void Two_tables_for_one_view_are_refused_with_both_names_and_lines(string text, string message)
    {
        var stop = Assert.Throws<StopException>(() => Parse(text).Select(Tables));
        Assert.Equal(message, stop.Message);
        Assert.Contains("-> another_name", stop.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void MySQL_databases_with_a_table_of_one_name_are_refused_too()
    {
        var stop = Assert.Throws<StopException>(() => TargetList.Everything(Both).Select([new("shop", "shop", "orders"), new("crm", "crm", "orders")]));
        Assert.Equal("crm.orders and shop.orders would both be published as orders", stop.Message);
        Assert.Contains("shop.orders -> another_name", stop.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tables_for_one_transfer_config_are_refused()
    {
        SourceTable[] tables = [new("a", "public", "b-c"), new("a-b", "public", "c")];
        var stop = Assert.Throws<StopException>(() => TargetList.Everything("a", "a-b").Select(tables));
        Assert.Equal("a-b.public.c and a.public.b-c would share the transfer config a-b-c-transfer", stop.Message);
    }

    [Theory]
    [InlineData("orders", "orders_202601010000")]
    [InlineData("orders_202601010000", "orders_202601010000_202601010000")]
    [InlineData("orders", "Orders")]
    public void Views_of_their_own_have_landing_tables_of_their_own_at_any_run_time(string one, string other)
    {
        var times = Enumerable.Range(0, 50).Select(i => RunTime.At(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i * 7))).ToList();
        Assert.Empty(times.Select(t => Names.LandingTable(one, t)).Intersect(times.Select(t => Names.LandingTable(other, t))));
    }

    private static TargetList Parse(string text)
    {
        Assert.True(TargetList.TryParse("t.txt", text, Both, out var list, out var problems), string.Join('\n', problems));
        return list;
    }
}

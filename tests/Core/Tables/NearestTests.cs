using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Tables;

public class NearestTests
{
    private static readonly SourceTable[] Tables =
    [
        new("shop", "public", "Orders"), new("shop", "public", "order_items"), new("shop", "audit", "log"), new("shop", "public", "customers"),
    ];

    [Theory]
    [InlineData("orders", "public.Orders")]
    [InlineData("public.orders", "public.Orders")]
    [InlineData("shop.public.ORDERS", "shop.public.Orders")]
    [InlineData("shop.customers", "public.customers")]
    [InlineData("public.log", "audit.log")]
    [InlineData("pubic.order_item", "public.order_items")]
    [InlineData("cusotmers", "public.customers")]
    [InlineData("invoices", null)]
    [InlineData("lag", "audit.log")]
    [InlineData("ax", null)]
    [InlineData("order*", "public.Orders")]
    [InlineData("invoice*", null)]
    public void A_name_that_no_table_has_is_answered_with_the_nearest(string line, string? nearest)
    {
        Assert.True(TargetList.TryParse("t.txt", line, ["shop"], out var list, out _));
        var tables = line == "order*" ? Tables[..1] : Tables;
        var unmatched = Assert.Single(list.Select(tables).Unmatched);
        Assert.Equal(nearest, unmatched.Nearest);
        Assert.Equal($"t.txt:1: '{line}' matches no table of shop{(nearest is null ? "" : $"; did you mean {nearest}?")}", unmatched.ToString());
    }

    [Fact]
    public void A_line_that_leaves_out_nothing_is_told_and_does_no_harm()
    {
        Assert.True(TargetList.TryParse("t.txt", "*\n!tmp_*\n!log\n", ["shop"], out var list, out _));
        var selection = list.Select(Tables);
        Assert.Equal(["t.txt:2: '!tmp_*' leaves out nothing: no table of shop matches"], selection.IdleExcludes);
        Assert.Equal(3, selection.Targets.Count);
    }
}

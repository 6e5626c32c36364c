using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Exports;

public class ExportScopeTests
{
    [Theory]
    // Names in the engine's own form.
    [InlineData("shop", "public.orders\naudit.log", "aurora-postgresql", "shop.audit.log shop.public.orders", "2 tables by name")]
    [InlineData("shop", "shop.public.orders -> sales", "postgres", "shop.public.orders", "1 table by name")]
    [InlineData("shop", "orders\nshop.items\nshop.shop.users", "mysql", "shop.items shop.orders shop.users", "3 tables by name")]
    [InlineData("shop", "orders", "mariadb", "shop.orders", "1 table by name")]
    [InlineData("shop,crm", "shop.public.orders\ncrm.public.leads", "postgres", "crm.public.leads shop.public.orders", "2 tables by name")]
    [InlineData("shop,crm", "crm.leads", "aurora-mysql", "crm.leads", "1 table by name")]
    // The databases, and why.
    [InlineData("shop", "", "postgres", "shop", "the whole database shop: the list is empty or has globs")]
    [InlineData("shop", "public.*", "postgres", "shop", "globs or excludes")]
    [InlineData("shop", "orders\n!public.tmp", "postgres", "shop", "globs or excludes")]
    [InlineData("shop", "public.orders\norders", "postgres", "shop", "t.txt:2: 'orders' has no schema")]
    [InlineData("shop,crm", "public.orders", "postgres", "shop crm", "the whole databases shop, crm: t.txt:1: 'public.orders' may be in any of the databases")]
    [InlineData("shop,crm", "orders", "mysql", "shop crm", "may be in any of the databases")]
    [InlineData("shop", "public.orders", "mysql", "shop", "is no name of this engine")]
    [InlineData("shop", "public.my-orders", "postgres", "shop", "t.txt:1: 'public.my-orders' has other characters")]
    [InlineData("shop", "public.orders", "sqlserver-ee", "shop", "the engine 'sqlserver-ee' is not known here")]
    // The whole snapshot.
    [InlineData("my-shop", "public.orders", "postgres", "", "the whole snapshot: RDS takes only letters, digits, $ and _ in a partial export, and the database is called my-shop")]
    [InlineData("shop,läden", "", "postgres", "", "the database is called läden")]
    public void An_export_is_limited_as_far_as_RDS_can_be_told_to(string databases, string lines, string engine, string only, string reason)
    {
        var scope = ExportScope.Of(List(databases, lines), engine);
        Assert.Equal(only, string.Join(' ', scope.Only));
        Assert.Contains(reason, scope.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void More_names_than_200_KB_make_it_the_whole_database()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"public.t{new string('x', 100)}{i:d4}"));
        var scope = ExportScope.Of(List("shop", lines), "postgres");
        Assert.Equal(["shop"], scope.Only);
        Assert.Contains("200 KB", scope.Reason, StringComparison.Ordinal);
        Assert.Equal(1_000, ExportScope.Of(List("shop", string.Join('\n', lines.Split('\n').Take(1_000))), "postgres").Only.Count);
    }

    [Theory]
    [InlineData("", "orders", true)]
    [InlineData("shop", "orders", true)]
    [InlineData("shop", "shop.public.orders", true)]
    [InlineData("shop", "crm.public.orders", false)]
    [InlineData("shop", "public.*", true)]
    [InlineData("shop.public.orders", "orders", true)]
    [InlineData("shop.public.orders", "public.orders", true)]
    [InlineData("shop.public.orders", "items", false)]
    [InlineData("shop.public.orders", "audit.orders", false)]
    [InlineData("shop.public.orders", "public.*", false)]
    [InlineData("shop.public.orders shop.public.items", "shop.public.items", true)]
    [InlineData("shop.orders", "orders", true)]
    [InlineData("shop.orders", "shop.shop.orders", true)]
    [InlineData("shop.orders", "shop.items", false)]
    public void A_name_that_an_export_was_not_limited_to_is_outside_of_it(string only, string line, bool covered)
    {
        var name = List("shop,crm", line).Names?[0];
        Assert.Equal(covered, ExportScope.Covers(only.Split(' ', StringSplitOptions.RemoveEmptyEntries), name));
    }

    [Theory]
    [InlineData("", "public.*", true)]
    [InlineData("shop crm", "public.*", true)]
    [InlineData("shop", "public.*", false)]
    [InlineData("shop.public.orders", "shop.public.orders", true)]
    [InlineData("shop.public.orders", "shop.public.orders\nshop.public.items", false)]
    public void An_export_is_compared_with_what_the_list_has_become(string only, string lines, bool covered) =>
        Assert.Equal(covered, ExportScope.Covers(only.Split(' ', StringSplitOptions.RemoveEmptyEntries), List("shop,crm", lines)));

    [Fact]
    public void A_long_limit_is_told_in_a_few_words() =>
        Assert.Equal("a, b, c and 2 more", ExportScope.Words(["a", "b", "c", "d", "e"]));

    private static TargetList List(string databases, string lines)
    {
        var names = databases.Split(',');
        if (lines.Length == 0) return TargetList.Everything(names);
        Assert.True(TargetList.TryParse("t.txt", lines, names, out var list, out var problems), string.Join('\n', problems));
        return list;
    }
}

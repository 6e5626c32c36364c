using RdsBq.Local.Sources;

namespace RdsBq.Local.Tests.Export;

public sealed class ShopTests
{
    [Theory]
    [InlineData(Engine.PostgreSql)]
    [InlineData(Engine.MySql)]
    public async Task It_is_large_enough_and_has_an_empty_table(Engine engine)
    {
        await using var snapshot = await new ShopSource(engine).OpenAsync(1, CancellationToken.None);

        Assert.True(snapshot.Tables.Count >= 8);
        Assert.True(snapshot.Tables.Sum(t => t.EstimatedRows) >= 200_000);
        Assert.Single(snapshot.Tables, t => t.EstimatedRows == 0);
    }

    [Fact]
    public async Task The_same_seed_and_number_give_the_same_rows()
    {
        var one = await CollectingSink.ReadAsync(new ShopSource(Engine.PostgreSql, 0.05), "reviews", 3);
        var other = await CollectingSink.ReadAsync(new ShopSource(Engine.PostgreSql, 0.05), "reviews", 3);
        var seeded = await CollectingSink.ReadAsync(new ShopSource(Engine.PostgreSql, 0.05, seed: 2), "reviews", 3);

        Assert.Equal(one.Select(CollectingSink.Line), other.Select(CollectingSink.Line));
        Assert.NotEqual(one.Select(CollectingSink.Line), seeded.Select(CollectingSink.Line));
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("customers")]
    [InlineData("order_items")]
    public async Task The_next_snapshot_has_a_few_more_and_a_few_changed_rows(string table)
    {
        var shop = new ShopSource(Engine.PostgreSql, 0.2);
        var first = (await CollectingSink.ReadAsync(shop, table, 1)).Select(CollectingSink.Line).ToList();
        var second = (await CollectingSink.ReadAsync(shop, table, 2)).Select(CollectingSink.Line).ToList();

        Assert.Equal(Math.Max(1, first.Count / 500), second.Count - first.Count);
        var changed = first.Zip(second).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 1, first.Count / 200);
    }

    [Fact]
    public async Task Both_flavours_tell_the_same_story()
    {
        var postgres = await CollectingSink.ReadAsync(new ShopSource(Engine.PostgreSql, 0.01), "reviews");
        var mySql = await CollectingSink.ReadAsync(new ShopSource(Engine.MySql, 0.01), "reviews");

        Assert.Equal(postgres.Select(r => CollectingSink.Line(r[..4])), mySql.Select(r => CollectingSink.Line(r[..4])));
    }
}

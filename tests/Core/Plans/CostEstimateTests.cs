using RdsBq.Core.Plans;

namespace RdsBq.Core.Tests.Plans;

public class CostEstimateTests
{
    private static readonly DataSize Known = new(20_000, 100_000_000_000, "as in run 1");

    [Fact]
    public void An_export_is_priced_by_the_snapshot_and_its_files()
    {
        var items = CostEstimate.OfExport(500, "allocated storage", Known).ToDictionary(i => i.Price);
        Assert.Equal((500m, 5.00m, "at most"), (items["rds-snapshot-export"].Quantity, items["rds-snapshot-export"].Dollars, items["rds-snapshot-export"].Bound));
        Assert.Equal((20m, 0.1m), (items["s3-put"].Quantity, items["s3-put"].Dollars));
        Assert.Equal((100m, 2.3m), (items["s3-standard-storage"].Quantity, items["s3-standard-storage"].Dollars));
        Assert.Equal((2m, 0.06m), (items["kms-request"].Quantity, items["kms-request"].Dollars));
    }

    [Fact]
    public void A_landing_is_priced_by_its_files_and_how_long_they_stay()
    {
        var items = CostEstimate.OfLoad(Known, TimeSpan.FromDays(15), counted: true).ToDictionary(i => i.Price);
        Assert.Equal((40m, 0.016m), (items["s3-get"].Quantity, items["s3-get"].Dollars));
        Assert.Equal((100m, 9m), (items["aws-egress"].Quantity, items["aws-egress"].Dollars));
        Assert.Equal(0m, items["bigquery-data-transfer"].Dollars);
        // 100 GB are 93.13 GiB, half a month of them.
        Assert.Equal(("at least", 46.566129m, 0.931323m), (items["bigquery-storage"].Bound, items["bigquery-storage"].Quantity, items["bigquery-storage"].Dollars));
        Assert.Equal(0.568434m, items["bigquery-query"].Dollars);
        Assert.DoesNotContain(CostEstimate.OfLoad(Known, TimeSpan.FromDays(15), counted: false), i => i.Price == "bigquery-query");
    }

    [Fact]
    public void What_nothing_tells_stays_unknown()
    {
        var items = CostEstimate.OfExport(null, "not told", DataSize.Unknown).Concat(CostEstimate.OfLoad(DataSize.Unknown, TimeSpan.FromDays(7), true)).ToList();
        Assert.Equal(10, items.Count);
        Assert.All(items, i => Assert.Equal((null, null, ""), (i.Quantity, i.Dollars, i.Bound)));
        Assert.All(items, i => Assert.NotEmpty(i.Basis));
    }

    [Fact]
    public void Every_item_names_a_price_that_says_where_it_is_from()
    {
        var ids = Prices.All.Select(p => p.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Prices.All, p => Assert.StartsWith("https://", p.Source, StringComparison.Ordinal));
        Assert.All(CostEstimate.OfExport(1, "", Known).Concat(CostEstimate.OfLoad(Known, TimeSpan.FromDays(1), true)), i => Assert.Contains(i.Price, ids));
    }
}

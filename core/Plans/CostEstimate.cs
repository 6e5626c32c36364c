namespace RdsBq.Core.Plans;

/// <summary>How much there is to bring over, as far as it is known.</summary>
/// <param name="Bytes">Of the Parquet files, compressed as they are.</param>
/// <param name="Basis">Where the figures are from.</param>
public sealed record DataSize(long? Files, long? Bytes, string Basis)
{
    public static readonly DataSize Unknown = new(null, null, "no run of this job has told sizes yet");
}

/// <summary>What one run costs, item by item. A quantity that nothing tells stays unknown: it is never guessed.</summary>
public static class CostEstimate
{
    private const decimal Giga = 1_000_000_000m;
    private const decimal Gibi = 1024m * 1024 * 1024;
    private const decimal DaysOfMonth = 30m;

    /// <summary>Of an export that has yet to be made.</summary>
    /// <param name="snapshot">Gigabytes of the snapshot, at most; null where RDS does not tell them.</param>
    public static IReadOnlyList<CostItem> OfExport(decimal? snapshot, string snapshotBasis, DataSize data) =>
    [
        Item("export of the snapshot", Prices.Export, snapshot, "at most", snapshotBasis),
        Item("writing the files to S3", Prices.S3Put, data.Files / 1000m, "at least", data.Basis),
        Item("keeping the files in S3, a month", Prices.S3Storage, data.Bytes / Giga, "about", data.Basis),
        Item("encrypting the files", Prices.Kms, data.Files / 10_000m, "about", data.Basis),
    ];

    /// <summary>Of landing, proving and keeping one run.</summary>
    /// <param name="counted">The values that don't cast are counted, which reads the landing tables once.</param>
    public static IReadOnlyList<CostItem> OfLoad(DataSize data, TimeSpan retention, bool counted)
    {
        // One read of each footer, one of each file by the transfer; both decrypt.
        var reads = data.Files * 2;
        var logical = data.Basis + "; BigQuery bills the values, not the compressed files";
        List<CostItem> items =
        [
            Item("reading the files from S3", Prices.S3Get, reads / 1000m, "at least", data.Basis),
            Item("decrypting the files", Prices.Kms, reads / 10_000m, "at least", data.Basis),
            Item("traffic from AWS to Google", Prices.Egress, data.Bytes / Giga, "about", data.Basis),
            Item("transfer runs", Prices.Transfer, data.Bytes / Giga, "about", data.Basis),
            Item($"keeping the landing tables, {retention.TotalDays:0.#} days", Prices.Storage, data.Bytes / Gibi * (decimal)retention.TotalDays / DaysOfMonth, "at least", logical),
        ];
        if (counted) items.Add(Item("counting values that don't cast", Prices.Query, data.Bytes / Gibi / 1024, "at least", logical));
        return items;
    }

    /// <summary>US dollars of all that one run moves, without the export itself (which goes by the snapshot's size) and without keeping anything.</summary>
    public static decimal OfRun(long files, long bytes, bool counted)
    {
        var data = new DataSize(files, bytes, "");
        var items = OfExport(null, "", data).Where(i => i.Price != Prices.S3Storage.Id).Concat(OfLoad(data, TimeSpan.Zero, counted));
        return items.Sum(i => i.Dollars ?? 0);
    }

    private static CostItem Item(string item, Price price, decimal? quantity, string bound, string basis) =>
        new(item, quantity is { } q ? decimal.Round(q, 6) : null, price.Unit, quantity is null ? "" : bound, quantity is { } n ? decimal.Round(n * price.Dollars, 6) : null, price.Id, basis);
}

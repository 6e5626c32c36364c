namespace RdsBq.Core.Plans;

/// <summary>A list price that an estimate is made with.</summary>
/// <param name="Id">Stable: what <see cref="CostItem.Price"/> refers to.</param>
/// <param name="Dollars">US dollars for one <paramref name="Unit"/>.</param>
/// <param name="Where">The region that the price is of.</param>
/// <param name="Source">The vendor's page: where to look whether it still holds.</param>
public sealed record Price(string Id, decimal Dollars, string Unit, string Where, string Source);

/// <summary>
/// The prices that <c>plan</c> assumes: list prices, before free tiers and discounts; other regions' differ. They are not read off the pages that each one names
/// to be checked at: those of S3, KMS, egress and queries agreed with other people's pages in November 2026, the export's had one unverified report behind it.
/// </summary>
public static class Prices
{
    private const string Virginia = "us-east-1";
    private const string UnitedStates = "US multi-region";
    private const string S3 = "https://aws.amazon.com/s3/pricing/";
    private const string BigQuery = "https://cloud.google.com/bigquery/pricing";

    /// <summary>By the snapshot's size, whatever part of it is exported.</summary>
    public static readonly Price Export = new("rds-snapshot-export", 0.010m, "GB of snapshot", Virginia, "https://aws.amazon.com/rds/aurora/pricing/");

    public static readonly Price S3Storage = new("s3-standard-storage", 0.023m, "GB-month", Virginia, S3);

    public static readonly Price S3Put = new("s3-put", 0.005m, "1,000 requests", Virginia, S3);

    public static readonly Price S3Get = new("s3-get", 0.0004m, "1,000 requests", Virginia, S3);

    public static readonly Price Kms = new("kms-request", 0.03m, "10,000 requests", Virginia, "https://aws.amazon.com/kms/pricing/");

    /// <summary>The first 10 TB of a month; whether traffic to Google is billed as any other is for AWS to say.</summary>
    public static readonly Price Egress = new("aws-egress", 0.09m, "GB", Virginia, S3);

    public static readonly Price Transfer = new("bigquery-data-transfer", 0m, "GB", UnitedStates, BigQuery + "#data-transfer-service-pricing");

    /// <summary>Active logical storage.</summary>
    public static readonly Price Storage = new("bigquery-storage", 0.02m, "GiB-month", UnitedStates, BigQuery + "#storage");

    public static readonly Price Query = new("bigquery-query", 6.25m, "TiB", UnitedStates, BigQuery + "#on_demand_pricing");

    public static IReadOnlyList<Price> All { get; } = [Export, S3Storage, S3Put, S3Get, Kms, Egress, Transfer, Storage, Query];
}

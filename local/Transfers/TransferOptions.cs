namespace RdsBq.Local.Transfers;

/// <summary>How the transfer service behaves. Times are on the local clock.</summary>
public sealed record TransferOptions
{
    /// <summary>How long a run stays PENDING.</summary>
    public TimeSpan PendingFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a run is RUNNING at least; a load that takes longer extends it.</summary>
    public TimeSpan RunningFor { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>Objects younger than this are not seen (https://cloud.google.com/bigquery/docs/s3-transfer-intro).</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Runs executing at once; of one config never more than one.</summary>
    public int RunsAtOnce { get; init; } = 4;

    /// <summary>Answers and notifications carry asterisks for <c>secret_access_key</c>. What the service does is not documented; clear is
    /// the worst case.</summary>
    public bool MaskSecrets { get; init; }

    /// <summary>Files a run with at most one wildcard may load.</summary>
    public int MaximumFiles { get; init; } = 10_000_000;

    /// <summary>Files a run with two or more wildcards may load.</summary>
    public int MaximumFilesOfManyWildcards { get; init; } = 10_000;

    /// <summary>15 TB.</summary>
    public long MaximumBytes { get; init; } = 16_492_674_416_640;
}

/// <summary>The services that transfers reach.</summary>
/// <param name="LocationOf">A dataset's location, or null where there is no such dataset.</param>
/// <param name="Load">BigQuery's load of the files that matched.</param>
public sealed record TransferNeeds(
    TimeProvider Clock, Hosting.Faults Faults, S3.ObjectStore Objects, PubSub.Topics Topics, Estate Estate, Func<string,
        string?> LocationOf, BigQuery.ParquetLoader Load);

using RdsBq.Core.Exports;

namespace RdsBq.Core.Transfers;

/// <summary>Which of a project's S3 transfer configs are this job's. All others are never touched, whatever they are called.</summary>
/// <param name="Dataset">The landing dataset.</param>
/// <param name="PathStart">What our paths begin with: the bucket and the prefix of the exports.</param>
public sealed record ConfigScope(string Dataset, string PathStart, IReadOnlyList<string> Databases)
{
    public static ConfigScope Of(string landingDataset, ExportPlace place, IReadOnlyList<string> databases) =>
        new(landingDataset, ExportLayout.TransferStart(place), databases);

    /// <summary>
    /// It lands in our dataset, and either reads our exports or has a name of our form: then bucket or prefix were others once.
    /// </summary>
    public bool Holds(ConfigSummary config) => config.Dataset == Dataset
        && (config.DataPath.StartsWith(PathStart, StringComparison.Ordinal) || IsOurName(config.DisplayName));

    private bool IsOurName(string name) => name.EndsWith("-transfer", StringComparison.Ordinal)
        && Databases.Any(d => name.StartsWith(d + "-", StringComparison.Ordinal));
}

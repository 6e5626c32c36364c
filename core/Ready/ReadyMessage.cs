using System.Globalization;
using System.Text.Json;
using RdsBq.Core.Ledger;
using RdsBq.Core.Settings;

namespace RdsBq.Core.Ready;

/// <summary>
/// What READY_TOPIC is told of a run that is shown. The same publication gives the same message, however often and by whom it is made.
/// README.md ("When a run is ready") documents it; a change of what is there needs a new <see cref="Version"/>, an added member does not.
/// </summary>
/// <param name="Body">JSON: <see cref="ReadyNews"/>.</param>
/// <param name="Attributes">For the filters of subscriptions; each within Pub/Sub's 1,024 bytes.</param>
/// <param name="OrderingKey">The dataset.</param>
public sealed record ReadyMessage(string Body, IReadOnlyDictionary<string, string> Attributes, string OrderingKey)
{
    public const int Version = 1;

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    /// <param name="run">The receipts of the run that is shown.</param>
    /// <param name="shown">The same run, with <see cref="RunSummary.ShownAt"/>.</param>
    public static ReadyMessage Of(RunReceipts run, RunSummary shown, WarehouseSettings warehouse)
    {
        List<ReadyTable> tables = [.. run.Tables.Where(t => t.Verdict == Verdict.Proven).Select(t => new ReadyTable(t.Table, t.View, t.LandedRows ?? t.ExpectedRows))];
        var news = new ReadyNews(
            Version,
            shown.RepointedAt is { } chosen && chosen == shown.ShownAt ? "repointed" : "published",
            Time(run.RunTime.Instant)!,
            Time(run.SnapshotTime),
            Time(shown.ShownAt),
            warehouse.Project,
            warehouse.Dataset,
            warehouse.Location,
            run.ExportTaskId,
            tables.Sum(t => t.Rows),
            tables,
            [.. run.Tables.Where(t => t.Verdict == Verdict.Skipped).Select(t => t.Table)]);
        return new ReadyMessage(JsonSerializer.Serialize(news, ReadyJson.Readable.ReadyNews), AttributesOf(news), warehouse.Dataset);
    }

    private static Dictionary<string, string> AttributesOf(ReadyNews news) => new(StringComparer.Ordinal)
    {
        ["version"] = Number(news.Version),
        ["event"] = news.Event,
        ["runTime"] = news.RunTime,
        ["project"] = news.Project,
        ["dataset"] = news.Dataset,
        ["location"] = news.Location,
        ["tables"] = Number(news.Tables.Count),
        ["skipped"] = Number(news.Skipped.Count),
    };

    /// <summary>RFC 3339 in UTC, to the microsecond that the ledger keeps.</summary>
    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

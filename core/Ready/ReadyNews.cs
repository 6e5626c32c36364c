using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Core.Ready;

/// <summary>The JSON of a <see cref="ReadyMessage"/>; members in this order, in camel case. Times are RFC 3339 in UTC.</summary>
/// <param name="Event"><c>published</c> by its own proof, or <c>repointed</c>: a person chose it.</param>
/// <param name="SnapshotTime">The instant that every table is read at; null where RDS did not say.</param>
/// <param name="PublishedAt">When its views were pointed at it. With <paramref name="RunTime"/> it names this news: two messages that agree in both are one.</param>
/// <param name="Rows">Of all tables.</param>
/// <param name="Tables">Whose views show this run, in the order of their names.</param>
/// <param name="Skipped">Wanted tables that the export left out: their views, where they have any, show an earlier run.</param>
public sealed record ReadyNews(
    int Version, string Event, string RunTime, string? SnapshotTime, string? PublishedAt, string Project, string Dataset, string Location,
    string ExportTaskId, long Rows, IReadOnlyList<ReadyTable> Tables, IReadOnlyList<string> Skipped);

/// <param name="Table">At the source: <c>database.schema.table</c>.</param>
/// <param name="View">In the dataset.</param>
public sealed record ReadyTable(string Table, string View, long Rows);

[JsonSerializable(typeof(ReadyNews))]
internal sealed partial class ReadyJson : JsonSerializerContext
{
    /// <summary>Names of tables stay readable and short whatever their alphabet: this is no HTML.</summary>
    public static readonly ReadyJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

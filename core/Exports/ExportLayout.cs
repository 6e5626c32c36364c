using System.Text.RegularExpressions;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Exports;

/// <summary>
/// The keys of one export: <c>{prefix}/{id}/{db}/{schema}.{table}/{batch}/part-….gz.parquet</c>. Older exports have no batch folder and
/// there can be several, so that nothing here counts on its name.
/// </summary>
public sealed partial record ExportLayout(ExportPlace Place, string ExportTaskId)
{
    /// <summary>The folder of the whole export, with its slash.</summary>
    public string Root => $"{Place.KeyPrefix}{ExportTaskId}/";

    public string InfoKey => $"{Root}export_info_{ExportTaskId}.json";

    /// <summary>What the keys of the files that tell each table's status and columns begin with.</summary>
    public string TablesInfoStart => $"{Root}export_tables_info_{ExportTaskId}";

    /// <summary>One of the files that together tell each table's status and columns.</summary>
    public bool IsTablesInfo(string key)
    {
        var start = TablesInfoStart;
        return key.StartsWith(start, StringComparison.Ordinal) && FromTo().IsMatch(key.AsSpan(start.Length));
    }

    public string FolderOf(SourceTable t) => Root + TableFolder(t);

    /// <summary>The table folder that a data key lies in; null for sidecars and for keys of other exports.</summary>
    public string? FolderOfKey(string key)
    {
        if (!key.StartsWith(Root, StringComparison.Ordinal)) return null;
        var database = key.IndexOf('/', Root.Length);
        var table = database < 0 ? -1 : key.IndexOf('/', database + 1);
        return table < 0 ? null : key[..(table + 1)];
    }

    public static bool IsParquet(string key) => key.EndsWith(".parquet", StringComparison.Ordinal);

    /// <summary>
    /// The <c>data_path</c> of a table's transfer config. Its one wildcard crosses batch folders and allows 10 million files; two would
    /// allow 10,000.
    /// </summary>
    /// <exception cref="ArgumentException">A name holds a *, which DTS would take for a wildcard.</exception>
    public static string TransferPath(ExportPlace place, RunTimeTemplate ids, SourceTable t)
    {
        var path = $"{TransferStart(place)}{ids.ToTransferTemplate()}/{TransferText.Escape(TableFolder(t))}";
        return path.Contains('*', StringComparison.Ordinal)
            ? throw new ArgumentException($"{path} holds a *, which DTS takes for a wildcard", nameof(t))
            : $"{path}*.parquet";
    }

    /// <summary>What every <see cref="TransferPath"/> of this place begins with.</summary>
    public static string TransferStart(ExportPlace place) => $"s3://{place.Bucket}/{TransferText.Escape(place.KeyPrefix)}";

    /// <summary>Why a table's folder can't be named to DTS; null where it can.</summary>
    public static string? TransferProblem(SourceTable t) =>
        TableFolder(t).Contains('*', StringComparison.Ordinal) ? "its name holds a *, which DTS takes for a wildcard" : null;

    private static string TableFolder(SourceTable t) => $"{ObjectPath.Of(t.Database)}/{ObjectPath.Of(t.Schema)}.{ObjectPath.Of(t.Name)}/";

    [GeneratedRegex(@"^_from_[0-9]+_to_[0-9]+\.json\z")]
    private static partial Regex FromTo();
}

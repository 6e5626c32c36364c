using System.Text.Json;

namespace RdsBq.Core.Tables;

/// <summary>The <c>export_tables_info_*</c> files of one export, merged.</summary>
public sealed record ExportManifest(IReadOnlyList<ManifestEntry> Entries)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="StopException">A file is not what RDS writes; the reason names its key.</exception>
    public static ExportManifest Parse(IEnumerable<(string Key, ReadOnlyMemory<byte> Json)> files)
    {
        var entries = new Dictionary<string, ManifestEntry>(StringComparer.Ordinal);
        foreach (var (key, json) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            foreach (var entry in Read(key, json.Span))
            {
                // The two forms of a MySQL target mean one table.
                entries[entry.Table?.ToString() ?? entry.Target] = entry;
            }
        }
        return new ExportManifest([.. entries.Values]);
    }

    private static IEnumerable<ManifestEntry> Read(string key, ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        try
        {
            var read = JsonSerializer.Deserialize(json, ManifestJson.Default.TablesInfo);
            return read?.PerTableStatus?.Where(s => s?.Target is { Length: > 0 }).Select(s => Entry(s!))
                ?? throw Unreadable(key, "it has no perTableStatus", null);
        }
        catch (JsonException e)
        {
            throw Unreadable(key, $"line {e.LineNumber + 1} is not the JSON that was expected", e);
        }
    }

    private static StopException Unreadable(string key, string why, JsonException? cause) => StopException.ForPerson(
        $"the export's {key} can't be read: {why}",
        "look at that object; if it is damaged, export again, else report the format to this project",
        cause);

    private static ManifestEntry Entry(TableStatus status) => new(
        status.Target!,
        SourceTable.Read(status.Target!),
        status.Status ?? "",
        string.IsNullOrWhiteSpace(status.WarningMessage) ? null : status.WarningMessage,
        [.. (status.SchemaMetadata?.OriginalTypeMappings ?? []).Where(m => m?.ColumnName is not null).Select(m => Column(m!))],
        status.SizeGB);

    private static ManifestColumn Column(TypeMapping m) => new(
        m.ColumnName!,
        m.OriginalType ?? "",
        m.ExpectedExportedType ?? "",
        Whole(m.OriginalCharMaxLength),
        Whole(m.OriginalNumPrecision),
        Whole(m.OriginalDateTimePrecision));

    // MySQL's LONGTEXT says 4294967295 characters, which an int does not hold.
    private static int Whole(double number) => (int)Math.Clamp(number, 0, int.MaxValue);
}

using System.Buffers;

namespace RdsBq.Core.Tables;

/// <summary>What BigQuery refuses in column names (https://cloud.google.com/bigquery/docs/schemas#column_names, flexible names).</summary>
internal static class ColumnNames
{
    private const int MaxLength = 300;

    private static readonly SearchValues<char> Refused = SearchValues.Create("!\"$()*,./;?@[\\]^`{}~\r\n\t");

    private static readonly string[] ReservedPrefixes =
    [
        "_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER",
        "_CHANGE_SEQUENCE_NUMBER", "_CHANGE_TYPE", "_CHANGE_TIMESTAMP",
    ];

    public static string? Problem(IReadOnlyList<Column> columns)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, _, _, _, _, _) in columns)
        {
            if (name.Length is 0 or > MaxLength) return $"column '{name}' has {name.Length} characters; BigQuery takes 1 to {MaxLength}";
            if (name.AsSpan().IndexOfAny(Refused) is >= 0 and var at) return $"column {name} has a '{name[at]}', which BigQuery refuses";
            if (ReservedPrefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is { } prefix)
                return $"column {name} begins with {prefix}, which BigQuery keeps for itself";
            if (!seen.Add(name)) return $"two columns are called {name} when case is left out, as BigQuery does";
        }
        return null;
    }
}

using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Core.Drift;

/// <summary>What differs between the columns of one table in two runs.</summary>
public static class ColumnDrift
{
    /// <param name="castTypes">The views show the source's own types (TYPES=cast).</param>
    /// <param name="exact">
    /// Both runs had files. An empty table's columns come from the manifest, which knows neither modes nor the Parquet types.
    /// </param>
    public static IEnumerable<Change> Between(IReadOnlyList<Column> before, IReadOnlyList<Column> after, bool castTypes, bool exact)
    {
        var (was, now) = (ByName(before), ByName(after));
        var gone = before.Where(c => !now.ContainsKey(c.Name)).ToList();
        var added = after.Where(c => !was.ContainsKey(c.Name)).ToList();
        var renamed = Renamed(before, after, gone, added);
        foreach (var column in gone)
        {
            yield return renamed.TryGetValue(column, out var to)
                ? new(ChangeKind.ColumnRenamed, $"column {column.Name} is now {to.Name} ({Words(to)}): renamed, or replaced")
                : new(ChangeKind.ColumnDropped, $"column {column.Name} is gone ({Words(column)})");
        }
        foreach (var (old, column) in after.Where(c => was.ContainsKey(c.Name)).Select(c => (was[c.Name], c)))
        {
            foreach (var change in OfOne(old, column, castTypes, exact)) yield return change;
        }
        foreach (var column in added.Except(renamed.Values))
            yield return new(ChangeKind.ColumnAdded, $"column {column.Name} is new ({Words(column)})");
    }

    private static IEnumerable<Change> OfOne(Column old, Column column, bool castTypes, bool exact)
    {
        if (old.Name != column.Name) yield return new(ChangeKind.ColumnRenamed, $"column {old.Name} is now written {column.Name}");
        if (OfType(old, column, castTypes, exact) is { } type) yield return type;
        if (exact && old.Mode != column.Mode)
            yield return new(ChangeKind.Nullability, $"column {column.Name} {(column.Mode == "REQUIRED" ? "is NOT NULL now" : "may be NULL now")}");
    }

    private static Change? OfType(Column old, Column column, bool castTypes, bool exact)
    {
        var (was, now) = (TypeSize.Of(old), TypeSize.Of(column));
        var landsElse = exact && old.Type != column.Type;
        var scaled = old.Scale is { } before && column.Scale is { } after && before != after;
        var renamed = TypeSize.NameOf(old) != TypeSize.NameOf(column);
        var fits = was.FitsInto(now) && (was != now || renamed || scaled) && (!scaled || (WholeDigits(old) <= WholeDigits(column) && old.Scale < column.Scale));
        if (was == now && !renamed && !scaled && !landsElse) return null;
        var (from, to) = (Shown(old, castTypes), Shown(column, castTypes));
        var shown = from == to ? "" : $", in the view {to} instead of {from}";
        return new(
            fits ? ChangeKind.TypeWidened : ChangeKind.TypeChanged,
            $"column {column.Name} is {Words(column)} instead of {Words(old)}{(fits ? " (wider)" : "")}{shown}");
    }

    private static int WholeDigits(Column column) => column.Precision - (column.Scale ?? 0);

    /// <summary>
    /// What is gone and what is new between the same two columns that stayed is taken for renamed where there is as much of one as of the
    /// other and the types agree one by one.
    /// </summary>
    private static Dictionary<Column, Column> Renamed(
        IReadOnlyList<Column> before, IReadOnlyList<Column> after, List<Column> gone, List<Column> added)
    {
        var pairs = new Dictionary<Column, Column>(ReferenceEqualityComparer.Instance);
        var (left, right) = (Gaps(before, gone), Gaps(after, added));
        foreach (var (place, olds) in left)
        {
            if (!right.TryGetValue(place, out var news) || olds.Count != news.Count) continue;
            if (!olds.Zip(news).All(p => TypeSize.NameOf(p.First) == TypeSize.NameOf(p.Second) && TypeSize.Of(p.First) == TypeSize.Of(p.Second))) continue;
            foreach (var (old, column) in olds.Zip(news)) pairs[old] = column;
        }
        return pairs;
    }

    /// <summary>The columns that are only on this side, by the neighbours on their left and right that are on both.</summary>
    private static Dictionary<(string? Left, string? Right), List<Column>> Gaps(IReadOnlyList<Column> columns, List<Column> only)
    {
        var gaps = new Dictionary<(string?, string?), List<Column>>();
        for (var i = 0; i < columns.Count; i++)
        {
            if (!only.Contains(columns[i])) continue;
            var place = (
                columns.Take(i).LastOrDefault(c => !only.Contains(c))?.Name.ToUpperInvariant(),
                columns.Skip(i).FirstOrDefault(c => !only.Contains(c))?.Name.ToUpperInvariant());
            if (!gaps.TryGetValue(place, out var gap)) gaps[place] = gap = [];
            gap.Add(columns[i]);
        }
        return gaps;
    }

    // As BigQuery reads names.
    private static Dictionary<string, Column> ByName(IEnumerable<Column> columns) =>
        columns.DistinctBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The type as the source's people write it: with its length or digits where these are what may change.</summary>
    private static string Words(Column column)
    {
        var name = TypeSize.NameOf(column);
        var sized = TypeSize.Of(column).Family is "text" or "padded text" or "exact numbers" or "bits" or "bytes" || name.StartsWith("time", StringComparison.Ordinal);
        if (!sized || column.Precision == 0) return name;
        return column.Scale is { } scale ? $"{name}({column.Precision},{scale})" : $"{name}({column.Precision})";
    }

    private static string Shown(Column column, bool castTypes) => castTypes && Casts.Of(column) is { } cast ? cast.Type : column.Type switch
    {
        "INTEGER" => "INT64",
        "FLOAT" => "FLOAT64",
        "BOOLEAN" => "BOOL",
        var type => type,
    };
}

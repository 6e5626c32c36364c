namespace RdsBq.Core.Tables;

/// <summary>The table that somebody perhaps meant who wrote a name that no table has.</summary>
internal static class Nearest
{
    /// <summary>
    /// In this order: the same but for case; the same table name elsewhere; a few letters away (one in three at most). Null where nothing is
    /// near.
    /// </summary>
    public static string? Of(TargetLine line, IReadOnlyList<SourceTable> tables, bool severalDatabases)
    {
        var words = line.Parts.Count == 3 || severalDatabases;
        var written = string.Join('.', line.Parts);
        if (line.IsGlob) return tables.FirstOrDefault(t => line.Matches(t, ignoreCase: true)) is { } like ? Words(like, words) : null;
        var best = tables.Select(t => (Table: t, Distance: Distance(written, line.Parts, t)))
            .Where(t => t.Distance <= written.Length / 3.0)
            .OrderBy(t => t.Distance).ThenBy(t => t.Table.ToString(), StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Table is null ? null : Words(best.Table, words);
    }

    private static double Distance(string written, IReadOnlyList<string> parts, SourceTable table)
    {
        string[] all = [table.Database, table.Schema, table.Name];
        var named = string.Join('.', all[(3 - parts.Count)..]);
        if (string.Equals(written, named, StringComparison.OrdinalIgnoreCase)) return 0;
        if (parts[^1] == table.Name) return 0.1;
        if (string.Equals(parts[^1], table.Name, StringComparison.OrdinalIgnoreCase)) return 0.2;
        return Edits(written, named);
    }

    private static string Words(SourceTable t, bool withDatabase) => withDatabase ? t.ToString() : $"{t.Schema}.{t.Name}";

    /// <summary>Letters to insert, remove, replace or swap with their neighbour.</summary>
    private static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > Math.Max(a.Length, b.Length) / 2) return int.MaxValue;
        var (before, last, now) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }
            (before, last, now) = (last, now, before);
        }
        return last[b.Length];
    }
}

using RdsBq.Core.Tables;

namespace RdsBq.Core.Drift;

/// <summary>A table of this run.</summary>
public sealed record SeenTable(string Table, string View, long Rows, IReadOnlyList<Column> Columns);

/// <summary>The source as this run sees it.</summary>
/// <param name="Skipped">Tables that are wanted and were not brought over, for whatever reason: they are still there.</param>
/// <param name="Unlisted">Tables that the list does not want.</param>
public sealed record SourceSeen(IReadOnlyList<SeenTable> Tables, IReadOnlySet<string> Skipped, IReadOnlySet<string> Unlisted)
{
    private readonly HashSet<string> read = Tables.Select(t => t.Table).ToHashSet(StringComparer.Ordinal);

    public bool Has(string table) => read.Contains(table) || Skipped.Contains(table);
}

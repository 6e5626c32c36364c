using System.Globalization;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <param name="Sql">One row of counts, in the order of <paramref name="Columns"/>, named c0, c1 …</param>
public sealed record UncastQuery(string Sql, IReadOnlyList<string> Columns);

/// <summary>Queries for the values that a published view shows as NULL because its casts can't read them.</summary>
public static class UncastSql
{
    /// <summary>A query may have four times as much; beyond this the columns go into several.</summary>
    private const int MostCharacters = 250_000;

    /// <summary>Empty where no column is cast. Each query reads the cast columns of the landing table once.</summary>
    public static IReadOnlyList<UncastQuery> Count(string project, string dataset, string landingTable, IReadOnlyList<Column> columns)
    {
        var from = GoogleSql.Table(project, dataset, landingTable);
        var queries = new List<UncastQuery>();
        var (names, tests, length) = (new List<string>(), new List<string>(), 0);
        foreach (var column in columns)
        {
            if (Test(column) is not { } test) continue;
            if (names.Count > 0 && length + test.Length + 40 > MostCharacters) Close();
            names.Add(column.Name);
            tests.Add(test);
            // "AS u123, " within and "COUNTIF(u123) AS c123, " without.
            length += test.Length + 40;
        }
        if (names.Count > 0) Close();
        return queries;

        void Close()
        {
            queries.Add(new UncastQuery(Query(tests, from), [.. names]));
            names.Clear();
            tests.Clear();
            length = 0;
        }
    }

    /// <summary>Shows such values of one column; null where it isn't cast.</summary>
    public static string? Example(string project, string dataset, string landingTable, Column column) => Test(column) is not { } test ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {GoogleSql.Name(column.Name)}, COUNT(*) FROM {GoogleSql.Table(project, dataset, landingTable)} WHERE {test} GROUP BY 1 LIMIT 20");

    // Told apart row by row and counted outside: an aggregate need not take the subqueries of array casts.
    private static string Query(List<string> tests, string from)
    {
        var counts = string.Join(", ", tests.Select((_, i) => $"COUNTIF(u{i}) AS c{i}"));
        var told = string.Join(",\n  ", tests.Select((t, i) => $"{t} AS u{i}"));
        return $"SELECT {counts}\nFROM (SELECT\n  {told}\nFROM {from})";
    }

    private static string? Test(Column column) =>
        Casts.Of(column) is { } cast ? $"{GoogleSql.Name(column.Name)} IS NOT NULL AND ({cast.Expression}) IS NULL" : null;
}

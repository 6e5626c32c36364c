using System.Buffers;
using System.Text.RegularExpressions;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Export;

/// <summary>Names in an export: what was asked for, what RDS refuses, and how names become targets and folders.</summary>
internal static partial class ExportNames
{
    private static readonly SearchValues<char> Refused = SearchValues.Create(",;{}()\n\t= ");

    /// <summary>
    /// ExportOnly: <c>database</c>, <c>database.schema</c> or <c>database.schema.table</c> (PostgreSQL), <c>database</c> or
    /// <c>database.table</c> (MySQL).
    /// Empty means everything.
    /// </summary>
    public static bool Wanted(Source source, SourceTable table, IReadOnlyList<string> only) => only.Count == 0 || only.Any(o =>
        o == source.Database
        || (source.Engine == Engine.MySql && o == $"{source.Database}.{table.Name}")
        || (source.Engine == Engine.PostgreSql && o == $"{source.Database}.{table.Schema}")
        || (source.Engine == Engine.PostgreSql && o == $"{source.Database}.{table.Schema}.{table.Name}"));

    /// <summary>Why RDS leaves this table out of an export that is COMPLETE all the same; null where it doesn't.</summary>
    public static string? SkipReason(SourceTable table)
    {
        if (table.SkipReason is not null) return table.SkipReason;
        if (table.Name.Contains('/', StringComparison.Ordinal)) return "TABLE_WITH_UNSUPPORTED_CHARACTER_IN_NAME";
        return table.Columns.Any(c => c.Name.AsSpan().ContainsAny(Refused)) ? "COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME" : null;
    }

    public static string Target(Source source, SourceTable table, bool mySqlSchema) => source.Engine == Engine.MySql && !mySqlSchema
        ? $"{source.Database}.{table.Name}"
        : $"{source.Database}.{table.Schema}.{table.Name}";

    public static string Folder(Source source, SourceTable table) =>
        $"{InPath(source.Database)}/{InPath(table.Schema)}.{InPath(table.Name)}";

    private static string InPath(string name) => Unsafe().Replace(name, "_");

    [GeneratedRegex("""[\\`" ]""")]
    private static partial Regex Unsafe();
}

using System.Text.Json.Nodes;

namespace RdsBq.Local.BigQuery.Sql;

/// <summary>A statement, translated. Paths are as written.</summary>
internal abstract record Statement;

internal sealed record SelectStatement(string Sql) : Statement;

/// <param name="Columns">Of the column list: name and description (null where none is given); null without a list.</param>
/// <param name="Query">The view's GoogleSQL, as written.</param>
internal sealed record CreateViewStatement(
    IReadOnlyList<string> Path, bool OrReplace, bool IfNotExists, IReadOnlyList<(
        string Name, string? Description)>? Columns, JsonObject Options, string Query) : Statement;

/// <param name="Fields">REST fields of the column list; null without one.</param>
/// <param name="Query">DuckDB's text of AS SELECT.</param>
internal sealed record CreateTableStatement(
    IReadOnlyList<string> Path, bool OrReplace, bool IfNotExists, JsonArray? Fields, JsonObject Options, string? Query) : Statement;

internal sealed record DropStatement(bool View, IReadOnlyList<string> Path, bool IfExists) : Statement;

/// <param name="Kind">INSERT, UPDATE or DELETE.</param>
/// <param name="Sql">DuckDB's statement with <see cref="Table"/> for the physical table's name.</param>
internal sealed record ChangeStatement(string Kind, IReadOnlyList<string> Path, string Sql) : Statement
{
    /// <summary>Can't occur in translated text: the tokenizer refuses control characters outside literals, and a table comes
    /// first.</summary>
    public const string Table = "\u0001";
}

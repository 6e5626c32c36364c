namespace RdsBq.Core.Tables;

/// <summary>A line of the list that names one table, without globs.</summary>
/// <param name="Where"><c>file:line</c>.</param>
/// <param name="Parts">Table, schema.table or database.schema.table.</param>
public sealed record ExactName(string Where, string Text, IReadOnlyList<string> Parts)
{
    /// <summary>The one table that it can mean; null where the name leaves schema or database open.</summary>
    public SourceTable? Resolve(IReadOnlyList<string> databases, SourceEngine engine) => (engine, Parts) switch
    {
        (SourceEngine.MySql, [var database, var schema, var table]) => database == schema ? new SourceTable(database, schema, table) : null,
        (SourceEngine.MySql, [var database, var table]) => databases.Contains(database) ? new SourceTable(database, database, table) : null,
        (SourceEngine.MySql, [var table]) => databases is [var only] ? new SourceTable(only, only, table) : null,
        (_, [var database, var schema, var table]) => new SourceTable(database, schema, table),
        (SourceEngine.PostgreSql, [var schema, var table]) => databases is [var only] ? new SourceTable(only, schema, table) : null,
        _ => null,
    };
}

namespace RdsBq.Core.Tables;

/// <summary>A table of the source database. MySQL has no schemas: there <see cref="Schema"/> equals <see cref="Database"/>.</summary>
public sealed record SourceTable(string Database, string Schema, string Name)
{
    /// <summary><c>db.schema.table</c>; <c>db.table</c> where schema and database are one.</summary>
    public override string ToString() => Schema == Database ? $"{Database}.{Name}" : $"{Database}.{Schema}.{Name}";

    /// <summary>Reads the form of <see cref="ToString"/>; null where it has fewer than two parts. A name may hold dots, a database and a schema not.</summary>
    public static SourceTable? Read(string name) => name.Split('.', 3) switch
    {
        [var database, var schema, var table] => new SourceTable(database, schema, table),
        [var database, var table] => new SourceTable(database, database, table),
        _ => null,
    };
}

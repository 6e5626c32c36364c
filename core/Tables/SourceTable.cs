namespace RdsBq.Core.Tables;

/// <summary>A table of the source database. MySQL has no schemas: there <see cref="Schema"/> equals <see cref="Database"/>.</summary>
public sealed record SourceTable(string Database, string Schema, string Name)
{
    /// <summary><c>db.schema.table</c>; <c>db.table</c> where schema and database are one.</summary>
    public override string ToString() => Schema == Database ? $"{Database}.{Name}" : $"{Database}.{Schema}.{Name}";
}

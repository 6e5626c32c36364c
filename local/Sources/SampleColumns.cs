namespace RdsBq.Local.Sources;

/// <summary>Columns that both engines have, under the names and with the precisions of each one's information_schema.</summary>
internal sealed class SampleColumns(Engine engine)
{
    private readonly bool postgres = engine == Engine.PostgreSql;

    public SourceColumn Big(string name, bool nullable = false) => new(name, "bigint", nullable, Precision: postgres ? 64 : 19);

    public SourceColumn Int(string name, bool nullable = false) =>
        new(name, postgres ? "integer" : "int", nullable, Precision: postgres ? 32 : 10);

    public SourceColumn Small(string name, bool nullable = false) => new(name, "smallint", nullable, Precision: postgres ? 16 : 5);

    public SourceColumn Double(string name, bool nullable = false) =>
        new(name, postgres ? "double precision" : "double", nullable, Precision: postgres ? 53 : 22);

    public SourceColumn Bool(string name, bool nullable = false) =>
        postgres ? new(name, "boolean", nullable) : new(name, "tinyint", nullable, Precision: 3);

    public SourceColumn Money(string name, int precision = 12, bool nullable = false) =>
        new(name, postgres ? "numeric" : "decimal", nullable, Precision: precision, Scale: 2);

    public SourceColumn Char(string name, int length, bool nullable = false) =>
        new(name, postgres ? "character" : "char", nullable, length);

    public SourceColumn Varchar(string name, int length, bool nullable = false) =>
        new(name, postgres ? "character varying" : "varchar", nullable, length);

    public SourceColumn Text(string name, bool nullable = false) => new(name, "text", nullable, postgres ? 0 : 65535);

    public SourceColumn Json(string name, bool nullable = false) => new(name, postgres ? "jsonb" : "json", nullable);

    public SourceColumn Uuid(string name, bool nullable = false) => postgres ? new(name, "uuid", nullable) : Varchar(name, 36, nullable);

    public SourceColumn Day(string name, bool nullable = false) => new(name, "date", nullable);

    public SourceColumn Stamp(string name, bool nullable = false) =>
        new(name, postgres ? "timestamp without time zone" : "datetime", nullable, TimePrecision: 6);

    public SourceColumn Instant(string name, bool nullable = false) =>
        new(name, postgres ? "timestamp with time zone" : "timestamp", nullable, TimePrecision: 6);
}

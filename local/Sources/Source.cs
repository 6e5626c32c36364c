namespace RdsBq.Local.Sources;

public enum Engine
{
    PostgreSql,
    MySql,
}

/// <param name="Type">The name that <c>information_schema.columns.data_type</c> gives it.</param>
/// <param name="Length">Characters at most; 0 where the type has no such limit.</param>
/// <param name="TimePrecision">Digits of a second.</param>
public sealed record SourceColumn(
    string Name, string Type, bool Nullable = true, int Length = 0, int Precision = 0, int Scale = 0, int TimePrecision = 0)
{
    /// <summary>MySQL: UNSIGNED, which data_type does not tell.</summary>
    public bool Unsigned { get; init; }

    /// <summary>PostgreSQL: a domain; <see cref="Type"/> is then the type that it is built on.</summary>
    public bool IsDomain { get; init; }
}

public sealed record SourceTable(string Schema, string Name, IReadOnlyList<SourceColumn> Columns)
{
    /// <summary>Only progress is measured by it.</summary>
    public long EstimatedRows { get; init; }

    /// <summary>Has a primary key of one integer column: RDS then reads ranges in parallel, into one batch folder.</summary>
    public bool Splittable { get; init; } = true;

    /// <summary>The database's own partitions, one batch folder each; one unnamed where the table has none.</summary>
    public IReadOnlyList<string> Partitions { get; init; } = [""];

    /// <summary>Why RDS would skip it (PERMISSIONS_DO_NOT_EXIST), or null.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Every file is shown under this many keys: many files at the price of one.</summary>
    public int FileCopies { get; init; } = 1;
}

/// <summary>
/// Takes rows, value by value in the order of the columns. Integers of all widths and microseconds since 1970 go to <see cref="Int"/>, text
/// (UTF-8) and
/// binary to <see cref="Bytes"/>, exact numbers that are not text to <see cref="Decimal"/> (without their point).
/// </summary>
public interface IRowSink
{
    void Null();

    void Bool(bool value);

    void Int(long value);

    void Float(double value);

    void Bytes(ReadOnlySpan<byte> value);

    void Decimal(Int128 unscaled);

    void EndRow();
}

/// <summary>A database server that snapshots are taken of.</summary>
public abstract class Source
{
    public abstract Engine Engine { get; }

    public abstract string Database { get; }

    /// <summary>The server's other user databases; what is said here of engine and system databases is said of all.</summary>
    public virtual IReadOnlyList<Source> Others => [];

    /// <summary>Databases of the same server that an export of everything meets and can't read.</summary>
    public virtual IReadOnlyList<string> SystemDatabases => Engine == Engine.PostgreSql ? ["postgres", "rdsadmin"] : [];

    /// <param name="number">The how-many-eth snapshot, from 1; only sources that make up their rows look at it.</param>
    public abstract Task<SourceSnapshot> OpenAsync(int number, CancellationToken token);
}

/// <summary>The source as it was at one instant.</summary>
public abstract class SourceSnapshot : IAsyncDisposable
{
    public abstract IReadOnlyList<SourceTable> Tables { get; }

    /// <summary>Streams one partition's rows, with the given columns only. Never holds more than a row.</summary>
    public abstract Task ReadAsync(
        SourceTable table, string partition, IReadOnlyList<SourceColumn> columns, IRowSink rows, CancellationToken token);

    public abstract ValueTask DisposeAsync();
}

namespace RdsBq.Local.Export;

/// <summary>How an export is laid out. The defaults write many small files of a sample database; real ones are 1 to 10 MB.</summary>
public sealed record ExportOptions
{
    public int RowsPerGroup { get; init; } = 50_000;

    public int RowsPerFile { get; init; } = 100_000;

    /// <summary>After so many rows a table that can't be split goes on in the next batch folder.</summary>
    public int RowsPerBatch { get; init; } = 10_000;

    /// <summary>A row group is also closed at this many bytes, which bounds what an export holds in memory.</summary>
    public int BytesPerGroup { get; init; } = 64 << 20;

    /// <summary>Table entries in each export_tables_info file.</summary>
    public int TablesPerInfoFile { get; init; } = 5;

    /// <summary>NOT NULL columns as REQUIRED. What RDS does is not published; REQUIRED is the harder case for who loads the file.</summary>
    public bool RequiredForNotNull { get; init; } = true;

    /// <summary>MySQL CHAR as STRING instead of bare BYTE_ARRAY.</summary>
    public bool AnnotateMySqlChar { get; init; }

    /// <summary>MySQL targets as db.db.table instead of db.table; both readings of the manifest are about.</summary>
    public bool MySqlTargetsNameSchema { get; init; }
}

using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Cloud.Aws;

/// <summary>What the Parquet files of one table folder hold together.</summary>
/// <param name="Folder">As <see cref="ExportLayout.FolderOf"/> gives it.</param>
/// <param name="Bytes">Of the files, compressed as they are.</param>
/// <param name="Columns">Those of the first file.</param>
/// <param name="Conflict">What differs between two files' columns; null where all agree.</param>
public sealed record FolderTotals(
    string Folder, long Rows, long Bytes, long Files, DateTimeOffset NewestFile, IReadOnlyList<ParquetColumn> Columns, string? Conflict)
{
    public FolderTotals Plus(FolderTotals other) => this with
    {
        Rows = checked(Rows + other.Rows),
        Bytes = Bytes + other.Bytes,
        Files = Files + other.Files,
        NewestFile = other.NewestFile > NewestFile ? other.NewestFile : NewestFile,
        Conflict = Conflict ?? other.Conflict ?? LandingSchema.Conflict(Columns, other.Columns),
    };
}

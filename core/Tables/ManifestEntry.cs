namespace RdsBq.Core.Tables;

/// <summary>A column as the source has it.</summary>
/// <param name="OriginalType">The name that information_schema gives the type.</param>
/// <param name="ExportedType">RDS's word for the Parquet type, e.g. <c>binary (UTF8)</c>.</param>
public sealed record ManifestColumn(
    string Name, string OriginalType, string ExportedType, int CharMaxLength, int NumPrecision, int DateTimePrecision);

/// <summary>What the export says about one table or database.</summary>
/// <param name="Target">As RDS wrote it.</param>
/// <param name="Table">Null for an entry that is about a whole database.</param>
/// <param name="Status">COMPLETE, or why not, in RDS's words.</param>
public sealed record ManifestEntry(
    string Target, SourceTable? Table, string Status, string? Warning, IReadOnlyList<ManifestColumn> Columns, double SizeGigabytes)
{
    public bool IsComplete => string.Equals(Status, "COMPLETE", StringComparison.OrdinalIgnoreCase);
}

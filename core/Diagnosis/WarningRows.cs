namespace RdsBq.Core.Diagnosis;

/// <summary>
/// Why a complete export has no rows of a wanted table: RDS's reasons (WarningMessage, perTableStatus), and this project's own for what it can't land.
/// </summary>
internal static class WarningRows
{
    private const string Limits = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ExportSnapshot.html#USER_ExportSnapshot.Limits";

    private const string Files = "aws s3 ls \"s3://$S3_EXPORT_BUCKET_NAME/${S3_EXPORT_PREFIX:+$S3_EXPORT_PREFIX/}\"";

    private const string Again = "rdsbq export --again";

    public static IReadOnlyList<DiagnosisRow> All { get; } =
    [
        Row(["FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE"], new(
            "table-list-failed",
            "RDS could not list the tables of a database, so that none of it was exported. With its internal databases (rdsadmin, "
                + "postgres) that is usual and harmless.",
            "If the database is a wanted one, check that the master user may connect to it and read its tables, then export again.",
            Again,
            Limits)),
        Row(["PERMISSIONS_DO_NOT_EXIST"], new(
            "table-no-privileges",
            "RDS was not allowed to read the table: the database's master user lacks privileges on it.",
            "In PostgreSQL run, as the owner: GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA <schema> TO <master user>; the next "
                + "snapshot has the table.",
            Page: Limits)),
        Row(["COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME"], new(
            "table-column-characters",
            "RDS leaves out tables with a column whose name has one of the characters , ; { } ( ) = or a space, tab or line break.",
            "Rename the column at the source, or take the table off the list of target tables with a line !table.",
            Page: Limits)),
        Row(["the export was limited to"], new(
            "table-not-asked-for",
            "The export was limited to the tables that were on the list when it was started; this one has been put on the list since.",
            "Export the snapshot again, or wait for the next export, which takes it in.",
            Again)),
        Row(["it would be published as … as … is"], new(
            "table-view-taken",
            "The table wants the view of another table that is published already; whoever has the view keeps it.",
            "Name one of the two views in the list of target tables: table -> another_name.")),
        Row(["^not in the export"], new(
            "table-not-exported",
            "The list of target tables names a table that the export does not have: a typing error, or a table that is gone or newer "
                + "than the snapshot.",
            "Correct the line or take it off; for a new table export again when there is a snapshot that has it.",
            Again)),
        Row(["no file and no _SUCCESS marker", "it is empty, and the export does not name its columns"], new(
            "table-files-missing",
            "The export says that the table is complete, but its files are not in the bucket.",
            "See whether a lifecycle rule or a person has deleted them, then export again.",
            Files)),
        Row(["its files disagree"], new(
            "table-files-disagree",
            "The table's Parquet files do not have the same columns, so that BigQuery can't load them as one table.",
            "Export the snapshot again; if it comes back, take the table off the list with a line !table and report it to AWS's support.",
            Again)),
        Row(["its name holds a *"], new(
            "table-name-wildcard",
            "The table's name has a *, which transfers take for a wildcard.",
            "Rename it at the source, or take it off the list of target tables.")),
        Row(["two columns are called", "which BigQuery refuses", "which BigQuery keeps for itself", "characters; BigQuery takes"], new(
            "table-column-refused",
            "BigQuery does not take the name of one of the table's columns.",
            "Rename the column at the source, or take the table off the list of target tables with a line !table.",
            Page: "https://cloud.google.com/bigquery/docs/schemas#column_names")),
        Row(["which BigQuery does not load"], new(
            "table-type-refused",
            "BigQuery does not load the Parquet type of one of the table's columns.",
            "Change the column's type at the source, or take the table off the list of target tables with a line !table.",
            Page: "https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#parquet_conversions")),
        Row(["Transfer config … is disabled"], new(
            "table-config-disabled", "Somebody has switched off the table's transfer config.", "Switch it on again, or delete it.", "rdsbq sync --enable")),
        Row(["Transfer config … reads …, wants", "Transfer config … lands in …, wants"], new(
            "table-config-elsewhere",
            "The table's transfer config reads another path or fills another table than it should, and neither can be changed.",
            "Let the command make the right one and delete this one.",
            "rdsbq sync")),
        Row(["RDS gives no reason"], new(
            "table-no-reason",
            "RDS did not complete the table's export and does not say why. Rows of about 2 GB and names with a / are known to do that.",
            "Export again; if it comes back, look for such rows and names, or ask AWS's support with the export task's id.",
            Again,
            Limits)),
    ];

    private static DiagnosisRow Row(string[] seen, Finding finding) => new(DiagnosisKind.Warning, seen, finding);
}

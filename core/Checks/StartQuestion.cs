namespace RdsBq.Core.Checks;

/// <summary>
/// How to ask for the right to start an export without starting one: StartExportTask has no dry run, so it is asked for an automated snapshot of 1970. Such a
/// snapshot can't exist: RDS is younger, it alone makes names with <c>rds:</c> in front and puts the time of the backup behind, and nobody else may use a colon
/// in a name. Without a source there is nothing to restore and nothing to export, in whatever order RDS looks at the rest of the request, which is not documented.
/// </summary>
public static class StartQuestion
{
    /// <summary>
    /// No template of EXPORT_ID_TEMPLATE gives it, since it has no run time: should RDS ever keep the id of a task that it refused, none of ours is lost.
    /// </summary>
    public const string ExportTaskId = "rdsbq-doctor-starts-nothing";

    public const string NotForManual =
        "the right to start exports goes by the snapshots' names, and no manual snapshot's name is sure not to exist: rdsbq export will show it";

    /// <summary>The right that a policy gives for the database's automated snapshots covers this name too.</summary>
    public static string SnapshotArn(AwsIdentity identity, string region, string databaseId, bool isCluster) =>
        $"arn:{identity.Partition}:rds:{region}:{identity.Account}:{(isCluster ? "cluster-snapshot" : "snapshot")}:rds:{databaseId.ToLowerInvariant()}-1970-01-01-00-00";

    /// <summary>What RDS's refusal says of the right.</summary>
    /// <param name="code">Without its ending Fault or Exception.</param>
    /// <returns>Null: the refusal is about something else, which is then what is amiss.</returns>
    public static Answer? Of(string code, string said) => code switch
    {
        "DBSnapshotNotFound" or "DBClusterSnapshotNotFound" => Answer.Ok("RDS would start an export: it refuses only the snapshot that it was asked for, of 1970"),
        // The question itself may be what it does not take.
        "InvalidParameterValue" or "InvalidParameterCombination" or "Validation" or "ValidationError" or "ExportTaskAlreadyExists" or "InvalidExportSourceState" =>
            Answer.NotChecked($"RDS does not answer the question. {said}", "rdsbq export will show it."),
        _ => null,
    };
}

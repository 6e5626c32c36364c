using System.Globalization;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Checks;

/// <summary>The DB cluster or DB instance that is to be exported, as RDS tells it.</summary>
/// <param name="BackupDays">For how long automated backups are kept; 0 for none taken.</param>
/// <param name="ClusterId">Of an instance: the cluster that it belongs to; null for none.</param>
public sealed record DatabaseSeen(
    string Id, bool IsCluster, string Engine, string Version, string Status, int? BackupDays, string? StorageType, string? ClusterId);

/// <summary>
/// Whether RDS exports snapshots of a database at all
/// (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.ExportSnapshotToS3.html, and the limits of USER_ExportSnapshot).
/// </summary>
public static class DatabaseJudge
{
    private const string OtherDatabase = "Set DB_CLUSTER_IDENTIFIER or DB_INSTANCE_IDENTIFIER to a database that RDS can export.";

    /// <param name="snapshotType">SNAPSHOT_TYPE.</param>
    public static Answer Of(DatabaseSeen seen, string snapshotType, string region)
    {
        var what = $"{(seen.IsCluster ? "cluster" : "instance")} {seen.Id} in {region}: {seen.Engine} {seen.Version}, {seen.Status}";
        if (!seen.IsCluster && seen.ClusterId is { Length: > 0 } cluster)
        {
            return Answer.NotOk(
                $"{what}, a member of the cluster {cluster}: its snapshots are the cluster's", $"Set DB_CLUSTER_IDENTIFIER to {cluster}, and unset DB_INSTANCE_IDENTIFIER.");
        }
        // Custom engines are other products with the same names in theirs.
        if (SourceEngines.Of(seen.Engine) == SourceEngine.Unknown || seen.Engine.StartsWith("custom", StringComparison.Ordinal))
            return Answer.NotOk($"{what}; RDS exports MySQL, MariaDB and PostgreSQL only", OtherDatabase);
        if (Oldest(seen.Engine) is { } oldest && TryRead(seen.Version) is { } version && version < oldest)
            return Answer.NotOk($"{what}; RDS exports {seen.Engine} from {oldest} on", $"Upgrade it, or: {OtherDatabase}");
        if (seen.StorageType == "standard") return Answer.NotOk($"{what}, on magnetic storage, which RDS does not export", $"Give it SSD storage: {AwsMends.Ssd}");
        if (seen.BackupDays == 0 && snapshotType == "automated")
            return Answer.NotOk($"{what}; it takes no automated backups, and SNAPSHOT_TYPE is automated", $"Switch them on: {AwsMends.BackUp}");
        return Answer.Ok(what);
    }

    // Aurora's versions are exportable all.
    private static Version? Oldest(string engine) => engine switch
    {
        "mysql" => new Version(5, 7),
        "mariadb" => new Version(10, 4),
        _ => null,
    };

    private static Version? TryRead(string version) => version.Split('.') is [var major, var minor, ..]
        && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new Version(first, second) : null;
}

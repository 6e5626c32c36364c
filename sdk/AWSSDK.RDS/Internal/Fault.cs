using System.Net;
using Amazon.RDS.Model;
using Amazon.Runtime;

namespace Amazon.RDS.Internal;

internal delegate AmazonRDSException FaultFactory(
    string message, Exception inner, ErrorType type, string code, string requestId, HttpStatusCode status);

/// <summary>A wire code and its exception; the wire's <c>Fault</c> suffix follows no rule.</summary>
internal sealed record Fault(string Code, FaultFactory Create)
{
    public static readonly Fault DBClusterNotFound =
        new("DBClusterNotFoundFault", (m, x, t, c, r, s) => new DBClusterNotFoundException(m, x, t, c, r, s));

    public static readonly Fault DBClusterSnapshotNotFound =
        new("DBClusterSnapshotNotFoundFault", (m, x, t, c, r, s) => new DBClusterSnapshotNotFoundException(m, x, t, c, r, s));

    public static readonly Fault DBInstanceNotFound =
        new("DBInstanceNotFound", (m, x, t, c, r, s) => new DBInstanceNotFoundException(m, x, t, c, r, s));

    public static readonly Fault DBSnapshotNotFound =
        new("DBSnapshotNotFound", (m, x, t, c, r, s) => new DBSnapshotNotFoundException(m, x, t, c, r, s));

    public static readonly Fault ExportTaskAlreadyExists =
        new("ExportTaskAlreadyExists", (m, x, t, c, r, s) => new ExportTaskAlreadyExistsException(m, x, t, c, r, s));

    public static readonly Fault ExportTaskNotFound =
        new("ExportTaskNotFound", (m, x, t, c, r, s) => new ExportTaskNotFoundException(m, x, t, c, r, s));

    public static readonly Fault IamRoleMissingPermissions =
        new("IamRoleMissingPermissions", (m, x, t, c, r, s) => new IamRoleMissingPermissionsException(m, x, t, c, r, s));

    public static readonly Fault IamRoleNotFound =
        new("IamRoleNotFound", (m, x, t, c, r, s) => new IamRoleNotFoundException(m, x, t, c, r, s));

    public static readonly Fault InvalidExportOnly =
        new("InvalidExportOnly", (m, x, t, c, r, s) => new InvalidExportOnlyException(m, x, t, c, r, s));

    public static readonly Fault InvalidExportSourceState =
        new("InvalidExportSourceState", (m, x, t, c, r, s) => new InvalidExportSourceStateException(m, x, t, c, r, s));

    public static readonly Fault InvalidExportTaskState =
        new("InvalidExportTaskStateFault", (m, x, t, c, r, s) => new InvalidExportTaskStateException(m, x, t, c, r, s));

    public static readonly Fault InvalidS3Bucket =
        new("InvalidS3BucketFault", (m, x, t, c, r, s) => new InvalidS3BucketException(m, x, t, c, r, s));

    public static readonly Fault KMSKeyNotAccessible =
        new("KMSKeyNotAccessibleFault", (m, x, t, c, r, s) => new KMSKeyNotAccessibleException(m, x, t, c, r, s));
}

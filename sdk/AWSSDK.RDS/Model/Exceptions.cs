using System.Net;
using Amazon.Runtime;

namespace Amazon.RDS.Model;

public partial class DBClusterNotFoundException : AmazonRDSException
{
    public DBClusterNotFoundException(string message)
        : base(message)
    {
    }

    public DBClusterNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class DBClusterSnapshotNotFoundException : AmazonRDSException
{
    public DBClusterSnapshotNotFoundException(string message)
        : base(message)
    {
    }

    public DBClusterSnapshotNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class DBInstanceNotFoundException : AmazonRDSException
{
    public DBInstanceNotFoundException(string message)
        : base(message)
    {
    }

    public DBInstanceNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class DBSnapshotNotFoundException : AmazonRDSException
{
    public DBSnapshotNotFoundException(string message)
        : base(message)
    {
    }

    public DBSnapshotNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class ExportTaskAlreadyExistsException : AmazonRDSException
{
    public ExportTaskAlreadyExistsException(string message)
        : base(message)
    {
    }

    public ExportTaskAlreadyExistsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class ExportTaskNotFoundException : AmazonRDSException
{
    public ExportTaskNotFoundException(string message)
        : base(message)
    {
    }

    public ExportTaskNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class IamRoleMissingPermissionsException : AmazonRDSException
{
    public IamRoleMissingPermissionsException(string message)
        : base(message)
    {
    }

    public IamRoleMissingPermissionsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class IamRoleNotFoundException : AmazonRDSException
{
    public IamRoleNotFoundException(string message)
        : base(message)
    {
    }

    public IamRoleNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class InvalidExportOnlyException : AmazonRDSException
{
    public InvalidExportOnlyException(string message)
        : base(message)
    {
    }

    public InvalidExportOnlyException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class InvalidExportSourceStateException : AmazonRDSException
{
    public InvalidExportSourceStateException(string message)
        : base(message)
    {
    }

    public InvalidExportSourceStateException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class InvalidExportTaskStateException : AmazonRDSException
{
    public InvalidExportTaskStateException(string message)
        : base(message)
    {
    }

    public InvalidExportTaskStateException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class InvalidS3BucketException : AmazonRDSException
{
    public InvalidS3BucketException(string message)
        : base(message)
    {
    }

    public InvalidS3BucketException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

public partial class KMSKeyNotAccessibleException : AmazonRDSException
{
    public KMSKeyNotAccessibleException(string message)
        : base(message)
    {
    }

    public KMSKeyNotAccessibleException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

using Amazon.Runtime;

namespace Amazon.RDS;

/// <summary>What an export task reads: a snapshot, or a live Aurora cluster.</summary>
public class ExportSourceType(string value) : ConstantClass(value)
{
    public static readonly ExportSourceType CLUSTER = new("CLUSTER");

    public static readonly ExportSourceType SNAPSHOT = new("SNAPSHOT");

    public static ExportSourceType FindValue(string value) => FindValue<ExportSourceType>(value);

    public static implicit operator ExportSourceType(string value) => FindValue(value);
}

using Amazon.Runtime.Internal;

namespace Amazon.RDS.Internal;

internal sealed class RdsMetadata : IServiceMetadata
{
    public string ServiceId => "RDS";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}

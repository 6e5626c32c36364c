using Amazon.Runtime.Internal;

namespace Amazon.IdentityManagement.Internal;

internal sealed class IamMetadata : IServiceMetadata
{
    public string ServiceId => "IAM";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}

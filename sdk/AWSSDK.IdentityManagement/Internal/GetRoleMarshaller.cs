using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.IdentityManagement.Internal;

/// <summary>The form body, <c>POST /</c> with <c>Action</c> and <c>Version</c>.</summary>
internal sealed class GetRoleMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public const string ApiVersion = "2010-05-08";

    public static GetRoleMarshaller Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.IdentityManagement") { HttpMethod = "POST" };
        request.Parameters["Action"] = "GetRole";
        request.Parameters["Version"] = ApiVersion;
        if (((GetRoleRequest)input).RoleName is { } name) request.Parameters["RoleName"] = name;
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }
}

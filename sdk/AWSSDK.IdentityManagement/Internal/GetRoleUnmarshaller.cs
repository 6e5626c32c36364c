using System.Net;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.IdentityManagement.Internal;

/// <summary><c>GetRoleResponse/GetRoleResult/Role</c>, or <c>ErrorResponse</c>. Order and absence of members don't matter.</summary>
internal sealed class GetRoleUnmarshaller : XmlResponseUnmarshaller
{
    private static readonly (string Path, Action<Role, XmlUnmarshallerContext> Read)[] Members =
    [
        ("Arn", (to, xml) => to.Arn = StringUnmarshaller.Instance.Unmarshall(xml)),
        ("AssumeRolePolicyDocument", (to, xml) => to.AssumeRolePolicyDocument = StringUnmarshaller.Instance.Unmarshall(xml)),
        ("CreateDate", (to, xml) => to.CreateDate = NullableDateTimeUnmarshaller.Instance.Unmarshall(xml)),
        ("Description", (to, xml) => to.Description = StringUnmarshaller.Instance.Unmarshall(xml)),
        ("MaxSessionDuration", (to, xml) => to.MaxSessionDuration = NullableIntUnmarshaller.Instance.Unmarshall(xml)),
        ("Path", (to, xml) => to.Path = StringUnmarshaller.Instance.Unmarshall(xml)),
        ("RoleId", (to, xml) => to.RoleId = StringUnmarshaller.Instance.Unmarshall(xml)),
        ("RoleName", (to, xml) => to.RoleName = StringUnmarshaller.Instance.Unmarshall(xml)),
    ];

    public static GetRoleUnmarshaller Instance { get; } = new();

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var response = new GetRoleResponse();
        context.Read();
        var depth = context.CurrentDepth;
        while (context.ReadAtDepth(depth))
        {
            if (!context.IsStartElement) continue;
            // Counted from the root: a declaration in front is read at a depth of its own.
            if (context.TestExpression("GetRoleResult/Role", 2)) response.Role = ReadRole(context);
            else if (context.TestExpression("ResponseMetadata", 2)) response.ResponseMetadata = ResponseMetadataUnmarshaller.Instance.Unmarshall(context);
        }
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        return error.Code switch
        {
            "NoSuchEntity" => new NoSuchEntityException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "ServiceFailure" => new ServiceFailureException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            _ => new AmazonIdentityManagementServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
        };
    }

    private static Role ReadRole(XmlUnmarshallerContext xml)
    {
        var role = new Role();
        var depth = xml.CurrentDepth;
        while (xml.ReadAtDepth(depth))
        {
            if (!xml.IsStartElement) continue;
            foreach (var (path, read) in Members)
            {
                if (!xml.TestExpression(path, depth + 1)) continue;
                read(role, xml);
                break;
            }
        }
        return role;
    }
}

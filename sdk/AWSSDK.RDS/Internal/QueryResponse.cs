using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.RDS.Internal;

/// <summary>An answer: <c>{action}Response</c> around <c>{action}Result</c> and <c>ResponseMetadata</c>, or <c>ErrorResponse</c>.</summary>
internal sealed class QueryResponse<T>(string action, Shape<T> shape, IReadOnlyList<Fault> faults) : XmlResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    private readonly string result = action + "Result";

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context)
    {
        var response = new T();
        context.Read();
        var depth = context.CurrentDepth;
        while (context.ReadAtDepth(depth))
        {
            if (!context.IsStartElement) continue;
            if (context.TestExpression(result, 2)) shape.ReadInto(response, context);
            else if (context.TestExpression("ResponseMetadata", 2))
                response.ResponseMetadata = ResponseMetadataUnmarshaller.Instance.Unmarshall(context);
        }
        return response;
    }

    /// <summary>Codes that the operation's model doesn't list, such as <c>ExportTaskLimitReachedFault</c>, stay plain.</summary>
    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(context);
        var fault = faults.FirstOrDefault(f => f.Code == error.Code);
        return fault is null
            ? new AmazonRDSException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode)
            : fault.Create(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}

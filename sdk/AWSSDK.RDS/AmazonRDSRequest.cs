using Amazon.Runtime;

namespace Amazon.RDS;

public partial class AmazonRDSRequest : AmazonWebServiceRequest
{
}

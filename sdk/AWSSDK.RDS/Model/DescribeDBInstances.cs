using Amazon.Runtime;

namespace Amazon.RDS.Model;

public partial class DescribeDBInstancesRequest : AmazonRDSRequest
{
    public string DBInstanceIdentifier { get; set; }

    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }

    public int? MaxRecords { get; set; }
}

public partial class DescribeDBInstancesResponse : AmazonWebServiceResponse
{
    public List<DBInstance> DBInstances { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }
}

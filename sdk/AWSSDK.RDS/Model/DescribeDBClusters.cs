using Amazon.Runtime;

namespace Amazon.RDS.Model;

public partial class DescribeDBClustersRequest : AmazonRDSRequest
{
    public string DBClusterIdentifier { get; set; }

    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? IncludeShared { get; set; }

    public string Marker { get; set; }

    public int? MaxRecords { get; set; }
}

public partial class DescribeDBClustersResponse : AmazonWebServiceResponse
{
    public List<DBCluster> DBClusters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }
}

using Amazon.Runtime;

namespace Amazon.RDS.Model;

public partial class DescribeDBClusterSnapshotsRequest : AmazonRDSRequest
{
    public string DBClusterIdentifier { get; set; }

    public string DbClusterResourceId { get; set; }

    public string DBClusterSnapshotIdentifier { get; set; }

    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? IncludePublic { get; set; }

    public bool? IncludeShared { get; set; }

    public string Marker { get; set; }

    public int? MaxRecords { get; set; }

    public string SnapshotType { get; set; }
}

public partial class DescribeDBClusterSnapshotsResponse : AmazonWebServiceResponse
{
    public List<DBClusterSnapshot> DBClusterSnapshots { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }
}

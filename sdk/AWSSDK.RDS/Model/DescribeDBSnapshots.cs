using Amazon.Runtime;

namespace Amazon.RDS.Model;

public partial class DescribeDBSnapshotsRequest : AmazonRDSRequest
{
    public string DBInstanceIdentifier { get; set; }

    public string DbiResourceId { get; set; }

    public string DBSnapshotIdentifier { get; set; }

    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public bool? IncludePublic { get; set; }

    public bool? IncludeShared { get; set; }

    public string Marker { get; set; }

    public int? MaxRecords { get; set; }

    public string SnapshotType { get; set; }
}

public partial class DescribeDBSnapshotsResponse : AmazonWebServiceResponse
{
    public List<DBSnapshot> DBSnapshots { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }
}

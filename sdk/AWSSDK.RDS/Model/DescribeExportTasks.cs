using Amazon.Runtime;

namespace Amazon.RDS.Model;

/// <summary>Filter values of <c>status</c> are lower-case, although <c>Status</c> answers in upper case. MaxRecords is 20 to 100.</summary>
public partial class DescribeExportTasksRequest : AmazonRDSRequest
{
    public string ExportTaskIdentifier { get; set; }

    public List<Filter> Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }

    public int? MaxRecords { get; set; }

    public string SourceArn { get; set; }

    public ExportSourceType SourceType { get; set; }
}

public partial class DescribeExportTasksResponse : AmazonWebServiceResponse
{
    public List<ExportTask> ExportTasks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Marker { get; set; }
}

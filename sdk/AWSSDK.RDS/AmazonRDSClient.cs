using Amazon.RDS.Internal;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.RDS;

/// <summary>
/// RDS over its query API, API version 2014-10-31. Errors: the typed exceptions of <c>Amazon.RDS.Model</c>, else
/// <see cref="AmazonRDSException"/>. Without credentials the SDK's default chain is asked.
/// </summary>
public partial class AmazonRDSClient : AmazonServiceClient, IAmazonRDS
{
    private static readonly RdsMetadata Metadata = new();

    public AmazonRDSClient()
        : base(new AmazonRDSConfig())
    {
    }

    public AmazonRDSClient(RegionEndpoint region)
        : base(new AmazonRDSConfig { RegionEndpoint = region })
    {
    }

    public AmazonRDSClient(AmazonRDSConfig config)
        : base(config)
    {
    }

    public AmazonRDSClient(AWSCredentials credentials)
        : this(credentials, new AmazonRDSConfig())
    {
    }

    public AmazonRDSClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonRDSConfig { RegionEndpoint = region })
    {
    }

    public AmazonRDSClient(AWSCredentials credentials, AmazonRDSConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => Metadata;

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonRDSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonRDSClient(awsCredentials, (AmazonRDSConfig)clientConfig);

    public virtual Task<CancelExportTaskResponse> CancelExportTaskAsync(
        CancelExportTaskRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.CancelExportTask, request, cancellationToken);

    public virtual Task<DescribeDBClustersResponse> DescribeDBClustersAsync(
        DescribeDBClustersRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.DescribeDBClusters, request, cancellationToken);

    public virtual Task<DescribeDBClusterSnapshotsResponse> DescribeDBClusterSnapshotsAsync(
        DescribeDBClusterSnapshotsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.DescribeDBClusterSnapshots, request, cancellationToken);

    public virtual Task<DescribeDBInstancesResponse> DescribeDBInstancesAsync(
        DescribeDBInstancesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.DescribeDBInstances, request, cancellationToken);

    public virtual Task<DescribeDBSnapshotsResponse> DescribeDBSnapshotsAsync(
        DescribeDBSnapshotsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.DescribeDBSnapshots, request, cancellationToken);

    public virtual Task<DescribeExportTasksResponse> DescribeExportTasksAsync(
        DescribeExportTasksRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.DescribeExportTasks, request, cancellationToken);

    public virtual Task<StartExportTaskResponse> StartExportTaskAsync(
        StartExportTaskRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.StartExportTask, request, cancellationToken);

    /// <summary>Endpoint and signer are the service's own: without these two handlers the 4.x pipeline has neither.</summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RdsEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new RdsAuthSchemeHandler());
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonRDSRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions { RequestMarshaller = operation.Request, ResponseUnmarshaller = operation.Response },
            cancellationToken);
}

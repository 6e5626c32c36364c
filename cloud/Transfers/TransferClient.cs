using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Cloud.Google;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using TransferState = RdsBq.Core.Ledger.TransferState;
using WireState = Google.Cloud.BigQuery.DataTransfer.V1.TransferState;

namespace RdsBq.Cloud.Transfers;

/// <summary>
/// BigQuery Data Transfer Service: transfer configs of data source <c>amazon_s3</c> and their runs.
/// <c>params</c> carries AWS keys: it is written here and never read back, logged or passed on.
/// https://cloud.google.com/bigquery/docs/s3-transfer
/// </summary>
public sealed partial class TransferClient : IDisposable
{
    public const string Host = "bigquerydatatransfer.googleapis.com";
    private const string Service = "google.cloud.bigquery.datatransfer.v1.DataTransferService";
    private const string DataSource = "amazon_s3";
    private const int PageSize = 1000;
    private static readonly string[] Reads = ["ListTransferConfigs", "ListTransferRuns", "ListTransferLogs", "GetTransferRun", "GetDataSource"];

    private readonly GrpcChannel channel;
    private readonly DataTransferService.DataTransferServiceClient client;
    private readonly GoogleAuth auth;
    private readonly string parent;

    public TransferClient(string project, string location, string? endpoint, GoogleAuth auth, HttpMessageHandler? handler = null)
    {
        channel = GoogleChannel.Open(Host, endpoint, Service, Reads, handler);
        client = new DataTransferService.DataTransferServiceClient(channel);
        this.auth = auth;
        parent = $"projects/{project}/locations/{location.ToLowerInvariant()}";
    }

    public void Dispose() => channel.Dispose();

    /// <summary>Whether S3 transfers can be made in this project and location.</summary>
    /// <returns>The data source's full name; the project in it may be an id or a number.</returns>
    public async Task<string> DataSourceAsync(CancellationToken token)
    {
        var name = $"{parent}/dataSources/{DataSource}";
        return (await client.GetDataSourceAsync(new GetDataSourceRequest { Name = name }, await GoogleCalls.ReadAsync(auth, "name", name, token))).Name;
    }

    /// <summary>The runs of one config for one run time, newest last.</summary>
    public async Task<IReadOnlyList<TransferRunInfo>> RunsAsync(string config, RunTime runTime, CancellationToken token)
    {
        var runs = new List<TransferRun>();
        var page = "";
        do
        {
            var request = new ListTransferRunsRequest { Parent = config, PageSize = PageSize, PageToken = page };
            var answer = await client.ListTransferRunsAsync(request, await GoogleCalls.ReadAsync(auth, "parent", config, token));
            runs.AddRange(answer.TransferRuns.Where(r => r.RunTime is not null && RunTime.At(r.RunTime.ToDateTimeOffset()) == runTime));
            page = answer.NextPageToken;
        }
        while (page.Length > 0);
        return [.. runs.OrderBy(r => r.ScheduleTime ?? r.RunTime).Select(Info)];
    }

    /// <summary>One run; null where there is none of that name.</summary>
    public async Task<TransferRunInfo?> RunAsync(string name, CancellationToken token)
    {
        try
        {
            var run = await client.GetTransferRunAsync(new GetTransferRunRequest { Name = name }, await GoogleCalls.ReadAsync(auth, "name", name, token));
            return run.RunTime is null ? null : Info(run);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Starts a run. Not idempotent: a second call starts a second run, so the caller looks first, and looks again after an unknown outcome.</summary>
    public async Task StartAsync(string config, RunTime runTime, CancellationToken token)
    {
        var request = new StartManualTransferRunsRequest { Parent = config, RequestedRunTime = Timestamp.FromDateTimeOffset(runTime.Instant) };
        await client.StartManualTransferRunsAsync(request, await GoogleCalls.WriteAsync(auth, "parent", config, token));
    }

    /// <summary>The lines of a run's log that say why it failed: run.error_status is only a generic sentence.</summary>
    public async Task<IReadOnlyList<string>> ErrorLinesAsync(string run, CancellationToken token)
    {
        var request = new ListTransferLogsRequest
        {
            Parent = run,
            PageSize = 100,
            MessageTypes = { TransferMessage.Types.MessageSeverity.Error, TransferMessage.Types.MessageSeverity.Warning },
        };
        var answer = await client.ListTransferLogsAsync(request, await GoogleCalls.ReadAsync(auth, "parent", run, token));
        return [.. answer.TransferMessages.Select(m => m.MessageText).Where(t => t.Length > 0)];
    }

    /// <summary>Whether the outcome of a failed write is known: the service refused it before doing anything.</summary>
    public static bool IsRefusal(RpcException e) => e.StatusCode is
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.Unauthenticated or StatusCode.FailedPrecondition
        or StatusCode.ResourceExhausted or StatusCode.Unimplemented or StatusCode.OutOfRange;

    private static TransferRunInfo Info(TransferRun run) => new(
        run.Name,
        RunTime.At(run.RunTime.ToDateTimeOffset()),
        run.State switch
        {
            WireState.Pending => TransferState.Pending,
            WireState.Running => TransferState.Running,
            WireState.Succeeded => TransferState.Succeeded,
            WireState.Failed => TransferState.Failed,
            WireState.Cancelled => TransferState.Cancelled,
            _ => TransferState.Unknown,
        },
        run.EndTime?.ToDateTimeOffset(),
        RpcCode.Name(run.ErrorStatus?.Code ?? 0),
        run.ErrorStatus?.Message);
}

using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Transfers;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Transfers;

public sealed class ConfigWriterTests(Tokens tokens) : IClassFixture<Tokens>
{
    private static readonly ConfigPlan Plan = new("shop-orders-transfer", "d_landing", "s3://b/x", "orders_1", Estate.NotificationTopic);
    private static readonly ConfigSummary Config = new(
        "projects/1/locations/l/transferConfigs/c", "shop-orders-transfer", "d_landing", "s3://b/x", "orders_1", false);

    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(StatusCode.ResourceExhausted, 0.0, 63)]
    [InlineData(StatusCode.ResourceExhausted, 0.999, 126)]
    [InlineData(StatusCode.Unavailable, 0.5, 95)]
    public async Task What_passes_is_waited_for_over_a_minute_and_more_then_given_up(StatusCode status, double jitter, int seconds)
    {
        using var stub = new GrpcStub { Status = status };
        using var client = Client(stub);
        var start = time.GetUtcNow();
        var update = Writer(client, jitter).UpdateAsync(Config.Name, Plan, [SyncDecider.Params], ("id", "secret"), default);
        var e = await Assert.ThrowsAsync<RpcException>(() => WhileTimePassesAsync(update));
        Assert.Equal(9, stub.Calls.Count);
        Assert.InRange((time.GetUtcNow() - start).TotalSeconds, seconds, seconds + 10);
        Assert.Equal(StopException.TryAgain, GoogleErrors.Of(e, "Updating").ExitCode);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.NotFound)]
    public async Task What_does_not_pass_is_not_repeated(StatusCode status)
    {
        using var stub = new GrpcStub { Status = status };
        using var client = Client(stub);
        var e = await Assert.ThrowsAsync<RpcException>(() => Writer(client).CreateAsync(Plan, ("id", "secret"), default));
        Assert.Single(stub.Calls);
        Assert.Equal(StopException.NeedsPerson, GoogleErrors.Of(e, "Creating").ExitCode);
    }

    [Fact]
    public async Task A_refusal_that_quotes_a_key_is_passed_on_without_its_words()
    {
        await using var google = await GoogleSide.StartAsync();
        google.Faults.Add(new Fault("dts.CreateTransferConfig", "error", Status: 400, Code: "INVALID_ARGUMENT", Message: "Bad value 'the-secret-key'."));
        var writer = new ConfigWriter(google.Transfers, new Patience(time, () => 0, NullLogger.Instance));
        var e = await Assert.ThrowsAsync<RpcException>(() => writer.CreateAsync(Plan, ("id-of-key", "the-secret-key"), default));
        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.DoesNotContain("the-secret-key", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_that_is_gone_is_deleted()
    {
        using var stub = new GrpcStub { Status = StatusCode.NotFound };
        using var client = Client(stub);
        await Writer(client).DeleteAsync(Config, default);
        var (method, _, routing) = Assert.Single(stub.Calls);
        Assert.Equal(("DeleteTransferConfig", "name=projects%2F1%2Flocations%2Fl%2FtransferConfigs%2Fc"), (method, routing));
    }

    [Fact]
    public async Task After_a_refusal_for_quota_nothing_is_looked_for_and_after_silence_it_is()
    {
        var there = new TransferConfig
        {
            Name = "projects/1/locations/l/transferConfigs/made", DisplayName = Plan.DisplayName, DestinationDatasetId = Plan.Dataset,
            Params = new Struct
            {
                Fields =
                {
                    ["data_path"] = Value.ForString(Plan.DataPath),
                    ["destination_table_name_template"] = Value.ForString(Plan.TableTemplate),
                },
            },
        };
        using var quota = new Sequence(StatusCode.ResourceExhausted, there);
        using var first = Client(quota);
        Assert.Equal(there.Name, await WhileTimePassesAsync(Writer(first).CreateAsync(Plan, ("id", "secret"), default)));
        Assert.Equal(["CreateTransferConfig", "CreateTransferConfig"], quota.Methods);
        using var silence = new Sequence(StatusCode.Unavailable, new ListTransferConfigsResponse { TransferConfigs = { there } });
        using var second = Client(silence);
        Assert.Equal(there.Name, await WhileTimePassesAsync(Writer(second).CreateAsync(Plan, ("id", "secret"), default)));
        Assert.Equal(["CreateTransferConfig", "ListTransferConfigs"], silence.Methods);
    }

    private ConfigWriter Writer(TransferClient client, double jitter = 0) => new(client, new Patience(time, () => jitter, NullLogger.Instance));

    private TransferClient Client(HttpMessageHandler stub) => new(Estate.Project, "asia-northeast1", "http://dts.test", tokens.Auth, stub);

    private Task WhileTimePassesAsync(Task task) => WhileTimePassesAsync(AsResultAsync(task));

    private async Task<T> WhileTimePassesAsync<T>(Task<T> task)
    {
        for (var i = 0; i < 3_000 && !task.IsCompleted; i++)
        {
            await Task.WhenAny(task, Task.Delay(5));
            time.Advance(TimeSpan.FromSeconds(1));
        }
        return await task;
    }

    private static async Task<bool> AsResultAsync(Task task)
    {
        await task;
        return true;
    }

    /// <summary>One failure, then one answer.</summary>
    private sealed class Sequence(StatusCode first, IMessage then) : DelegatingHandler(new GrpcStub(then))
    {
        public List<string> Methods { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Methods.Add(request.RequestUri!.Segments[^1]);
            ((GrpcStub)InnerHandler!).Status = Methods.Count == 1 ? first : StatusCode.OK;
            return base.SendAsync(request, cancellationToken);
        }
    }
}

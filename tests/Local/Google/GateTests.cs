using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Tests.Google;

/// <summary>What holds for every service: tokens, routing, errors, faults, names in the journal.</summary>
public sealed class GateTests
{
    private static readonly MethodDescriptor List = DataTransferService.Descriptor.FindMethodByName("ListTransferConfigs");

    private static readonly ListTransferConfigsRequest All = new() { Parent = GoogleRig.Parent };

    [Fact]
    public async Task A_call_without_a_good_token_or_route_is_refused()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var noToken = new GrpcTransport(rig.Apis.Grpc) { Token = null };
        using var badToken = new RestTransport(rig.Apis.Rest) { Token = "stale" };
        using var noRoute = new GrpcTransport(rig.Apis.Grpc) { Routed = false };
        await TransferConfigTests.RefusesAsync(StatusCode.Unauthenticated, "", () =>
            noToken.SendAsync<ListTransferConfigsResponse>(List, All));
        await TransferConfigTests.RefusesAsync(StatusCode.Unauthenticated, "", () =>
            badToken.SendAsync<ListTransferConfigsResponse>(List, All));
        await TransferConfigTests.RefusesAsync(StatusCode.InvalidArgument, "x-goog-request-params", () =>
            noRoute.SendAsync<ListTransferConfigsResponse>(List, All));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_transports_have_one_name_in_the_journal(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        var config = await rig.CreateAsync(t);
        await rig.StartRunAsync(t, config.Name, rig.Clock.GetUtcNow());
        await t.SendAsync<ListTransferConfigsResponse>(List, All);
        Assert.Equal(
            [("dts.CreateTransferConfig", "shop-orders-transfer", true), ("dts.StartManualTransferRuns", config.Name, true),
                ("dts.ListTransferConfigs", GoogleRig.Parent, false)],
            rig.Journal.Entries.Select(e => (e.Operation, e.Subject, e.Mutates)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Faults_speak_the_transports_language(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        rig.Faults.Add(new Fault("dts.ListTransferConfigs", "error", Status: 503, Code: "UNAVAILABLE", Message: "Away; back soon."));
        await TransferConfigTests.RefusesAsync(StatusCode.Unavailable, "Away; back soon.", () =>
            t.SendAsync<ListTransferConfigsResponse>(List, All));
        rig.Faults.Add(new Fault("dts.ListTransferConfigs", "error", Status: 429, Code: "whatever"));
        await TransferConfigTests.RefusesAsync(StatusCode.ResourceExhausted, "", () => t.SendAsync<ListTransferConfigsResponse>(List, All));
        rig.Faults.Add(new Fault("dts.CreateTransferConfig", "error", When: "after", Status: 500, Code: "INTERNAL"));
        await TransferConfigTests.RefusesAsync(StatusCode.Internal, "", () => rig.CreateAsync(t));
        Assert.Single((await t.SendAsync<ListTransferConfigsResponse>(List, All)).TransferConfigs);
        rig.Faults.Add(new Fault("dts.CreateTransferConfig", "drop", When: "after"));
        await Assert.ThrowsAnyAsync<Exception>(() => rig.CreateAsync(t));
        Assert.Equal(2, (await t.SendAsync<ListTransferConfigsResponse>(List, All)).TransferConfigs.Count);
    }

    [Fact]
    public async Task What_is_not_there_says_so_by_name()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var client = Client(rig);
        using var rest = await client.GetAsync(new Uri($"v1/{GoogleRig.Parent}/transferResources", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotImplemented, rest.StatusCode);
        Assert.Contains("transferResources", (string)JsonNode.Parse(await rest.Content.ReadAsStringAsync())!["error"]!["message"]!,
            StringComparison.Ordinal);
        using var channel = global::Grpc.Net.Client.GrpcChannel.ForAddress(rig.Apis.Grpc);
        var marshaller = Marshallers.Create<byte[]>(b => b, b => b);
        var method = new Method<byte[],
            byte[]>(MethodType.Unary, DataTransferService.Descriptor.FullName, "ListTransferResources", marshaller, marshaller);
        await TransferConfigTests.RefusesAsync(
            StatusCode.Unimplemented, "dts.ListTransferResources",
            () => channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(20)),
                []).ResponseAsync);
    }

    [Fact]
    public async Task Rest_takes_masks_fields_and_parameters_as_googles_clients_send_them()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: false);
        var name = (await rig.CreateAsync(t)).Name;
        using var client = Client(rig);
        const string Body = """{"dataSourceId":"amazon_s3","displayName":"new","scheduleOptionsV2":{"manualSchedule":{}},"notification_pubsub_topic":"","someday":1}""";
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        var mask = "transfer_config.display_name,transfer_config.scheduleOptionsV2,transfer_config.notification_pubsub_topic";
        using var answer = await client.PatchAsync(new Uri($"v1/{name}?updateMask={mask}&x__xgafv=2&alt=json&prettyPrint=false",
            UriKind.Relative), content);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal((HttpStatusCode.OK, "new"), (answer.StatusCode, (string?)json["displayName"]));
        Assert.False(json.ContainsKey("notificationPubsubTopic"));
        Assert.False(json.ContainsKey("scheduleOptions"));
        Assert.Equal("{}", json["scheduleOptionsV2"]!["manualSchedule"]!.ToJsonString());
        Assert.IsType<string>(json["userId"]!.GetValue<string>());
        Assert.Equal("PENDING", (string?)json["state"]);
    }

    private static HttpClient Client(GoogleRig rig)
    {
        var client = new HttpClient { BaseAddress = rig.Apis.Rest };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GoogleRig.Token);
        return client;
    }
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;

namespace RdsBq.Local.Tests.Google;

/// <summary>Looking at subscriptions, policies and rights.</summary>
public sealed class PolicyTests
{
    private const string Topic = RdsBq.Local.Estate.NotificationTopic;
    private const string Subscription = "projects/local-project/subscriptions/rdsbq-push";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_topic_s_subscriptions_are_listed_and_shown(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        async Task<ListTopicSubscriptionsResponse> ListAsync(string topic) =>
            await SendAsync<ListTopicSubscriptionsResponse>(t, Publisher.Descriptor, "ListTopicSubscriptions", new ListTopicSubscriptionsRequest { Topic = topic });
        async Task<Subscription> GetAsync(string name) =>
            await SendAsync<Subscription>(t, Subscriber.Descriptor, "GetSubscription", new GetSubscriptionRequest { Subscription = name });

        Assert.Empty((await ListAsync(Topic)).Subscriptions);
        rig.Topics.Subscribe(Topic, new TopicSubscription(Subscription, new Uri("https://f.example/x"), "aud") { AckDeadlineSeconds = 60, DeadLetterTopic = "projects/local-project/topics/dead" });
        rig.Topics.Subscribe(Topic, new TopicSubscription("projects/local-project/subscriptions/pulled", null));
        Assert.Equal([Subscription, "projects/local-project/subscriptions/pulled"], (await ListAsync(Topic)).Subscriptions);
        var push = await GetAsync(Subscription);
        Assert.Equal((Topic, "https://f.example/x", 60), (push.Topic, push.PushConfig.PushEndpoint, push.AckDeadlineSeconds));
        Assert.Equal(("aud", RdsBq.Local.Estate.ServiceAccount), (push.PushConfig.OidcToken.Audience, push.PushConfig.OidcToken.ServiceAccountEmail));
        Assert.Equal("projects/local-project/topics/dead", push.DeadLetterPolicy.DeadLetterTopic);
        Assert.Equal("", (await GetAsync("projects/local-project/subscriptions/pulled")).PushConfig.PushEndpoint);
        await TransferConfigTests.RefusesAsync(StatusCode.NotFound, "another", () => GetAsync("projects/local-project/subscriptions/another"));
        await TransferConfigTests.RefusesAsync(StatusCode.NotFound, "another", () => ListAsync("projects/local-project/topics/another"));
        Assert.DoesNotContain(rig.Journal.Entries, e => e.Mutates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_config_lets_the_service_s_agent_publish_on_its_topic(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        async Task<Policy> PolicyAsync() => await SendAsync<Policy>(t, IAMPolicy.Descriptor, "GetIamPolicy", new GetIamPolicyRequest { Resource = Topic });
        Assert.Empty((await PolicyAsync()).Bindings);
        await rig.CreateAsync(t);
        var binding = Assert.Single((await PolicyAsync()).Bindings);
        Assert.Equal(("roles/pubsub.publisher", $"serviceAccount:{RdsBq.Local.Estate.TransferAgent}"), (binding.Role, Assert.Single(binding.Members)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rights_on_a_topic_are_all_but_those_that_a_fault_takes_and_none_where_there_is_no_topic(bool grpc)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc);
        async Task<IEnumerable<string>> HeldAsync(string topic) => (await SendAsync<TestIamPermissionsResponse>(
            t, IAMPolicy.Descriptor, "TestIamPermissions", new TestIamPermissionsRequest { Resource = topic, Permissions = { "pubsub.topics.get", "pubsub.topics.publish" } })).Permissions;
        Assert.Equal(["pubsub.topics.get", "pubsub.topics.publish"], await HeldAsync(Topic));
        rig.Faults.Add(new Fault("pubsub.TestIamPermissions", "lacks", Code: "pubsub.topics.publish"));
        Assert.Equal(["pubsub.topics.get"], await HeldAsync(Topic));
        Assert.Empty(await HeldAsync("projects/local-project/topics/another"));
    }

    [Fact]
    public async Task Rights_on_the_project_take_a_token_and_a_project_that_is_there()
    {
        await using var rig = await GoogleRig.StartAsync();
        using var client = new HttpClient { BaseAddress = rig.Apis.Rest };
        async Task<(int Status, JsonNode Body)> AskAsync(string project, object body)
        {
            using var answer = await client.PostAsJsonAsync($"/v1/projects/{project}:testIamPermissions", body);
            return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
        }

        var two = new { permissions = new[] { "bigquery.jobs.create", "bigquery.transfers.get" } };
        Assert.Equal(401, (await AskAsync("local-project", two)).Status);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GoogleRig.Token);
        rig.Faults.Add(new Fault("resourcemanager.TestIamPermissions", "lacks", Skip: 1, Code: "bigquery.jobs.create"));
        Assert.Equal("""{"permissions":["bigquery.jobs.create","bigquery.transfers.get"]}""", (await AskAsync("local-project", two)).Body.ToJsonString());
        Assert.Equal("""{"permissions":["bigquery.transfers.get"]}""", (await AskAsync("local-project", two)).Body.ToJsonString());
        Assert.Equal("{}", (await AskAsync("local-project", new { permissions = Array.Empty<string>() })).Body.ToJsonString());
        Assert.Equal((403, "PERMISSION_DENIED"), await RefusalAsync(AskAsync("other-project", two)));
        Assert.Equal((400, "INVALID_ARGUMENT"), await RefusalAsync(AskAsync("local-project", new { permissions = new[] { "bigquery.*" } })));
        Assert.All(rig.Journal.Entries, e => Assert.Equal(("resourcemanager.TestIamPermissions", false), (e.Operation, e.Mutates)));
    }

    private static async Task<(int Status, string? Code)> RefusalAsync(Task<(int Status, JsonNode Body)> asked)
    {
        var (status, body) = await asked;
        return (status, (string?)body["error"]!["status"]);
    }

    private static Task<T> SendAsync<T>(Transport t, ServiceDescriptor service, string method, IMessage request)
        where T : class, IMessage<T>, new() => t.SendAsync<T>(service.FindMethodByName(method), request);
}

using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RdsBq.Tests.Kit;

/// <summary>
/// Google's own Pub/Sub emulator (https://cloud.google.com/pubsub/docs/emulator), spoken to by REST. It delivers to push endpoints, about
/// once a second until acknowledged.
/// Guard the test with <c>RequiresFact("pubsub-emulator", "java")</c>.
/// </summary>
public sealed class PubSubEmulator : IAsyncDisposable
{
    private readonly Child process;
    private readonly HttpClient http;
    private readonly string folder;

    private PubSubEmulator(Child process, string folder, int port)
    {
        Host = $"127.0.0.1:{port}";
        this.process = process;
        this.folder = folder;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/") };
    }

    /// <summary>As PUBSUB_EMULATOR_HOST wants it.</summary>
    public string Host { get; }

    public static async Task<PubSubEmulator> StartAsync()
    {
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("rdsbq-pubsub-").FullName;
        var process = Child.Start(
            Tools.Find("pubsub-emulator") ?? "cloud-pubsub-emulator", ["--host=127.0.0.1", $"--port={port}"], folder: folder);
        try
        {
            await process.SeesAsync("Server started, listening on", TimeSpan.FromSeconds(90));
            return new PubSubEmulator(process, folder, port);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <param name="topic">Full name, <c>projects/p/topics/t</c>.</param>
    public Task CreateTopicAsync(string topic) => SendAsync(HttpMethod.Put, topic, new { });

    /// <param name="subscription">Full name, <c>projects/p/subscriptions/s</c>.</param>
    public Task SubscribeAsync(string subscription, string topic, Uri pushEndpoint, int ackDeadlineSeconds = 10) =>
        SendAsync(HttpMethod.Put, subscription, new { topic, pushConfig = new { pushEndpoint }, ackDeadlineSeconds });

    /// <summary>A push subscription that pushes as an account. The emulator keeps that, and pushes without any identity.</summary>
    public Task SubscribeAsync(string subscription, string topic, Uri pushEndpoint, string serviceAccountEmail, string deadLetterTopic) => SendAsync(
        HttpMethod.Put, subscription,
        new { topic, pushConfig = new { pushEndpoint, oidcToken = new { serviceAccountEmail } }, ackDeadlineSeconds = 600, deadLetterPolicy = new { deadLetterTopic } });

    /// <summary>A subscription to pull from, in the order of ordering keys.</summary>
    public Task SubscribeAsync(string subscription, string topic) =>
        SendAsync(HttpMethod.Put, subscription, new { topic, enableMessageOrdering = true, ackDeadlineSeconds = 10 });

    /// <summary>What is there, in REST form (https://cloud.google.com/pubsub/docs/reference/rest/v1/PubsubMessage), and acknowledged at once.</summary>
    public async Task<IReadOnlyList<JsonObject>> PullAsync(string subscription)
    {
        var answer = await SendAsync(HttpMethod.Post, $"{subscription}:pull", new { maxMessages = 100, returnImmediately = true });
        var received = answer["receivedMessages"]?.AsArray() ?? [];
        if (received.Count > 0) await SendAsync(HttpMethod.Post, $"{subscription}:acknowledge", new { ackIds = received.Select(r => (string)r!["ackId"]!).ToArray() });
        return [.. received.Select(r => r!["message"]!.DeepClone().AsObject())];
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> data, IReadOnlyDictionary<string, string> attributes) =>
        SendAsync(HttpMethod.Post, $"{topic}:publish",
            new { messages = new[] { new { data = Convert.ToBase64String(data.Span), attributes } } });

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonObject> SendAsync<T>(HttpMethod method, string path, T body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(
            $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>How an event reaches the function.</summary>
public enum Delivery
{
    /// <summary>Pub/Sub's own push.</summary>
    RawPush,

    /// <summary>As Eventarc sends it.</summary>
    Binary,
    Structured,
}

/// <summary>The function as it ships: a process with its own environment, on a port that the system chose.</summary>
internal sealed partial class FunctionProcess : IAsyncDisposable
{
    private const string Type = "google.cloud.pubsub.topic.v1.messagePublished";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly HttpClient http = new() { Timeout = Limit };
    private int lastMessage = 1000;

    private FunctionProcess(Child child, Uri address) => (Child, Address) = (child, address);

    public Child Child { get; }

    public Uri Address { get; }

    public static async Task<FunctionProcess> StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var child = Launch(environment);
        try
        {
            await child.SeesAsync("Application started", Limit);
            return new FunctionProcess(child, new Uri(Listening().Match(child.Output).Groups[1].Value));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting for its port: it may refuse.</summary>
    public static Child Launch(IReadOnlyDictionary<string, string?> environment)
    {
        var own = new Dictionary<string, string?>();
        string[] foreign =
        [
            "K_SERVICE", "CLOUD_RUN_JOB", "PORT", "FUNCTION_TARGET", "DOTNET_RUNNING_IN_CONTAINER", "ASPNETCORE_URLS", "PUBLISH", "READY_TOPIC",
            "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_RDS",
            "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_KMS", "AWS_ENDPOINT_URL_IAM", "PUBSUB_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS",
        ];
        foreach (var name in foreign) own[name] = null;
        foreach (var (name, value) in environment) own[name] = value;
        return Child.Start("dotnet", [Tools.Built("functions/TransferNotify", "RdsBq.TransferNotify.dll"), "--port", "0"], own);
    }

    /// <returns>The HTTP status.</returns>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> data, Delivery delivery = Delivery.RawPush)
    {
        var id = $"{Interlocked.Increment(ref lastMessage)}";
        var message = new JsonObject
        {
            ["attributes"] = new JsonObject { ["eventType"] = "TRANSFER_RUN_FINISHED", ["payloadFormat"] = "JSON_API_V1" },
            ["data"] = Convert.ToBase64String(data.Span), ["messageId"] = id, ["message_id"] = id,
            ["publishTime"] = "2026-04-01T17:10:55.749Z", ["publish_time"] = "2026-04-01T17:10:55.749Z",
        };
        var body = new JsonObject { ["message"] = message, ["subscription"] = "projects/local-project/subscriptions/notify" };
        return await PostAsync(Request(body, id, delivery));
    }

    /// <summary>An event that Eventarc would never send: its headers alone.</summary>
    public Task<int> SendWithoutBodyAsync()
    {
        var request = Request([], "1", Delivery.Binary);
        request.Content = null;
        return PostAsync(request);
    }

    /// <summary>Waits until that many events have been answered for in the log.</summary>
    public async Task<IReadOnlyList<string>> JudgementsAsync(int count)
    {
        for (var i = 0; i < 1500; i++)
        {
            var found = Judged().Matches(Child.Output).Select(m => m.Groups[1].Value).ToList();
            if (found.Count >= count) return found;
            await Task.Delay(20);
        }
        throw new TimeoutException($"Not {count} events were judged.\n{Child.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Child.DisposeAsync();
    }

    private HttpRequestMessage Request(JsonObject body, string id, Delivery delivery)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address);
        var source = "//pubsub.googleapis.com/projects/local-project/topics/rdsbq-transfer-runs";
        if (delivery == Delivery.Structured)
        {
            body = new JsonObject
            {
                ["specversion"] = "1.0", ["id"] = id, ["source"] = source, ["type"] = Type,
                ["datacontenttype"] = "application/json", ["data"] = body,
            };
        }
        request.Content = new StringContent(body.ToJsonString());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(
            delivery == Delivery.Structured ? "application/cloudevents+json" : "application/json");
        if (delivery != Delivery.Binary) return request;
        foreach (var (name, value) in new[] { ("id", id), ("source", source), ("specversion", "1.0"), ("type", Type) })
            request.Headers.Add($"ce-{name}", value);
        return request;
    }

    private async Task<int> PostAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"\] Run \S+ of \S+ ended \w+: (\w+)\.")]
    private static partial Regex Judged();
}

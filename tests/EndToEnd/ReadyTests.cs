using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Tests.Clouds;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>READY_TOPIC, told by the shipped job and function. That it is never told before the views is <see cref="Promise"/>'s, at every kill.</summary>
public sealed class ReadyTests
{
    [Fact]
    public async Task The_job_tells_every_publication_and_every_choice_once_in_the_documented_form()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync(2);
        await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
        await nights.Run.MustAsync("publish", "--run", nights.Runs[0]);
        await nights.Run.MustAsync("load");
        Assert.Equal(3, Told(nights.Run).Count);
        foreach (var (message, run, happened, orders) in Told(nights.Run).Zip(
            [nights.Runs[0], nights.Runs[1], nights.Runs[0]], ["published", "published", "repointed"]).Zip([3, 4, 3], (m, o) => (m.First, m.Second, m.Third, o)))
        {
            var body = Body(message);
            Assert.Equal(Shape(Documented()), Shape(body));
            Assert.Equal((happened, Time(run), nights.Run.Dataset), ((string?)body["event"], (string?)body["runTime"], (string?)body["dataset"]));
            string[] views = ["items", run == nights.Runs[0] ? "old" : "fresh", "orders"];
            Assert.Equal(
                views.Order(StringComparer.Ordinal).Select(v => $"shop.public.{v} {v} {(v == "orders" ? orders : 3)}"),
                body["tables"]!.AsArray().Select(t => $"{t!["table"]} {t["view"]} {t["rows"]}"));
            Assert.Equal(6 + orders, (long)body["rows"]!);
            Assert.Equal((nights.Run.Dataset, happened), (message.OrderingKey, message.Attributes["event"]));
        }
        Assert.Equal("3", (await nights.Run.LedgerAsync("COUNT(*)", "WHERE event = 'announced'"))[0][0]);
    }

    [Fact]
    public async Task What_the_function_could_not_tell_load_tells()
    {
        await using var run = await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = new SmallSource(batches: false) });
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        run.Cloud.Faults.Add(new Fault("pubsub.Publish", "error", Status: 403, Code: "PERMISSION_DENIED", Message: "User not authorized."));
        await using (var function = await run.FunctionAsync())
        {
            await run.TransfersEndAsync();
            await run.EventuallyAsync(() => run.Cloud.Topics.Attempts.Any(a => a.Acknowledged), "the function acknowledges the event");
            await function.SeesAsync("--role=roles/pubsub.publisher", TimeSpan.FromSeconds(10));
        }
        Assert.Empty(Told(run));
        Assert.Single(run.Cloud.Topics.Attempts);
        Assert.Equal("1", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'published'"))[0][0]);

        await run.MustAsync("load");
        await run.MustAsync("load");
        Assert.Equal("orders", (string?)Body(Assert.Single(Told(run)))["tables"]![0]!["view"]);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_costs_no_publication_and_is_told_even_while_AWS_does_not_answer()
    {
        await using var nights = await Nights.StartAsync();
        var cloud = nights.Run.Cloud;
        cloud.Topics.Delete(Estate.ReadyTopic);
        await nights.ExportAsync();
        await nights.LandAsync();
        var published = await nights.JudgeAsync();
        Assert.Equal(0, published.ExitCode);
        Assert.Contains($"READY_TOPIC {Estate.ReadyTopic} answered NOT_FOUND", published.Error, StringComparison.Ordinal);
        Assert.Contains($"gcloud pubsub topics create {Estate.ReadyTopic}", published.Error, StringComparison.Ordinal);
        Assert.Equal("3", await nights.RowsAsync("orders"));

        cloud.Topics.Create(Estate.ReadyTopic);
        cloud.Faults.Add(new Fault("rds.DescribeExportTasks", "error", Status: 403, Code: "AccessDenied", Times: 10));
        Assert.Equal(1, (await nights.Run.CallAsync("load")).ExitCode);
        Assert.Single(Told(nights.Run));
    }

    [Fact]
    public async Task Without_a_topic_nobody_is_told()
    {
        await using var run = await CloudRun.StartAsync(
            new LocalOptions(Speed: 0) { Sample = new SmallSource(batches: false) }, new Dictionary<string, string?> { ["READY_TOPIC"] = null });
        run.Exported();
        await run.ExportsEndAsync();
        await run.MustAsync("load");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("is published", (await run.MustAsync("load")).Output, StringComparison.Ordinal);
        await run.MustAsync("load");
        Assert.DoesNotContain(run.Cloud.Journal.Entries, c => c.Operation == "pubsub.Publish");
        Assert.Equal("0", (await run.LedgerAsync("COUNT(*)", "WHERE event = 'announced'"))[0][0]);
    }

    /// <summary>The function tells Google's own emulator; subscribers get the whole message. It lets every message through filters.</summary>
    [RequiresFact("pubsub-emulator", "java")]
    public async Task Googles_own_emulator_takes_and_delivers_it()
    {
        const string subscription = $"projects/{Estate.Project}/subscriptions/refresh";
        await using var emulator = await PubSubEmulator.StartAsync();
        await emulator.CreateTopicAsync(Estate.ReadyTopic);
        await emulator.SubscribeAsync(subscription, Estate.ReadyTopic);
        await using var google = await GoogleSide.StartAsync();
        var environment = google.Environment();
        environment["PUBSUB_EMULATOR_HOST"] = emulator.Host;
        await using var function = await FunctionProcess.StartAsync(environment);
        var run = await PlannedRun.CreateAsync(google, google.Clock.GetUtcNow().AddHours(-1), ("orders", 40), ("empty", 0));
        await run.TransferAsync("orders");
        Assert.Equal(200, await function.SendAsync(google.Topics.Published(Estate.NotificationTopic)[0].Data));

        var message = Assert.Single(await emulator.PullAsync(subscription));
        Assert.Equal((GoogleSide.Dataset, "published"), ((string?)message["orderingKey"], (string?)message["attributes"]!["event"]));
        var body = JsonNode.Parse(Convert.FromBase64String((string)message["data"]!))!;
        Assert.Equal(Shape(Documented()), Shape(body));
        Assert.Equal(["empty 0", "orders 40"], body["tables"]!.AsArray().Select(t => $"{t!["view"]} {t["rows"]}"));
        Assert.Empty(await emulator.PullAsync(subscription));
        Assert.Empty(google.Topics.Published(Estate.ReadyTopic));
    }

    private static IReadOnlyList<Message> Told(CloudRun run) => run.Cloud.Topics.Published(Estate.ReadyTopic);

    private static JsonNode Body(Message message) => JsonNode.Parse(Encoding.UTF8.GetString(message.Data.Span))!;

    private static string Time(string run) => $"{run[..16]}:00Z";

    private static JsonNode Documented() => JsonNode.Parse(
        File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md")).Split("## When a run is ready")[1].Split("```json")[1].Split("```")[0])!;

    /// <summary>Members in their order and what kind each is; of lists the first element, where there is one.</summary>
    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(", ", members.Select(m => m.Key == "skipped" ? "skipped" : $"{m.Key}: {Shape(m.Value)}"))}}}",
        JsonArray { Count: > 0 } list => $"[{Shape(list[0])}]",
        _ => node?.GetValueKind().ToString() ?? "null",
    };
}

using RdsBq.Core.Ledger;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Tests.Clouds;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// The shipped function behind a push subscription of Google's own Pub/Sub emulator, fed what the transfer service publishes.
/// </summary>
public sealed class FunctionPubSubTests
{
    private const string Subscription = $"projects/{Estate.Project}/subscriptions/rdsbq-notify";

    [RequiresFact("pubsub-emulator", "java")]
    public async Task Notifications_and_their_duplicates_become_one_publish_and_one_post()
    {
        await using var google = await GoogleSide.StartAsync();
        await using var function = await FunctionProcess.StartAsync(google.Environment());
        await using var emulator = await PubSubEmulator.StartAsync();
        await emulator.CreateTopicAsync(Estate.NotificationTopic);
        await emulator.SubscribeAsync(Subscription, Estate.NotificationTopic, function.Address);
        var run = await PlannedRun.CreateAsync(
            google, google.Clock.GetUtcNow().AddHours(-1), ("orders", 40), ("items", 70), ("customers", 9), ("empty", 0));

        google.Faults.Add(new Fault("dts.run", "fail", "customers", Code: "INVALID_ARGUMENT", Message: "The bucket said <no>"));
        // The first post meets a Slack that is down: it is tried again within the same delivery.
        google.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 503));
        await run.TransferAsync("orders");
        await run.TransferAsync("customers");
        var published = google.Topics.Published(Estate.NotificationTopic);
        var (orders, failure) = (published[0], published[1]);
        foreach (var message in new[] { orders, orders, orders, failure, failure, failure }) await PublishAsync(emulator, message);
        var first = await function.JudgementsAsync(6);
        Assert.Equal(["Alerted", "KnownAlready", "KnownAlready", "Proven", "Proven", "Proven"], first.Order());
        var told = Assert.Single(google.Slack.Messages, m => m.ThreadTs is null);
        Assert.Contains("The bucket said &lt;no&gt;", told.Text, StringComparison.Ordinal);
        // One that failed, one that was posted, and the log in its thread.
        Assert.Equal(3, google.Calls("slack.chat.postMessage"));
        Assert.Equal(
            (1, 1, 0), (await run.CountAsync(LedgerEvent.Failed), await ProvenAsync(run), await run.CountAsync(LedgerEvent.Published)));

        await run.TransferAsync("items");
        await run.TransferAsync("customers");
        foreach (var message in google.Topics.Published(Estate.NotificationTopic).Skip(2))
        {
            for (var i = 0; i < 3; i++) await PublishAsync(emulator, message);
        }
        var all = await function.JudgementsAsync(12);
        Assert.Equal(12, all.Count);
        Assert.Contains("Published", all);
        Assert.Equal((3, 1), (await ProvenAsync(run), await run.CountAsync(LedgerEvent.Published)));
        foreach (var (view, rows) in new[] { ("orders", "40"), ("items", "70"), ("customers", "9"), ("empty", "0") })
        {
            Assert.Equal([rows], await google.RowsAsync($"SELECT COUNT(*) AS n FROM {GoogleSide.Dataset}.{view}"));
            Assert.Single(
                google.Journal.Entries,
                e => e is { Operation: "bigquery.jobs.query", Mutates: true } && e.Subject == $"{GoogleSide.Dataset}.{view}");
        }
        Assert.Equal((told.Ts, 2), (google.Slack.Messages[0].Ts, google.Slack.Messages.Count));
        Assert.Contains("] Mended: run ", google.Slack.Messages[0].Text, StringComparison.Ordinal);
    }

    private static async Task<int> ProvenAsync(PlannedRun run) =>
        (await run.LedgerAsync()).Count(r => r.Event == LedgerEvent.Proven && r.TransferRun is not null);

    private static Task PublishAsync(PubSubEmulator emulator, Message message) =>
        emulator.PublishAsync(Estate.NotificationTopic, message.Data, message.Attributes);
}

using RdsBq.Core.Ledger;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Slack;
using RdsBq.Tests.Clouds;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// A night on which most of 500 tables fail, for two causes: two instances of the shipped function, events in random order, each one to three times, and a Slack
/// that fails a fifth of all calls, half of them after it has done what it was asked.
/// </summary>
public sealed class StormTests
{
    private const int Tables = 500;
    private const int Refused = 200;
    private const int Strange = 100;

    [Fact]
    public async Task Five_hundred_events_over_two_instances_are_one_message_that_is_right_in_the_end()
    {
        await using var storm = await Storm.StartAsync();
        storm.Google.Slack.RateLimit = true;
        var events = storm.Shuffled(new Random(7));
        await storm.DeliverAsync(events);
        await storm.AssertToldAsync();

        await storm.MendAsync();
        await storm.DeliverAsync(storm.Shuffled(new Random(8)));
        storm.AssertMended();
    }

    [RequiresFact("pubsub-emulator", "java")]
    public async Task The_same_delivered_by_Googles_own_Pub_Sub()
    {
        await using var storm = await Storm.StartAsync();
        await using var emulator = await PubSubEmulator.StartAsync();
        await emulator.CreateTopicAsync(Estate.NotificationTopic);
        // Each instance has a subscription of its own, so that every event reaches both.
        foreach (var (function, i) in storm.Functions.Select((f, i) => (f, i)))
            await emulator.SubscribeAsync($"projects/{Estate.Project}/subscriptions/rdsbq-notify-{i}", Estate.NotificationTopic, function.Address, ackDeadlineSeconds: 300);
        var events = storm.Events;
        var order = new Random(9);
        order.Shuffle(events);
        foreach (var data in events) await emulator.PublishAsync(Estate.NotificationTopic, data, new Dictionary<string, string>());
        await storm.JudgedAsync(Tables);
        await storm.AssertToldAsync();
    }

    private sealed class Storm : IAsyncDisposable
    {
        private const int AtOnce = 50;
        private readonly PlannedRun run;

        private Storm(GoogleSide google, PlannedRun run, FunctionProcess[] functions) => (Google, this.run, Functions) = (google, run, functions);

        public GoogleSide Google { get; }

        public FunctionProcess[] Functions { get; }

        /// <summary>What the transfer service has published since the last shuffle.</summary>
        public ReadOnlyMemory<byte>[] Events => [.. Google.Topics.Published(Estate.NotificationTopic).Select(m => m.Data)];

        public static async Task<Storm> StartAsync()
        {
            var google = await GoogleSide.StartAsync();
            var run = await PlannedRun.CreateAsync(google, google.Clock.GetUtcNow().AddHours(-2), [.. Enumerable.Range(0, Tables).Select(i => ($"t{i:d3}", 1L + (i % 3)))]);
            google.Faults.Add(new Fault(
                "dts.run", "fail", Times: Refused, Code: "PERMISSION_DENIED", Message: "The AWS Access Key Id you provided does not exist in our records."));
            google.Faults.Add(new Fault("dts.run", "fail", Times: Strange, Code: "INVALID_ARGUMENT", Message: "Out of <!channel> cheese"));
            await run.TransferAllAsync();
            google.Faults.Add(new Fault("slack.*", "error", Times: 100_000, Status: 503, Share: 0.1, Seed: 1));
            google.Faults.Add(new Fault("slack.*", "error", When: "after", Times: 100_000, Status: 503, Share: 0.1, Seed: 2));
            return new Storm(google, run, [await FunctionProcess.StartAsync(google.Environment()), await FunctionProcess.StartAsync(google.Environment())]);
        }

        /// <summary>Each event one to three times, in random order.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Shuffled(Random random)
        {
            var all = Events.SelectMany(e => Enumerable.Repeat(e, random.Next(1, 4))).ToArray();
            random.Shuffle(all);
            return all;
        }

        /// <summary>As a push subscription does: whatever is not acknowledged comes again.</summary>
        public Task DeliverAsync(IReadOnlyList<ReadOnlyMemory<byte>> events) => Parallel.ForEachAsync(
            events.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
            {
                for (var attempt = 0; !await IsAcknowledgedAsync(Functions[(one.Index + attempt) % Functions.Length], one.Item); attempt++)
                    Assert.True(attempt < 10, "An event is never acknowledged.");
            });

        private static async Task<bool> IsAcknowledgedAsync(FunctionProcess function, ReadOnlyMemory<byte> data)
        {
            try
            {
                return await function.SendAsync(data) == 200;
            }
            catch (TaskCanceledException)
            {
                return false;
            }
        }

        public async Task JudgedAsync(int tables)
        {
            for (var i = 0; i < 400; i++)
            {
                var rows = await run.LedgerAsync();
                if (rows.Where(r => r.Event is LedgerEvent.Proven or LedgerEvent.Failed).DistinctBy(r => r.InsertId).Count() == tables && Main() is [var one] && IsFinal(one)) return;
                await Task.Delay(1000);
            }
            var judged = string.Join(", ", Functions.Select(f => f.Child.Output.Split(" ended ").Length - 1));
            throw new TimeoutException($"Not all is told: {string.Join("\n\n", Main().Select(m => m.Text))}\nJudged: {judged}\n{Functions[0].Child.Output[^3000..]}");
        }

        public async Task AssertToldAsync()
        {
            var message = Assert.Single(Main());
            Assert.True(IsFinal(message), message.Text);
            Assert.Contains("and 280 more: the ledger has them all", message.Text, StringComparison.Ordinal);
            var thread = Google.Slack.Messages.Where(m => m.ThreadTs is not null).ToList();
            Assert.Equal(2, thread.Count);
            Assert.All(thread, r => Assert.Equal(message.Ts, r.ThreadTs));
            Assert.Single(thread, r => r.Text.Contains("Out of &lt;!channel&gt; cheese", StringComparison.Ordinal));
            var failed = (await run.LedgerAsync()).Where(r => r.Event == LedgerEvent.Failed).Select(r => r.Table).Distinct();
            Assert.Equal(Refused + Strange, failed.Count());
            // No storm: what Slack is asked depends on how long it all takes, not on how many events there are.
            Assert.InRange(Google.Journal.Entries.Count(e => e.Operation.StartsWith("slack.", StringComparison.Ordinal)), 5, Tables * 2);
            Assert.InRange(Google.Calls("slack.chat.postMessage"), 3, 20);
        }

        /// <summary>The cause is mended, and what failed is transferred again.</summary>
        public async Task MendAsync()
        {
            var failed = (await run.LedgerAsync()).Where(r => r.Event == LedgerEvent.Failed).Select(r => r.View!).Distinct().ToList();
            var before = Google.Topics.Published(Estate.NotificationTopic).Count;
            await run.TransferAllAsync(failed);
            Assert.Equal(before + failed.Count, Google.Topics.Published(Estate.NotificationTopic).Count);
        }

        public void AssertMended()
        {
            var message = Assert.Single(Main());
            Assert.Contains("] Mended: run ", message.Text, StringComparison.Ordinal);
            Assert.Contains("500 tables", message.Text, StringComparison.Ordinal);
            Assert.Equal(3, Google.Slack.Messages.Count);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var function in Functions) await function.DisposeAsync();
            await Google.DisposeAsync();
        }

        private IReadOnlyList<SlackMessage> Main() => [.. Google.Slack.Messages.Where(m => m.ThreadTs is null)];

        private static bool IsFinal(SlackMessage message) => message.Text.Contains("] 300 of 500 tables failed", StringComparison.Ordinal);
    }
}

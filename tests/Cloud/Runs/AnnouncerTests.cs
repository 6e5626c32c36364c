using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Topics;
using RdsBq.Core.Ledger;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

public sealed class AnnouncerTests
{
    [Fact]
    public async Task A_published_run_is_told_once_after_its_views_and_the_ledgers_row()
    {
        await using var rig = await Rig.StartAsync();
        var run = await rig.ProvenAsync(2, ("orders", 3), ("empty", 0));
        var seen = rig.Google.Journal.Entries.Count;
        Assert.True(await rig.Publisher.PublishIfProvenAsync(run.RunTime, default));
        Assert.Equal(
            ["bigquery.jobs.query", "bigquery.jobs.query", "bigquery.tabledata.insertAll", "pubsub.Publish", "bigquery.tabledata.insertAll"],
            rig.Google.Journal.Entries.Skip(seen).Where(e => e.Mutates).Select(e => e.Operation));
        var body = JsonNode.Parse(Assert.Single(rig.Told).Data.Span)!;
        Assert.Equal(
            """[{"table":"shop.public.empty","view":"empty","rows":0},{"table":"shop.public.orders","view":"orders","rows":3}]""",
            body["tables"]!.ToJsonString());

        Assert.True(await rig.Publisher.PublishIfProvenAsync(run.RunTime, default));
        await rig.Announcer.AnnounceAsync(default);
        Assert.Single(rig.Told);
        Assert.Equal((1, 1), (await run.CountAsync(LedgerEvent.Published), await run.CountAsync(LedgerEvent.Announced)));
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", 1, LogLevel.Error, "--role=roles/pubsub.publisher")]
    [InlineData(404, "NOT_FOUND", 1, LogLevel.Error, "gcloud pubsub topics create")]
    [InlineData(503, "UNAVAILABLE", 5, LogLevel.Warning, "the next load tries again")]
    public async Task A_topic_that_refuses_holds_nothing_up_and_is_told_later(int status, string code, int times, LogLevel level, string mend)
    {
        await using var rig = await Rig.StartAsync();
        var run = await rig.ProvenAsync(2, ("orders", 3));
        rig.Google.Faults.Add(new Fault("pubsub.Publish", "error", Status: status, Code: code, Times: times));
        Assert.True(await rig.Publisher.PublishIfProvenAsync(run.RunTime, default));
        Assert.Contains(mend, Assert.Single(rig.Log.Of(level)).Text, StringComparison.Ordinal);
        Assert.Empty(rig.Told);
        Assert.Equal((1, 0), (await run.CountAsync(LedgerEvent.Published), await run.CountAsync(LedgerEvent.Announced)));

        await rig.Announcer.AnnounceAsync(default);
        Assert.Single(rig.Told);
        Assert.Equal(1, await run.CountAsync(LedgerEvent.Announced));
    }

    [Fact]
    public async Task Told_and_not_written_down_it_is_told_again_in_the_same_words()
    {
        await using var rig = await Rig.StartAsync();
        var run = await rig.ProvenAsync(2, ("orders", 3));
        rig.Google.Faults.Add(new Fault("bigquery.tabledata.insertAll", "error", Skip: 1, Status: 403, Code: "accessDenied"));
        await Assert.ThrowsAsync<BigQueryException>(() => rig.Publisher.PublishIfProvenAsync(run.RunTime, default));
        Assert.True(await rig.Publisher.PublishIfProvenAsync(run.RunTime, default));
        Assert.Equal(2, rig.Told.Count);
        Assert.Single(rig.Told.Select(m => Encoding.UTF8.GetString(m.Data.Span)).Distinct());
        Assert.Equal((1, 1), (await run.CountAsync(LedgerEvent.Published), await run.CountAsync(LedgerEvent.Announced)));
    }

    [Fact]
    public async Task Every_choice_of_a_person_is_told_and_what_the_views_have_left_is_not()
    {
        await using var rig = await Rig.StartAsync();
        var (older, newer) = (await rig.ProvenAsync(26, ("orders", 3)), await rig.ProvenAsync(2, ("orders", 4)));
        await rig.Publisher.PublishIfProvenAsync(older.RunTime, default);
        rig.Google.Faults.Add(new Fault("pubsub.Publish", "error", Status: 403, Code: "PERMISSION_DENIED"));
        await rig.ChooseAsync(newer);
        foreach (var run in (PlannedRun[])[older, newer, older]) await rig.ChooseAsync(run);
        await rig.Announcer.AnnounceAsync(default);
        Assert.Equal(
            [("published", older), ("repointed", older), ("repointed", newer), ("repointed", older)],
            rig.Told.Select(m => (m.Attributes["event"], m.Attributes["runTime"] == $"{older.RunTime.Instant:yyyy-MM-dd'T'HH:mm:ss'Z'}" ? older : newer)));
        Assert.Equal((3, 1), (await older.CountAsync(LedgerEvent.Announced), await newer.CountAsync(LedgerEvent.Announced)));
    }

    [Fact]
    public async Task A_topic_that_is_new_to_an_old_installation_is_not_told_of_yesterday()
    {
        await using var rig = await Rig.StartAsync();
        var run = await rig.ProvenAsync(2, ("orders", 3));
        await rig.WithoutTopic.PublishIfProvenAsync(run.RunTime, default);
        rig.Google.Clock.Advance(TimeSpan.FromHours(25));
        await rig.Announcer.AnnounceAsync(default);
        Assert.Empty(rig.Told);
        Assert.Equal(0, await run.CountAsync(LedgerEvent.Announced));
        await rig.ChooseAsync(run);
        Assert.Single(rig.Told);
    }

    [Fact]
    public async Task Whose_clock_is_behind_the_publishers_tells_once_as_well()
    {
        await using var rig = await Rig.StartAsync(ahead: TimeSpan.FromMinutes(10));
        var run = await rig.ProvenAsync(2, ("orders", 3));
        await rig.Publisher.PublishIfProvenAsync(run.RunTime, default);
        await rig.Announcer.AnnounceAsync(default);
        Assert.Single(rig.Told);
        var rows = await run.LedgerAsync();
        Assert.Equal(rows.Single(r => r.Event == LedgerEvent.Published).RecordedAt, rows.Single(r => r.Event == LedgerEvent.Announced).RecordedAt);
    }

    private sealed class Rig : IAsyncDisposable
    {
        private readonly TopicPublisher topic;

        private Rig(GoogleSide google, TimeSpan ahead)
        {
            Google = google;
            topic = new TopicPublisher(Estate.ReadyTopic, google.PubSubHost, google.Auth);
            Announcer = new Announcer(topic, google.Ledger, GoogleSide.Settings(), google.Clock, Log);
            var clock = new Ahead(google.Clock, ahead);
            Publisher = new ViewPublisher(google.Client, google.Ledger, GoogleSide.Settings(), clock, Log, Announcer);
            WithoutTopic = new ViewPublisher(google.Client, google.Ledger, GoogleSide.Settings(), clock, Log);
        }

        public GoogleSide Google { get; }

        public LogLines Log { get; } = new();

        public Announcer Announcer { get; }

        public ViewPublisher Publisher { get; }

        public ViewPublisher WithoutTopic { get; }

        public IReadOnlyList<Message> Told => Google.Topics.Published(Estate.ReadyTopic);

        public static async Task<Rig> StartAsync(TimeSpan ahead = default) => new(await GoogleSide.StartAsync(), ahead);

        /// <summary>A run whose tables the ledger calls proven.</summary>
        public async Task<PlannedRun> ProvenAsync(int hoursAgo, params (string View, long Rows)[] tables)
        {
            var run = await PlannedRun.CreateAsync(Google, Google.Clock.GetUtcNow().AddHours(-hoursAgo), tables);
            var open = (await run.LedgerAsync()).Where(r => r is { Event: LedgerEvent.Expected, ExpectedRows: > 0 });
            await Google.Ledger.AppendAsync(
                open.Select(r => r with { Event = LedgerEvent.Proven, TransferRun = $"{r.TransferConfig}/runs/1", LandedRows = r.ExpectedRows, Schema = null }), default);
            return run;
        }

        public async Task ChooseAsync(PlannedRun chosen)
        {
            Google.Clock.Advance(TimeSpan.FromSeconds(1));
            var run = RunReceipts.From(chosen.RunTime, await chosen.LedgerAsync());
            await Publisher.RepointAsync(run, await Publisher.ElsewhereAsync(run, default), default);
        }

        public async ValueTask DisposeAsync()
        {
            topic.Dispose();
            await Google.DisposeAsync();
        }
    }

    private sealed class Ahead(TimeProvider of, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => of.GetUtcNow() + by;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Slack;
using RdsBq.Local;
using RdsBq.Local.Slack;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

/// <summary>A judge as the function has one, over local clouds of its own.</summary>
internal sealed class Court : IAsyncDisposable
{
    private readonly SlackChannel channel;

    private Court(GoogleSide google, bool publishAll, bool castTypes, bool always, TimeProvider? time, ILogger? log)
    {
        Google = google;
        channel = google.Channel();
        var settings = GoogleSide.Settings(publishAll, castTypes);
        var publisher = new ViewPublisher(google.Client, google.Ledger, settings, google.Clock, NullLogger.Instance);
        Teller = new RunTeller(google.Ledger, new Teller(channel, always, TimeSpan.Zero, TimeProvider.System, log ?? NullLogger.Instance), settings);
        Judge = new RunJudge(google.Client, google.Ledger, google.Transfers, publisher, Teller, settings, time ?? google.Clock, NullLogger.Instance);
    }

    public GoogleSide Google { get; }

    public RunJudge Judge { get; }

    public RunTeller Teller { get; }

    /// <summary>The channel's messages, without those in threads.</summary>
    public IReadOnlyList<SlackMessage> Posts => [.. Google.Slack.Messages.Where(m => m.ThreadTs is null)];

    public IReadOnlyList<SlackMessage> Replies => [.. Google.Slack.Messages.Where(m => m.ThreadTs is not null)];

    /// <param name="time">The judge's clock; the local cloud's where none is given.</param>
    /// <param name="always">NOTIFY=always.</param>
    /// <param name="log">Of the teller.</param>
    public static async Task<Court> OpenAsync(bool publishAll = true, bool castTypes = true, bool always = false, TimeProvider? time = null, ILogger? log = null) =>
        new(await GoogleSide.StartAsync(), publishAll, castTypes, always, time, log);

    /// <summary>A run of an hour that is <paramref name="hoursAgo"/> hours gone.</summary>
    public Task<PlannedRun> PlanAsync(int hoursAgo, params (string View, long Rows)[] tables) =>
        PlannedRun.CreateAsync(Google, Google.Clock.GetUtcNow().AddHours(-hoursAgo), tables);

    public async Task<Judgement> TransferAndJudgeAsync(PlannedRun run, string view) =>
        await Judge.JudgeAsync(await run.TransferAsync(view), default);

    /// <summary>Rows that a reader of the view sees; null where there is no view.</summary>
    public async Task<string?> SeenAsync(string view)
    {
        if (await Google.Client.RowCountAsync(GoogleSide.Dataset, view, default) is null) return null;
        return (await Google.RowsAsync($"SELECT COUNT(*) AS n FROM `{Estate.Project}.{GoogleSide.Dataset}.{view}`"))[0];
    }

    /// <summary>How often views were replaced.</summary>
    public int Repointed(string view) => Google.Journal.Entries.Count(
        e => e is { Operation: "bigquery.jobs.query", Mutates: true } && e.Subject == $"{GoogleSide.Dataset}.{view}");

    public async ValueTask DisposeAsync()
    {
        Judge.Dispose();
        channel.Dispose();
        await Google.DisposeAsync();
    }
}

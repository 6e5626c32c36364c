using Microsoft.Extensions.Logging.Abstractions;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Runs;
using RdsBq.Cloud.Slack;
using RdsBq.Local;
using RdsBq.Tests.Clouds;

namespace RdsBq.Cloud.Tests.Runs;

/// <summary>A judge as the function has one, over local clouds of its own.</summary>
internal sealed class Court : IAsyncDisposable
{
    private readonly SlackPoster slack;

    private Court(GoogleSide google, bool publishAll, bool castTypes, TimeProvider? time)
    {
        Google = google;
        slack = new SlackPoster(
            Estate.SlackChannel, _ => Task.FromResult(google.Estate.SlackToken), google.Slack.Address.ToString(), google.Handler);
        var settings = GoogleSide.Settings(publishAll, castTypes);
        var publisher = new ViewPublisher(google.Client, google.Ledger, settings, google.Clock, NullLogger.Instance);
        Judge = new RunJudge(google.Client, google.Ledger, google.Transfers, publisher, slack, settings, time ?? google.Clock, NullLogger.Instance);
    }

    public GoogleSide Google { get; }

    public RunJudge Judge { get; }

    public IReadOnlyList<string> Posts => [.. Google.Slack.Messages.Select(m => m.Text)];

    /// <param name="time">The judge's clock; the local cloud's where none is given.</param>
    public static async Task<Court> OpenAsync(bool publishAll = true, bool castTypes = true, TimeProvider? time = null) =>
        new(await GoogleSide.StartAsync(), publishAll, castTypes, time);

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
        slack.Dispose();
        await Google.DisposeAsync();
    }
}

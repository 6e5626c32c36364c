using System.Globalization;
using Microsoft.Extensions.Logging;
using RdsBq.Core;
using RdsBq.Core.Alerts;
using RdsBq.Core.Diagnosis;
using SlackNet;

namespace RdsBq.Cloud.Slack;

/// <summary>
/// Makes a channel show what there is to say: looks, does what is missing, and looks again until nothing is. What lies in the channel is the state, so that a
/// fresh process, an event that is delivered again and two processes at once come to one message (<see cref="Telling"/>).
/// </summary>
/// <param name="always">NOTIFY=always: a success is told too.</param>
/// <param name="pause">Between two looks at one topic by this process: Slack allows some 50 calls of a method a minute.</param>
public sealed class Teller(SlackChannel channel, bool always, TimeSpan pause, TimeProvider time, ILogger log)
{
    /// <summary>How the line begins that says that nobody was told: what a log-based alert looks for, with severity ERROR.</summary>
    public const string NotTold = "Not told on Slack";

    /// <summary>Slack's own clock may be behind that of the run.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>Within the acknowledgement deadline that the deployment gives (600 s), with a count of values before it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>What one and the same story could not make right in so many looks, more won't: something else changes it, or Slack does not keep what it is given.</summary>
    private const int MostPasses = 8;
    private readonly Together together = new(pause, time);

    /// <summary>
    /// Tells it, or nothing where there is nothing to tell; returns at once where somebody waits already for a look that has yet to begin. A lasting refusal of Slack's is logged and is the end of it: nobody gains by trying again.
    /// </summary>
    /// <param name="since">When the topic began: no message of it is older.</param>
    /// <param name="story">Asked before each look, so that the last of several tellers tells the newest.</param>
    /// <exception cref="SlackUnavailableException">Slack did not take it for as long as there is to wait: try again later.</exception>
    public Task TellAsync(Topic topic, DateTimeOffset since, Func<CancellationToken, Task<Story?>> story, CancellationToken token) => together.RunAsync(
        topic.Key, () => ConvergeAsync(async (known, ct) =>
        {
            var now = await story(ct);
            return now is not null && Telling.IsWorthALook(now, always) ? (now, since) : null;
        })).WaitAsync(token);

    /// <summary>Turns the open message of a topic green, if there is one.</summary>
    /// <param name="since">Where to begin to look for it.</param>
    /// <param name="mended">Given the time when it was first told.</param>
    /// <exception cref="SlackUnavailableException">As <see cref="TellAsync"/>.</exception>
    public Task CloseAsync(Topic topic, DateTimeOffset since, Func<DateTimeOffset, Story> mended, CancellationToken token) => together.RunAsync(
        topic.Key, () => ConvergeAsync(async (known, ct) =>
        {
            var open = Telling.Find(topic, known.In(await channel.MessagesAsync(since - Before, ct)));
            return open is null ? null : (mended(Instant(open.Ts)), since);
        })).WaitAsync(token);

    private async Task ConvergeAsync(Func<Known, CancellationToken, Task<(Story Story, DateTimeOffset Since)?>> what)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        var known = new Known();
        (Story? story, Exception? last) = (null, null);
        for (var (passes, failures) = (0, 0); passes < MostPasses;)
        {
            try
            {
                if (await what(known, limit.Token) is not { } telling) return;
                var same = story is not null && Words(story) == Words(telling.Story);
                story = telling.Story;
                if (await PassAsync(story, telling.Since, known, limit.Token)) return;
                (passes, failures) = (same ? passes + 1 : 1, 0);
            }
            catch (Exception e) when (limit.IsCancellationRequested && e is OperationCanceledException)
            {
                log.LogError(NotTold + ": Slack has not answered for {Limit}. {Story}", Limit, Words(story));
                throw new SlackUnavailableException(last ?? e);
            }
            catch (Exception e) when (Passes(e))
            {
                last = e;
                log.LogWarning("Slack did not take a call ({Why}); looking again.", Why(e));
                await WaitAsync(e, failures++, limit.Token);
            }
            catch (Exception e) when (e is SlackException or StopException)
            {
                var (why, mend) = e is StopException stop ? (stop.Message, stop.Mend) : Explained((SlackException)e);
                log.LogError(NotTold + ": {Why} What to do: {Mend} {Story}", why, mend, Words(story));
                return;
            }
        }
        log.LogWarning("The channel does not come to show what it should: {Story}", Words(story));
    }

    /// <returns>True when nothing was missing.</returns>
    private async Task<bool> PassAsync(Story story, DateTimeOffset since, Known known, CancellationToken token)
    {
        var seen = known.In(await channel.MessagesAsync(since - Before, token));
        var own = Telling.Find(story.Topic, seen);
        IReadOnlyList<SeenReply> replies = own is null || story.Details.Count == 0 ? [] : await channel.RepliesAsync(own.Ts, token);
        var fingerprint = SlackText.Fingerprint(StoryMessage.TextOf(story) + string.Concat(story.Links.Select(l => l.Url)));
        var steps = Telling.Decide(story, fingerprint, seen, [.. replies.Where(r => !known.Gone.Contains(r.Ts))]);
        foreach (var step in steps) await DoAsync(step, story, fingerprint, known, token);
        return steps.Count == 0;
    }

    private async Task DoAsync(TellingStep step, Story story, string fingerprint, Known known, CancellationToken token)
    {
        var ts = step switch { TellingStep.Update u => u.Ts, TellingStep.Delete d => d.Ts, _ => null };
        try
        {
            await (step switch
            {
                TellingStep.Post => PostAsync(story, fingerprint, known, token),
                TellingStep.Update => channel.UpdateAsync(ts!, story, fingerprint, token),
                TellingStep.Delete => channel.DeleteAsync(ts!, token),
                TellingStep.Reply reply => channel.ReplyAsync(reply.ParentTs, story, reply.Detail, token),
                _ => throw new InvalidOperationException($"No such step: {step}"),
            });
        }
        catch (SlackException e) when (ts is not null && IsNotOurs(e.ErrorCode))
        {
            // Deleted by a person, of another app with our name, or older than the workspace lets messages be edited: as if it were not there.
            known.Gone.Add(ts);
        }
    }

    private async Task PostAsync(Story story, string fingerprint, Known known, CancellationToken token) =>
        known.Posted.Add(new SeenMessage(await channel.PostAsync(story, fingerprint, token), story.Topic.Key, story.Tone, fingerprint));

    private static bool IsNotOurs(string code) => code is "message_not_found" or "cant_update_message" or "cant_delete_message" or "edit_window_closed" or "tombstone";

    private static bool Passes(Exception e) => e switch
    {
        SlackRateLimitException or HttpRequestException or OperationCanceledException => true,
        SlackException slack => slack.ErrorCode is "message_not_found" or "thread_not_found" || Diagnoses.OfSlack(slack.ErrorCode) is { Passes: true },
        StopException stop => stop.ExitCode == StopException.TryAgain,
        _ => false,
    };

    private async Task WaitAsync(Exception e, int failures, CancellationToken limit)
    {
        var wait = e is SlackRateLimitException { RetryAfter: var asked } ? asked ?? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(200 * Math.Pow(2, Math.Min(failures, 10)));
        if (e is not SlackRateLimitException && wait > LongestWait) wait = LongestWait;
        // The end of the limit is noticed by the next call.
        await Task.Delay(wait, time, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Why(Exception e) => e switch
    {
        SlackException slack => slack.ErrorCode,
        SlackRateLimitException => "rate limit",
        OperationCanceledException => "no answer",
        _ => e.GetType().Name,
    };

    private static (string Why, string Mend) Explained(SlackException e) => Diagnoses.OfSlack(e.ErrorCode) is { } finding
        ? ($"{finding.Cause} [{e.ErrorCode}]", finding.Mend)
        : ($"Slack answers {e.ErrorCode}{(e.ErrorMessages.Count == 0 ? "" : $" ({string.Join("; ", e.ErrorMessages.Take(3))})")}.", "Look the word up at https://docs.slack.dev/reference/methods/chat.postMessage#errors.");

    /// <summary>What this telling knows better than the channel's history, which may be late.</summary>
    private sealed class Known
    {
        public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

        public List<SeenMessage> Posted { get; } = [];

        public IReadOnlyList<SeenMessage> In(IReadOnlyList<SeenMessage> history) =>
            [.. history.Concat(Posted.Where(p => !history.Any(m => m.Ts == p.Ts))).Where(m => !Gone.Contains(m.Ts))];
    }

    private static string Words(Story? story) => story is null ? "" : SlackText.Plain(story);

    private static DateTimeOffset Instant(string ts) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(ts.Split('.')[0], CultureInfo.InvariantCulture));
}

/// <summary>Slack did not take a message for longer than there is to wait. It may later.</summary>
public sealed class SlackUnavailableException(Exception cause) : Exception("Slack can't be told now: " + cause.Message, cause);

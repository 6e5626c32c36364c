namespace RdsBq.Core.Alerts;

/// <summary>A message of ours as the channel's history has it.</summary>
/// <param name="Ts">Slack's id of it in its channel: seconds since 1970, and a counter. Messages sort by it.</param>
/// <param name="Fingerprint">Of the story that it tells.</param>
public sealed record SeenMessage(string Ts, string Topic, Tone Tone, string Fingerprint);

/// <summary>A reply of ours in a message's thread.</summary>
/// <param name="Key">Of the <see cref="ThreadDetail"/> that it tells.</param>
public sealed record SeenReply(string Ts, string Key);

/// <summary>One call that brings the channel closer to what it should show.</summary>
public abstract record TellingStep
{
    public sealed record Post : TellingStep;

    public sealed record Update(string Ts) : TellingStep;

    /// <summary>Two told the same at once: the earlier stays.</summary>
    public sealed record Delete(string Ts) : TellingStep;

    public sealed record Reply(string ParentTs, ThreadDetail Detail) : TellingStep;
}

/// <summary>
/// What is missing between a story and a channel. Slack has no idempotency key: whoever has posted looks again, and of two that posted at once the earlier
/// message stays. So it converges, whoever runs it, how often, and wherever it was killed.
/// </summary>
public static class Telling
{
    /// <summary>Whether there may be a message, so that the channel is worth a look: a run that has gone well costs no call.</summary>
    /// <param name="always">NOTIFY=always: a success is told too.</param>
    public static bool IsWorthALook(Story story, bool always) => story.Tone != Tone.Success || always;

    /// <summary>The message that the story belongs to, if it is there.</summary>
    /// <param name="seen">Messages of any topic, in any order.</param>
    public static SeenMessage? Find(Topic topic, IEnumerable<SeenMessage> seen) => Own(topic, seen).FirstOrDefault();

    /// <param name="replies">In the thread of the message that <see cref="Find"/> names.</param>
    public static IReadOnlyList<TellingStep> Decide(Story story, string fingerprint, IReadOnlyList<SeenMessage> seen, IReadOnlyList<SeenReply> replies)
    {
        var own = Own(story.Topic, seen).ToList();
        // What was mended before anybody was told of it is no news.
        if (own.Count == 0) return story.Tone == Tone.Mended ? [] : [new TellingStep.Post()];
        var steps = own.Skip(1).Select(m => new TellingStep.Delete(m.Ts)).ToList<TellingStep>();
        if (own[0].Fingerprint != fingerprint) steps.Add(new TellingStep.Update(own[0].Ts));
        var told = replies.OrderBy(r => r.Ts, StringComparer.Ordinal).GroupBy(r => r.Key, StringComparer.Ordinal).ToList();
        steps.AddRange(told.SelectMany(g => g.Skip(1)).Select(r => new TellingStep.Delete(r.Ts)));
        steps.AddRange(story.Details.Where(d => !told.Exists(g => g.Key == d.Key)).Select(d => new TellingStep.Reply(own[0].Ts, d)));
        return steps;
    }

    private static IEnumerable<SeenMessage> Own(Topic topic, IEnumerable<SeenMessage> seen) =>
        seen.Where(m => m.Topic == topic.Key && (topic.Lasts || m.Tone == Tone.Problem)).OrderBy(m => m.Ts, StringComparer.Ordinal);
}

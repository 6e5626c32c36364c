namespace RdsBq.Core.Checks;

/// <summary>A subscription of the notification topic.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Endpoint">Where it pushes to; null for one to be pulled.</param>
/// <param name="Account">As whom it pushes; null where pushes carry no identity.</param>
/// <param name="DeadLetters">The topic for what could not be delivered; null for none.</param>
/// <param name="Detached">It receives nothing any more.</param>
public sealed record SubscriptionSeen(string Name, Uri? Endpoint, string? Account, TimeSpan AckDeadline, string? DeadLetters, bool Detached);

/// <summary>
/// Whether somebody is pushed what the topic is told. Which of several subscriptions is the function's is not known: one that fits is enough.
/// </summary>
public static class SubscriptionJudge
{
    /// <summary>A judgement takes some queries and a message; less means deliveries of what is still being judged.</summary>
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(60);

    /// <param name="hidden">Names of those that could not be looked at.</param>
    public static Answer Judge(string topic, IReadOnlyList<SubscriptionSeen> seen, IReadOnlyList<string> hidden, GoogleCommands commands)
    {
        if (seen.FirstOrDefault(s => Problem(s) is null) is { } good) return Answer.Ok(Words(good));
        if (hidden.Count > 0)
        {
            return Answer.NotChecked(
                $"{topic} has {string.Join(", ", hidden.Take(3))}: to look takes pubsub.subscriptions.get",
                $"Give it: {commands.GrantOnSubscription(hidden[0], "roles/pubsub.viewer")}");
        }
        if (seen.FirstOrDefault(s => s is { Endpoint: not null, Detached: false }) is { } push) return Answer.NotOk($"{push.Name} {Problem(push)}", Mend(push));
        var what = seen.Count == 0 ? "has no subscription" : $"has no push subscription, only {string.Join(", ", seen.Take(3).Select(s => s.Detached ? $"{s.Name} (detached)" : $"{s.Name} (to be pulled)"))}";
        return Answer.NotOk($"{topic} {what}: the function hears of no transfer run", $"infra/gcp/bootstrap.sh makes it; by hand: {Make(topic, commands)}");
    }

    private static string? Problem(SubscriptionSeen seen) => seen switch
    {
        { Endpoint: null } => "is to be pulled",
        { Detached: true } => "is detached",
        { Account: null } => "pushes without an identity, which a function that is not public refuses",
        _ when seen.AckDeadline < ShortestDeadline => $"waits {seen.AckDeadline.TotalSeconds:0} s for an answer, then delivers again what is still being judged",
        _ => null,
    };

    private static string Words(SubscriptionSeen good)
    {
        var dead = good.DeadLetters is null ? "no dead letter topic" : $"dead letters go to {good.DeadLetters}";
        return $"{good.Name} pushes to {good.Endpoint!.GetLeftPart(UriPartial.Path)} as {good.Account}, waits {good.AckDeadline.TotalSeconds:0} s, {dead}";
    }

    private static string Mend(SubscriptionSeen push) => push.Account is null
        ? $"Name the account that may call the function: gcloud pubsub subscriptions update {push.Name} --push-endpoint={push.Endpoint} --push-auth-service-account=THE_PUSH_ACCOUNT --ack-deadline=600"
        : $"Let it wait for the function: gcloud pubsub subscriptions update {push.Name} --ack-deadline=600";

    private static string Make(string topic, GoogleCommands commands) =>
        $"gcloud pubsub subscriptions create rdsbq-notify --project={commands.Project} --topic={topic} --push-endpoint=THE_FUNCTIONS_URL --push-auth-service-account=THE_PUSH_ACCOUNT --ack-deadline=600 --expiration-period=never";
}

namespace RdsBq.Core.Checks;

/// <summary>A member that a policy gives a role.</summary>
/// <param name="Conditional">Only where a condition holds, which can't be judged here.</param>
public sealed record PolicyMember(string Role, string Member, bool Conditional);

/// <summary>Whether transfer runs can report their end.</summary>
public static class TopicJudge
{
    /// <summary>What the creator of a transfer config must hold on the topic that the config names.</summary>
    public static IReadOnlyList<string> CreatorRights { get; } = ["pubsub.topics.get", "pubsub.topics.getIamPolicy", "pubsub.topics.setIamPolicy"];

    public const string Publish = "pubsub.topics.publish";

    private const string Publisher = "roles/pubsub.publisher";
    private const string AgentDomain = "@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com";
    private static readonly HashSet<string> Publishing = [Publisher, "roles/pubsub.editor", "roles/pubsub.admin", "roles/editor", "roles/owner"];

    /// <param name="held">Of the rights asked for.</param>
    public static Answer Rights(string topic, IReadOnlyList<string> asked, IReadOnlyList<string> held, string role, GoogleCommands commands)
    {
        var missing = asked.Except(held).ToList();
        return missing.Count == 0
            ? Answer.Ok($"{topic}: this service account holds {string.Join(", ", asked)}")
            : Answer.NotOk($"{topic}: this service account lacks {string.Join(", ", missing)}", $"Give it: {commands.GrantOnTopic(topic, role)}");
    }

    /// <param name="number">The project's number; null where it is not known: then any project's agent will do.</param>
    public static Answer Agent(string topic, string? number, IReadOnlyList<PolicyMember> policy, GoogleCommands commands)
    {
        var ours = policy.Where(p => IsAgent(p.Member, number)).ToList();
        if (ours.Exists(p => Publishing.Contains(p.Role) && !p.Conditional)) return Answer.Ok($"the transfer service's agent may publish on {topic}");
        if (ours.Count > 0)
        {
            return Answer.NotChecked(
                $"the transfer service's agent holds {string.Join(", ", ours.Select(p => p.Conditional ? $"{p.Role} under a condition" : p.Role).Distinct())} on {topic}: whether it may publish can't be seen",
                $"To be sure: {Grant(topic, number, commands)}");
        }
        return Answer.NotOk(
            $"the policy of {topic} does not let the transfer service's agent publish: no end of a transfer run would be heard of",
            $"Bind it: {Grant(topic, number, commands)}");
    }

    private static bool IsAgent(string member, string? number) => number is null
        ? member.StartsWith("serviceAccount:service-", StringComparison.Ordinal) && member.EndsWith(AgentDomain, StringComparison.Ordinal)
        : member == $"serviceAccount:service-{number}{AgentDomain}";

    private static string Grant(string topic, string? number, GoogleCommands commands)
    {
        var known = number ?? $"$(gcloud projects describe {commands.Project} --format='value(projectNumber)')";
        return commands.GrantOnTopic(topic, Publisher, $"serviceAccount:service-{known}{AgentDomain}");
    }
}

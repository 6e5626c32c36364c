using System.Text.RegularExpressions;

namespace RdsBq.Core.Settings;

/// <summary>A Pub/Sub topic by its full name. https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names</summary>
public static partial class TopicName
{
    public const string Expected = "projects/<project>/topics/<topic>";

    public static bool IsValid(string value) => Form().IsMatch(value);

    [GeneratedRegex(@"^projects/[a-z0-9][a-z0-9:.-]{4,62}/topics/[A-Za-z][\w.~+%-]{2,254}\z")]
    private static partial Regex Form();
}

namespace RdsBq.Core.Alerts;

public enum Tone
{
    /// <summary>Somebody has to do something.</summary>
    Problem,

    /// <summary>Worth knowing; nothing needs mending.</summary>
    Notice,

    /// <summary>There was a problem, and it is over.</summary>
    Mended,

    /// <summary>All is well, and somebody wants to hear of it (NOTIFY=always).</summary>
    Success,
}

/// <summary>
/// What people should see of one topic now, in plain text: made of facts that are written down, so that everybody who tells it says the same.
/// The Slack adapter escapes and cuts. None of it ever carries params, keys or tokens.
/// </summary>
public sealed record Story(Topic Topic, Tone Tone, string Title, string Summary)
{
    public IReadOnlyList<(string Label, string Value)> Facts { get; init; } = [];

    /// <summary>The worst first, as many as are named, and how many more there are.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    public IReadOnlyList<Advice> Advice { get; init; } = [];

    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>What goes to the message's thread, each once.</summary>
    public IReadOnlyList<ThreadDetail> Details { get; init; } = [];
}

/// <param name="Command">To paste; null for none.</param>
/// <param name="Page">Where to look it up or mend it; null for none.</param>
public sealed record Advice(string? Cause, string Mend, string? Command = null, string? Page = null);

public sealed record Link(string Text, string Url);

/// <param name="Key">By it a detail that is told already is known.</param>
public sealed record ThreadDetail(string Key, string Title, string Text);

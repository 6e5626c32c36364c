namespace RdsBq.Core.Alerts;

/// <summary>What a person is told, in plain text; the Slack adapter escapes and cuts.</summary>
/// <param name="Detail">Lines of a log or the like; null for none.</param>
/// <param name="Command">What to run to mend it; null for none.</param>
public sealed record Alert(string Title, string Summary, IReadOnlyList<(string Label, string Value)> Facts,
    string? Detail, string? Command);

using RdsBq.Core.Checks;

namespace RdsBq.Export.Checking;

/// <summary>One line of <c>doctor</c>. It looks and changes nothing.</summary>
/// <param name="Name">Unique among all checks, such as <c>aws role</c>: what comes first is where it is.</param>
/// <param name="Needs">The check without which this one can say nothing; null for none. It stands earlier in the list.</param>
/// <param name="LookAsync">May throw what the job's clients throw.</param>
internal sealed record Check(string Name, string? Needs, Func<CancellationToken, Task<Answer>> LookAsync);

/// <summary>A check and what it came to.</summary>
internal sealed record Checked(string Name, Answer Answer);

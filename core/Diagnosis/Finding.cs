namespace RdsBq.Core.Diagnosis;

/// <summary>What a failure means and what to do about it.</summary>
/// <param name="Id">Stable, kebab-case; tables that failed for one cause are grouped by it.</param>
/// <param name="Cause">Plain words, one sentence or two, for somebody who was woken up.</param>
/// <param name="Mend">What to do, plain words.</param>
/// <param name="Command">To paste; settings are shell variables, e.g. <c>aws kms describe-key --key-id "$KMS_KEY_ID"</c>; null for none.</param>
/// <param name="Page">Console or documentation page; null for none.</param>
/// <param name="Passes">It may pass by itself: trying again is the mend.</param>
public sealed record Finding(string Id, string Cause, string Mend, string? Command = null, string? Page = null, bool Passes = false);

using RdsBq.Core.Runs;

namespace RdsBq.Core.Alerts;

/// <summary>What one message is about. It is written into the message's metadata, and found again by it.</summary>
/// <param name="Key">Unique within a dataset.</param>
/// <param name="Lasts">One message for good, as a run has; otherwise trouble that comes back after it was mended is told in a message of its own.</param>
public sealed record Topic(string Key, bool Lasts)
{
    /// <summary>What keeps <c>export</c> from starting an export, and so has no run.</summary>
    public static readonly Topic Export = new("export", Lasts: false);

    public static Topic Of(RunTime runTime) => new($"run {runTime}", Lasts: true);
}

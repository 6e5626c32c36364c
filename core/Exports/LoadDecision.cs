using RdsBq.Core.Runs;

namespace RdsBq.Core.Exports;

/// <summary>What <c>load</c> does about a run that is not planned yet.</summary>
public abstract record LoadDecision
{
    public sealed record Nothing(string Reason) : LoadDecision;

    /// <param name="Until">When it is worth looking again.</param>
    public sealed record Wait(string Reason, DateTimeOffset Until) : LoadDecision;

    public sealed record Land(RunTime RunTime, ExportTask Task) : LoadDecision;
}

namespace RdsBq.Export.Loading;

/// <summary>What one tick of <c>load</c> came to.</summary>
/// <param name="Finished">Nothing is under way any more: the newest run is published, or a person is needed.</param>
/// <param name="Line">Where things stand, for a person.</param>
/// <param name="ExitCode">0, or 1 when the run needs a person.</param>
internal sealed record LoadResult(bool Finished, string Line, int ExitCode = 0);

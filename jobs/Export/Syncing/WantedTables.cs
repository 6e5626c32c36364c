using RdsBq.Core.Tables;

namespace RdsBq.Export.Syncing;

/// <summary>The tables that the list means.</summary>
/// <param name="From">The id of the export whose manifest told them; null where the list's own names had to do.</param>
/// <param name="Warnings">What is odd about the list, and what can't be brought over at all.</param>
internal sealed record WantedTables(IReadOnlyList<Target> Targets, string? From, IReadOnlyList<string> Warnings);

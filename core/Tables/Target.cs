namespace RdsBq.Core.Tables;

/// <summary>A table to bring over.</summary>
/// <param name="View">The published view's name, and what its landing tables' names begin with.</param>
public sealed record Target(SourceTable Table, string View);

/// <param name="Unmatched">The lines of the list that match no table, each with file and line.</param>
public sealed record Selection(IReadOnlyList<Target> Targets, IReadOnlyList<string> Unmatched);

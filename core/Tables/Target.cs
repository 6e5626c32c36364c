namespace RdsBq.Core.Tables;

/// <summary>A table to bring over.</summary>
/// <param name="View">The published view's name, and what its landing tables' names begin with.</param>
public sealed record Target(SourceTable Table, string View);

/// <summary>A line that matches no table.</summary>
/// <param name="Line">The line with its file and number, in words.</param>
/// <param name="Nearest">The table that was perhaps meant; null where none is near.</param>
/// <param name="Name">Null for a glob.</param>
public sealed record UnmatchedLine(string Line, string? Nearest, ExactName? Name)
{
    public string Suggestion => Nearest is null ? "" : $"did you mean {Nearest}?";

    public override string ToString() => Nearest is null ? Line : $"{Line}; {Suggestion}";
}

/// <param name="Unmatched">Lines that ask for tables of which there are none.</param>
/// <param name="IdleExcludes">Lines that leave out what is not there, in words: harmless, but perhaps a typing error.</param>
public sealed record Selection(IReadOnlyList<Target> Targets, IReadOnlyList<UnmatchedLine> Unmatched, IReadOnlyList<string> IdleExcludes);

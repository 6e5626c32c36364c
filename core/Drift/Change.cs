namespace RdsBq.Core.Drift;

/// <summary>What can happen to a table between two runs, worst for its readers first.</summary>
public enum ChangeKind
{
    /// <summary>The export no longer has it: dropped or renamed at the source.</summary>
    Dropped,

    /// <summary>It had rows, and has none.</summary>
    Emptied,

    /// <summary>Its view is gone, the grace being over.</summary>
    Withdrawn,

    /// <summary>The source has it, the list of target tables no longer does.</summary>
    Unlisted,
    ColumnDropped,
    TypeChanged,

    /// <summary>One column gone and one new, in the same place and of the same type: which of the two it was can't be seen.</summary>
    ColumnRenamed,
    ViewRenamed,

    /// <summary>NOT NULL has come or gone.</summary>
    Nullability,

    /// <summary>Every value that there could be still fits.</summary>
    TypeWidened,
    ColumnAdded,

    /// <summary>Known from an earlier run, but not from the one before this.</summary>
    Returned,
    Added,
}

public sealed record Change(ChangeKind Kind, string Words);

/// <summary>All that differs about one table since the run before.</summary>
/// <param name="Table">The source table, <c>db.schema.table</c>.</param>
/// <param name="Changes">At least one.</param>
public sealed record TableChange(string Table, IReadOnlyList<Change> Changes)
{
    public ChangeKind Worst => Changes.Min(c => c.Kind);

    /// <summary>All changes in one line, the worst first.</summary>
    public string Words => string.Join("; ", Changes.OrderBy(c => c.Kind).Select(c => c.Words));
}

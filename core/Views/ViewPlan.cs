using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <summary>What people have written on a view, to be carried over when it is replaced.</summary>
/// <param name="ColumnDescriptions">By column name, as BigQuery reads names: without regard to case.</param>
public sealed record ViewNotes(string? Description, IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> ColumnDescriptions)
{
    // Before None, which takes it.
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoTags = new Dictionary<string, IReadOnlyList<string>>();

    public static readonly ViewNotes None = new(null, new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>What the console shows in place of the name; null for none.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Resource names of policy tags, by column name without regard to case.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> PolicyTags { get; init; } = NoTags;

    /// <summary>The columns with notes that are not among these.</summary>
    public IEnumerable<string> WithoutColumn(IReadOnlyList<Column> columns) => ColumnDescriptions.Keys.Concat(PolicyTags.Keys)
        .Except(columns.Select(c => c.Name), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A view over one run's landing table.</summary>
/// <param name="Columns">Of the landing table, in order.</param>
/// <param name="CastTypes">Columns are cast as <see cref="Casts"/> says, not shown as they landed.</param>
public sealed record ViewPlan(
    string Project, string Dataset, string View, string LandingDataset, string LandingTable, IReadOnlyList<Column> Columns,
    ViewNotes Notes, bool CastTypes = true);

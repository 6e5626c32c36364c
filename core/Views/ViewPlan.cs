using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <summary>What people have written on a view, to be carried over when it is replaced.</summary>
/// <param name="ColumnDescriptions">By column name, as BigQuery reads names: without regard to case.</param>
public sealed record ViewNotes(string? Description, IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> ColumnDescriptions)
{
    public static readonly ViewNotes None = new(null, new Dictionary<string, string>(), new Dictionary<string, string>());
}

/// <summary>A view over one run's landing table.</summary>
/// <param name="Columns">Of the landing table, in order.</param>
/// <param name="CastTypes">Columns are cast as <see cref="Casts"/> says, not shown as they landed.</param>
public sealed record ViewPlan(
    string Project, string Dataset, string View, string LandingDataset, string LandingTable, IReadOnlyList<Column> Columns,
    ViewNotes Notes, bool CastTypes = true);

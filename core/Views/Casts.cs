using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

/// <summary>How a published view shows a column that RDS exported as text.</summary>
/// <param name="Type">The GoogleSQL type of the result.</param>
/// <param name="Expression">Over the column's quoted name; NULL where a value can't be read, never an error.</param>
public sealed record Cast(string Type, string Expression);

/// <summary>The source's types and the expressions that bring them back.</summary>
public static class Casts
{
    /// <summary>Null for a column that is shown as it landed.</summary>
    public static Cast? Of(Column column) => (column.Type, column.OriginalType) switch
    {
        ("STRING", "date") => new Cast("DATE", $"SAFE_CAST({GoogleSql.Name(column.Name)} AS DATE)"),
        _ => null,
    };
}

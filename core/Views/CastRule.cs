namespace RdsBq.Core.Views;

/// <summary>How a published view shows a column that RDS exported as text.</summary>
/// <param name="Type">The GoogleSQL type of the result.</param>
/// <param name="Expression">Over the column's quoted name; NULL where a value can't be read, never an error.</param>
public sealed record Cast(string Type, string Expression);

/// <summary>One row of <see cref="Casts.Table"/>.</summary>
/// <param name="Type">The GoogleSQL type in the view; null: the column is shown as it landed.</param>
/// <param name="Expression">Takes the column's quoted name, and uses it once: it may be long.</param>
/// <param name="Why">What it loses, or why it is not simpler.</param>
/// <param name="Names">The source types that it is for (<see cref="SourceType.Name"/>).</param>
public sealed record CastRule(string? Type, Func<string, string> Expression, string Why, params IReadOnlyList<string> Names)
{
    /// <summary>The landing type that the expression reads; a column that landed as another is shown as it landed.</summary>
    public string Landing { get; init; } = "STRING";

    /// <summary>A further condition.</summary>
    public Func<SourceType, bool> When { get; init; } = _ => true;
}

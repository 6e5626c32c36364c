using RdsBq.Core.Tables;

namespace RdsBq.Core.Views;

public static class ViewSql
{
    /// <summary>yyyymmddHHMM at the end of a landing table's name.</summary>
    private const int StampLength = 12;

    // https://cloud.google.com/bigquery/quotas#view_limits
    private const int LongestQuery = 256_000;

    /// <summary>
    /// One statement, and so one metadata update: it replaces the view and says again what CREATE OR REPLACE would drop (descriptions and
    /// labels). Columns are explicit, because a view keeps the schema that it was created with. A table too wide for its casts is shown as
    /// it landed.
    /// </summary>
    public static string CreateOrReplace(ViewPlan plan)
    {
        var declared = string.Join(",\n  ", plan.Columns.Select(c => Declare(c, plan.Notes)));
        var query = Query(plan, IsCast(plan));
        return $"""
            CREATE OR REPLACE VIEW {GoogleSql.Table(plan.Project, plan.Dataset, plan.View)} (
              {declared}
            ){Options(plan.Notes)} AS
            {query}
            """;
    }

    /// <summary>Whether the view casts: asked to, and the text is within BigQuery's limit for a view.</summary>
    public static bool IsCast(ViewPlan plan) => plan.CastTypes && Query(plan, cast: true).Length <= LongestQuery;

    /// <summary>The landing table that a view shows, by the form that views are made in here; null for SQL of someone else's.</summary>
    public static string? LandingTableOf(string query, string project, string landingDataset, string view)
    {
        var from = $"FROM {GoogleSql.Table(project, landingDataset, view)}"[..^1] + "_";
        var start = query.LastIndexOf(from, StringComparison.Ordinal);
        if (start < 0) return null;
        var stamp = query[(start + from.Length)..].TrimEnd();
        return stamp.Length == StampLength + 1 && stamp[^1] == '`' && stamp[..^1].All(char.IsAsciiDigit) ? $"{view}_{stamp[..^1]}" : null;
    }

    private static string Query(ViewPlan plan, bool cast) => $"""
        SELECT
          {string.Join(",\n  ", plan.Columns.Select(c => Expression(c, cast)))}
        FROM {GoogleSql.Table(plan.Project, plan.LandingDataset, plan.LandingTable)}
        """;

    private static string Declare(Column column, ViewNotes notes)
    {
        var description = notes.ColumnDescriptions
            .FirstOrDefault(d => string.Equals(d.Key, column.Name, StringComparison.OrdinalIgnoreCase)).Value;
        var name = GoogleSql.Name(column.Name);
        return string.IsNullOrEmpty(description) ? name : $"{name} OPTIONS(description={GoogleSql.Text(description)})";
    }

    private static string Expression(Column column, bool cast) =>
        cast && Casts.Of(column) is { } c ? $"{c.Expression} AS {GoogleSql.Name(column.Name)}" : GoogleSql.Name(column.Name);

    private static string Options(ViewNotes notes)
    {
        var options = new List<string>();
        if (!string.IsNullOrEmpty(notes.Description)) options.Add($"description={GoogleSql.Text(notes.Description)}");
        if (!string.IsNullOrEmpty(notes.FriendlyName)) options.Add($"friendly_name={GoogleSql.Text(notes.FriendlyName)}");
        if (notes.Labels.Count > 0)
        {
            var labels = notes.Labels.OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => $"({GoogleSql.Text(l.Key)}, {GoogleSql.Text(l.Value)})");
            options.Add($"labels=[{string.Join(", ", labels)}]");
        }
        return options.Count == 0 ? "" : $" OPTIONS({string.Join(", ", options)})";
    }
}

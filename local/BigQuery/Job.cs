using System.Text.Json.Nodes;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery;

/// <summary>A finished job: here every job is done when its insert returns.</summary>
internal sealed record Job(string Id, JsonObject Configuration, DateTimeOffset At)
{
    public string StatementType { get; init; } = "SELECT";

    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>DuckDB's table of result rows (columns c0, c1 …); null where the statement has none or they are no longer kept.</summary>
    public string? ResultTable { get; init; }

    public long TotalRows { get; init; }

    public long? Affected { get; init; }

    /// <summary>CREATE, REPLACE, SKIP or DROP.</summary>
    public string? DdlOperation { get; init; }

    public (string Dataset, string Id)? Target { get; init; }

    public bool DryRun { get; init; }

    public BigQueryException? Error { get; init; }
}

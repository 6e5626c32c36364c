namespace RdsBq.Local.Rds;

/// <summary>A database server whose snapshots can be exported.</summary>
/// <param name="Engine">As the API spells it, e.g. <c>aurora-postgresql</c>, <c>mysql</c>.</param>
/// <param name="IsCluster">An Aurora or Multi-AZ cluster: its snapshots are cluster snapshots.</param>
public sealed record RdsSource(string Id, string Engine, bool IsCluster, IReadOnlyList<string> Databases)
{
    public static IReadOnlyList<RdsSource> Defaults { get; } =
        [new("shop", "aurora-postgresql", true, ["shop"]), new("shop-mysql", "mysql", false, ["shop"])];

    public bool IsPostgres => Engine.Contains("postgres", StringComparison.Ordinal);

    public string Arn => RdsArn.Of(IsCluster ? "cluster" : "db", Id);

    public string EngineVersion => IsPostgres ? "16.4" : "8.0.39";
}

/// <summary>ARNs of RDS: the id is the seventh part and may hold colons (<c>rds:shop-2026-…</c>).</summary>
internal static class RdsArn
{
    public static string Of(string type, string id) => $"arn:aws:rds:{Estate.Region}:{Estate.Account}:{type}:{id}";

    /// <summary>Type and id, or null where the text is no RDS ARN of this account and region.</summary>
    public static (string Type, string Id)? Parse(string arn) =>
        arn.Split(':', 7) is ["arn", "aws", "rds", Estate.Region, Estate.Account, { Length: > 0 } type, { Length: > 0 } id] ? (type, id)
            : null;

    /// <summary>The id where an id or an ARN may be given.</summary>
    public static string Id(string idOrArn) => Parse(idOrArn)?.Id ?? idOrArn;
}

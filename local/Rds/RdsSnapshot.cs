namespace RdsBq.Local.Rds;

/// <summary>A DB snapshot or DB cluster snapshot: <c>creating</c> until <see cref="AvailableAt"/> (null: for ever).</summary>
/// <param name="Number">The how-many-eth snapshot of its source, from 1.</param>
/// <param name="Rank">Its place in listings, which are in no useful order.</param>
public sealed record RdsSnapshot(
    string Id, RdsSource Source, int Number, bool Automated, DateTimeOffset CreateTime, DateTimeOffset? AvailableAt, long Rank)
{
    public string Arn => RdsArn.Of(Source.IsCluster ? "cluster-snapshot" : "snapshot", Id);

    public string Type => Automated ? "automated" : "manual";

    public bool IsAvailable(DateTimeOffset now) => AvailableAt <= now;

    public string Status(DateTimeOffset now) => IsAvailable(now) ? "available" : "creating";

    public int Percent(DateTimeOffset now)
    {
        if (AvailableAt is not { } ready) return 0;
        return now >= ready ? 100 : (int)Math.Clamp((now - CreateTime) / (ready - CreateTime) * 100, 0, 99);
    }
}

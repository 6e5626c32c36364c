using RdsBq.Core.Exports;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Exports;

/// <summary>Short words for the tables of the tests.</summary>
internal static class Make
{
    public const string Bucket = "exports";
    public const string Prefix = "rds";

    public static readonly DateTimeOffset Now = new(2026, 4, 1, 17, 5, 30, TimeSpan.Zero);

    public static ExportPolicy Policy(string template = "e-{run_time|\"%Y%m%d-%H%M\"}", string type = "automated") =>
        new(RunTimeTemplate.Parse(template), new ExportPlace(Bucket, Prefix), type, "prod-db");

    public static string Arn(string snapshot) => $"arn:aws:rds:ap-northeast-1:123456789012:cluster-snapshot:{snapshot}";

    public static Snapshot Snapshot(string id, int hour, string status = "available", string type = "automated") =>
        new(id, Arn(id), status == "creating" ? null : new DateTimeOffset(2026, 4, 1, hour, 0, 0, TimeSpan.Zero), status, type, "aurora-postgresql", 1);

    public static ExportTask Task(
        string id, string snapshot, ExportState state, string prefix = Prefix, string bucket = Bucket, DateTimeOffset? ended = null) =>
        new(id, Arn(snapshot), state, bucket, prefix, state == ExportState.Complete ? 100 : 37, null, null, ended, null, null, null);
}

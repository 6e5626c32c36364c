using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>What goes wrong in one night, and who is there to mend it.</summary>
/// <param name="Faults">All of them, scripted.</param>
/// <param name="Skipped">Source tables that the export leaves out with a word, besides those that RDS can't take.</param>
/// <param name="Lost">Source tables that the export leaves out without a word: as if they were gone.</param>
/// <param name="Attended">A person mends what the alerts say and runs it again.</param>
/// <param name="Loads">The scheduler calls <c>load</c> tonight.</param>
/// <param name="FunctionUp">The function runs.</param>
internal sealed record Weather(
    IReadOnlyList<Fault> Faults, IReadOnlySet<string> Skipped, IReadOnlySet<string> Lost, bool Attended, bool Loads, bool FunctionUp)
{
    public static readonly Weather Fine = new([], new HashSet<string>(), new HashSet<string>(), true, true, true);

    // Each passes: the program repeats it, or the next call of the verb does.
    private static readonly Fault[] Calls =
    [
        new("sts.AssumeRoleWithWebIdentity", "error", Status: 500, Code: "InternalFailure"),
        new("rds.DescribeDBClusterSnapshots", "error", Status: 503, Code: "ServiceUnavailable"),
        new("rds.DescribeExportTasks", "error", Status: 400, Code: "Throttling"),
        new("rds.DescribeExportTasks", "drop"),
        new("rds.StartExportTask", "drop", When: "after"),
        new("rds.StartExportTask", "error", Status: 500),
        new("s3.ListObjectsV2", "error", Status: 503, Code: "SlowDown"),
        new("s3.GetObject", "error", Status: 503, Code: "SlowDown", Times: 2),
        new("s3.GetObject", "drop"),
        new("bigquery.datasets.insert", "error", When: "after", Status: 503, Code: "backendError"),
        new("bigquery.tables.insert", "error", Status: 403, Code: "rateLimitExceeded"),
        new("bigquery.tables.insert", "drop", When: "after"),
        new("bigquery.tables.get", "error", Status: 500, Code: "internalError"),
        new("bigquery.tabledata.insertAll", "error", When: "after", Status: 503, Code: "backendError"),
        new("bigquery.tabledata.insertAll", "drop"),
        new("bigquery.tabledata.insertAll", "error", Status: 403, Code: "accessDenied"),
        new("bigquery.jobs.query", "error", Status: 503, Code: "backendError"),
        new("bigquery.jobs.query", "drop", When: "after"),
        new("bigquery.jobs.query", "error", Status: 403, Code: "accessDenied"),
        new("dts.ListTransferConfigs", "error", Status: 503, Code: "UNAVAILABLE"),
        new("dts.ListTransferRuns", "error", Status: 503, Code: "UNAVAILABLE"),
        new("dts.CreateTransferConfig", "error", When: "after", Status: 503, Code: "UNAVAILABLE"),
        new("dts.CreateTransferConfig", "error", Status: 429, Code: "RESOURCE_EXHAUSTED"),
        new("dts.StartManualTransferRuns", "drop", When: "after"),
        new("dts.StartManualTransferRuns", "error", Status: 503, Code: "UNAVAILABLE"),
        new("dts.ListTransferLogs", "error", Status: 500, Code: "INTERNAL"),
        new("secretmanager.AccessSecretVersion", "error", Status: 503, Code: "UNAVAILABLE"),
        new("slack.chat.postMessage", "error", Status: 500),
        new("s3.GetObject", "delay", DelayMs: 150),
        new("bigquery.jobs.query", "delay", DelayMs: 150),
    ];

    public static Weather Of(Random random, Truth truth)
    {
        List<Fault> faults = [];
        HashSet<string> skipped = [], lost = [];
        var tables = truth.Tables.Where(t => !t.LeftOut).ToList();
        TruthTable Any() => tables[random.Next(tables.Count)];
        bool Chance(int percent) => random.Next(100) < percent;
        string Landing(string view) => $"{view}_2";

        if (Chance(60))
        {
            for (var i = random.Next(1, 4); i > 0; i--) faults.Add(Calls[random.Next(Calls.Length)] with { Skip = random.Next(6) });
        }
        if (Chance(10)) faults.Add(new Fault("rds.export", Chance(60) ? "fail" : "stuck", Message: "The export role was changed."));
        if (Chance(12)) faults.Add(LeaveOut(Any(), "skip", skipped));
        if (Chance(10)) faults.Add(LeaveOut(Any(), "lost", lost));
        if (Chance(25)) faults.Add(Fail(random.Next(1, 3), "UNAVAILABLE", "Backend error."));
        foreach (var action in new[] { "short", "nothing", "cancel" })
        {
            if (Chance(8)) faults.Add(new Fault("dts.run", action, Landing(Any().View)));
        }
        if (Chance(15)) faults.Add(Fail(999, "PERMISSION_DENIED", "Access to S3 was denied."));
        foreach (var action in new[] { "lose", "duplicate", "delay" })
        {
            if (Chance(20)) faults.Add(new Fault("dts.notify", action, Skip: random.Next(4), Times: random.Next(1, 4), DelayMs: 300));
        }
        return new Weather(faults, skipped, lost, Attended: Chance(60), Loads: !Chance(5), FunctionUp: !Chance(6));

        Fault Fail(int times, string code, string message) =>
            new("dts.run", "fail", Landing(Any().View), Times: times, Code: code, Message: message);

        static Fault LeaveOut(TruthTable table, string action, HashSet<string> list)
        {
            list.Add(table.Source);
            return new Fault("export.table", action, table.Source, Message: "PERMISSIONS_DO_NOT_EXIST");
        }
    }

    public override string ToString()
    {
        string[] people = [Attended ? "attended" : "unattended", Loads ? "" : "no loads", FunctionUp ? "" : "function down"];
        var faults = Faults.Select(f => $"{f.Action} {f.When} {f.Operation} {f.Subject} {f.Code} skip {f.Skip} times {f.Times}");
        return string.Join(", ", people.Concat(faults).Where(t => t.Length > 0));
    }
}

using System.Text.Json.Nodes;
using RdsBq.Core.Ledger;
using RdsBq.Core.Reports;
using static RdsBq.Core.Tests.Reports.Worlds;

namespace RdsBq.Core.Tests.Reports;

public sealed class StatusJsonTests
{
    [Fact]
    public void Its_names_are_kept_since_others_read_them()
    {
        var report = Report(
            Run(2).Instant.AddMinutes(41), [Export(2)], [Figures(2, false), Figures(1, true)],
            Rows(1, true, ("a", Verdict.Proven)).Concat(Rows(2, false, ("a", Verdict.Pending))));
        var json = JsonNode.Parse(StatusJson.Write(report))!.AsObject();
        Assert.Equal("at export underWay shown tables runs problems warnings unknown", Names(json));
        Assert.Equal("id runTime snapshotTime state percent startedAt endedAt expectedEnd failureCause", Names(json["export"]));
        Assert.Equal("runTime exportTaskId tables proven failed skipped expectedEnd heldBack", Names(json["underWay"]));
        Assert.Equal("runTime exportTaskId since snapshotTime age stale insteadOf", Names(json["shown"]));
        Assert.Equal(
            "table view runTime state rows bytes landed provenAt shown publishedAt age stale uncast change detail isBad", Names(json["tables"]![0]));
        Assert.Equal(
            "runTime exportTaskId snapshotTime tables proven failed skipped rows bytes publishedAt duration shown", Names(json["runs"]![0]));
    }

    [Fact]
    public void Durations_are_seconds_states_are_words_and_run_times_are_themselves()
    {
        var json = JsonNode.Parse(StatusJson.Write(Report(
            Run(1).Instant.AddHours(1), [Export(1)], [Figures(1, true)], Rows(1, true, ("a", Verdict.Proven)))))!;
        Assert.Equal(7200, json["shown"]!["age"]!.GetValue<int>());
        Assert.Equal(2700, json["runs"]![0]!["duration"]!.GetValue<int>());
        Assert.Equal("2026-04-01T03:00Z", json["shown"]!["runTime"]!.GetValue<string>());
        Assert.Equal(("proven", "complete"), (json["tables"]![0]!["state"]!.GetValue<string>(), json["export"]!["state"]!.GetValue<string>()));
    }

    private static string Names(JsonNode? node) => string.Join(' ', node!.AsObject().Select(m => m.Key));
}

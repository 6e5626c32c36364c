using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Core.Ledger;
using RdsBq.Core.Ready;
using RdsBq.Core.Runs;
using RdsBq.Core.Settings;
using RdsBq.Tests.Kit;

namespace RdsBq.Core.Tests.Ready;

public sealed class ReadyMessageTests
{
    private static readonly WarehouseSettings Warehouse = new("my-project-123", "EU", "shop_prd_rds_data", "shop_prd_rds_data_landing", true);
    private static readonly RunTime Run = RunTime.At(new DateTimeOffset(2026, 11, 22, 3, 5, 0, TimeSpan.Zero));
    private static readonly DateTimeOffset Published = new DateTimeOffset(2026, 11, 22, 3, 41, 7, TimeSpan.Zero).AddMicroseconds(482913);
    private static readonly RunSummary Shown = new(Run, true, true, Published);

    [Fact]
    public void The_README_shows_what_is_sent()
    {
        var run = Of([Table("customers", 20000), Table("orders", 100000), Table("audit", 0, Verdict.Skipped)]);
        var message = ReadyMessage.Of(run, Shown, Warehouse);
        var readme = File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md")).Split("## When a run is ready")[1];
        Assert.Equal(JsonNode.Parse(readme.Split("```json")[1].Split("```")[0])!.ToJsonString(), message.Body);
        Assert.Equal(
            ["dataset=shop_prd_rds_data", "event=published", "location=EU", "project=my-project-123", "runTime=2026-11-22T03:05:00Z", "skipped=1",
                "tables=2", "version=1"],
            message.Attributes.Select(a => $"{a.Key}={a.Value}").Order(StringComparer.Ordinal));
        Assert.All(message.Attributes.Keys, name => Assert.Contains($"`{name}`", readme.Split("## ")[0], StringComparison.Ordinal));
        Assert.Equal("shop_prd_rds_data", message.OrderingKey);
    }

    [Fact]
    public void A_run_that_a_person_chose_says_so_until_it_is_published_anew()
    {
        Assert.Equal("repointed", Event(Shown with { RepointedAt = Published }));
        Assert.Equal("published", Event(Shown with { RepointedAt = Published.AddHours(-1) }));

        static string Event(RunSummary shown) => ReadyMessage.Of(Of([Table("orders", 1)]), shown, Warehouse).Attributes["event"];
    }

    [Fact]
    public void Only_proven_tables_are_in_it()
    {
        var run = Of([Table("a", 1, Verdict.Failed), Table("b", 2), Table("c", 3, Verdict.Pending), Table("d", 4, Verdict.Short)]);
        var body = JsonNode.Parse(ReadyMessage.Of(run, Shown, Warehouse).Body)!;
        Assert.Equal("""[{"table":"shop.public.b","view":"b","rows":2}]""", body["tables"]!.ToJsonString());
        Assert.Equal((2, 0), ((int)body["rows"]!, body["skipped"]!.AsArray().Count));
    }

    [Fact]
    public void A_snapshot_of_unknown_time_is_null_and_names_stay_as_they_are()
    {
        var run = Of([Table("注文 <\"é\">", 1)]) with { SnapshotTime = null };
        var message = ReadyMessage.Of(run, Shown, Warehouse);
        Assert.Contains("\"snapshotTime\":null", message.Body, StringComparison.Ordinal);
        Assert.Contains("""shop.public.注文 <\"é\">""", message.Body, StringComparison.Ordinal);
    }

    /// <summary>Pub/Sub takes 10 MB a message, 1,024 bytes an attribute or ordering key. https://cloud.google.com/pubsub/quotas#resource_limits</summary>
    [Fact]
    public void Thousands_of_tables_with_the_longest_names_fit()
    {
        // Identifiers of 63 bytes thrice, PostgreSQL's longest.
        var name = new string('é', 29);
        var tables = Enumerable.Range(0, 20_000).Select(i => Table($"{name}{i:00000}", long.MaxValue / 20_000) with { Table = $"{name}{name}.{name}.{name}{i:00000}" });
        var warehouse = Warehouse with { Dataset = new string('d', 1000) };
        var message = ReadyMessage.Of(Of([.. tables]), Shown, warehouse);
        Assert.InRange(Encoding.UTF8.GetByteCount(message.Body), 5_000_000, 10_000_000 - 8192);
        Assert.Equal(20_000, JsonNode.Parse(message.Body)!["tables"]!.AsArray().Count);
        Assert.All(message.Attributes.Append(new("orderingKey", message.OrderingKey)), a => Assert.InRange(Encoding.UTF8.GetByteCount(a.Value), 1, 1024));
    }

    private static RunReceipts Of(IReadOnlyList<Receipt> tables) => new(
        Run, "export-id-prd-20261122-0305", new DateTimeOffset(2026, 11, 22, 2, 0, 11, TimeSpan.Zero), true, true, tables);

    private static Receipt Table(string view, long rows, Verdict verdict = Verdict.Proven) =>
        new($"shop.public.{view}", view, $"{view}_{Run.Stamp}", null, rows, 0, rows, verdict, null, []);
}

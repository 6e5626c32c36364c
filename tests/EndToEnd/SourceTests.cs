using RdsBq.Local;
using RdsBq.Local.Slack;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>A real PostgreSQL from snapshot to published views, with the shipped job and function; then both sides are asked.</summary>
public sealed class SourceTests
{
    private const int Accounts = 1_000_000;

    [RequiresFact("initdb", "postgres", "pgbench")]
    public async Task Every_row_and_value_of_a_real_PostgreSQL_arrives()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await postgres.ExecuteAsync("create database bank");
        await postgres.ExecuteAsync(SourceSchema.Sql, "bank");
        await postgres.RunClientAsync("pgbench", "-i", "-s", "10", "--quiet", "bank");
        await postgres.RunClientAsync("pgbench", "-c", "2", "-t", "200", "--no-vacuum", "bank");
        await using var rig = await SourceRig.StartAsync(new LocalOptions(Speed: 240, PostgresSource: postgres.ConnectionString("bank")));

        var ended = await rig.PublishAsync(TimeSpan.FromSeconds(120));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var source = new SourceSide(postgres.ConnectionString("bank"));
        var relations = await source.RelationsAsync();
        await HoldsExactlyAsync(rig, relations);
        await LandedExactlyAsync(rig, source, relations);
        await PublishedWithRealTypesAsync(rig, source, relations);
        await AccountsAreEqualAsync(source, rig);
        // The one table that RDS leaves out, for a blank in a column's name, is told, and the one with values that BigQuery can't hold.
        // The clock runs so fast that load may judge what the function is still counting: it is one message all the same.
        var told = SlackMessage.Render(Assert.Single(rig.Cloud.Slack.Messages, m => m.ThreadTs is null));
        Assert.Contains("bank.Back Office.orders: left out: ", told, StringComparison.Ordinal);
        Assert.Contains("bank.public.every_type: ", told, StringComparison.Ordinal);
    }

    [RequiresFact("initdb", "postgres")]
    public async Task The_story_can_be_told_of_a_real_PostgreSQL()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await postgres.ExecuteAsync("create database \"small-one\"");
        await postgres.ExecuteAsync(
            """
            create table people (id integer primary key, name text);
            insert into people values (1, 'Ada'), (2, null);
            create table nobody (id integer);
            """,
            "small-one");
        string[] arguments = ["--once", "--speed", "90", "--source", postgres.ConnectionString("small-one")];
        var program = Tools.Built("local", "rdsbq-local.dll");
        await using var story = Child.Start("dotnet", [program, .. arguments], folder: AppContext.BaseDirectory);

        var code = await story.WaitAsync(TimeSpan.FromSeconds(90));

        Assert.True(code == 0, story.Output + story.Error);
        Assert.Matches(@"small-one\.public\.people\s+1\s+[\d,]+\s+2\s+2\s+equal", story.Output);
        Assert.Contains("small_one_local_rds_data", story.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_MySQL_instance_arrives_with_equal_counts()
    {
        await using var rig = await SourceRig.StartAsync(new LocalOptions(Speed: 240, MySql: true, Scale: 0.01));

        var ended = await rig.PublishAsync(TimeSpan.FromSeconds(60));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var ledger = await rig.QueryAsync(
            $"SELECT view_name, expected_rows FROM `{rig.Dataset}_landing.rdsbq_ledger` WHERE event = 'expected' ORDER BY 1");
        Assert.True(ledger.Count >= 8, $"{ledger.Count} tables");
        Assert.Contains(ledger, row => row[1] == "0");
        foreach (var row in ledger)
            Assert.Equal(row[1], (await rig.QueryAsync($"SELECT COUNT(*) FROM `{rig.Dataset}.{row[0]}`"))[0][0]);
    }

    private static async Task HoldsExactlyAsync(SourceRig rig, IReadOnlyList<SourceRelation> relations)
    {
        var dataset = rig.Dataset.Split('.')[1];
        var answer = await rig.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"datasets/{dataset}/tables?maxResults=1000"));
        var views = answer["tables"]!.AsArray().Select(t => (string)t!["tableReference"]!["tableId"]!);
        Assert.Equal(relations.Select(r => r.View).Order(StringComparer.Ordinal), views.Order(StringComparer.Ordinal));
        Assert.Contains(relations, r => r.View == "Back Office_Order Items");
        foreach (var relation in relations)
        {
            var path = $"datasets/{dataset}/tables/{Uri.EscapeDataString(relation.View)}";
            var view = await rig.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));
            Assert.Equal(relation.Fields.Select(f => f.Name), view["schema"]!["fields"]!.AsArray().Select(f => (string?)f!["name"]));
        }
    }

    /// <summary>The landing tables hold what the server prints.</summary>
    private static async Task LandedExactlyAsync(SourceRig rig, SourceSide source, IReadOnlyList<SourceRelation> relations)
    {
        var ledger = await rig.QueryAsync(
            $"SELECT view_name, landing_table FROM `{rig.Dataset}_landing.rdsbq_ledger` WHERE event = 'expected'");
        var landing = ledger.ToDictionary(r => r[0]!, r => r[1]!);
        foreach (var relation in Small(relations))
        {
            var columns = relation.Fields.Select(f => f.Kind == "bytes" ? $"TO_HEX(`{f.Name}`)" : $"`{f.Name}`");
            var rows = await rig.QueryAsync($"SELECT {string.Join(", ", columns)} FROM `{rig.Dataset}_landing.{landing[relation.View]}`");
            Assert.Equal(await source.TableAsync(relation), SourceSide.Canonical(relation, rows));
        }
    }

    /// <summary>The views hold what PostgreSQL itself makes of its values in the types that BigQuery has.</summary>
    private static async Task PublishedWithRealTypesAsync(SourceRig rig, SourceSide source, IReadOnlyList<SourceRelation> relations)
    {
        var typed = new TypedSide(source);
        foreach (var relation in Small(relations))
        {
            var fields = await typed.FieldsAsync(relation);
            var path = $"datasets/{rig.Dataset.Split('.')[1]}/tables/{Uri.EscapeDataString(relation.View)}";
            var view = await rig.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));
            var shown = view["schema"]!["fields"]!.AsArray().Select(f => ((string)f!["name"]!, (string)f["type"]!));
            Assert.Equal(fields.Select(f => (f.Name, f.Type)), shown);
            var rows = await rig.QueryAsync($"SELECT {string.Join(", ", fields.Select(f => f.View))} FROM `{rig.Dataset}.{relation.View}`");
            Assert.Equal(await typed.TableAsync(relation, fields), TypedSide.Canonical(fields, rows));
        }
    }

    private static IEnumerable<SourceRelation> Small(IEnumerable<SourceRelation> relations) =>
        relations.Where(r => r.Name != "pgbench_accounts");

    /// <summary>A million rows are compared where they are: a digest of each 10,000, made by either side in its own SQL.</summary>
    private static async Task AccountsAreEqualAsync(SourceSide source, SourceRig rig)
    {
        var expected = await source.RowsAsync("""
            select (aid / 10000)::text, count(*), sum(abalance),
                   md5(string_agg(concat(aid, '|', bid, '|', abalance, '|', format('%s', filler)), ',' order by aid))
            from pgbench_accounts group by aid / 10000 order by aid / 10000
            """);
        var published = await rig.QueryAsync($"""
            SELECT DIV(aid, 10000), COUNT(*), SUM(abalance),
                   TO_HEX(MD5(STRING_AGG(
                       CONCAT(CAST(aid AS STRING), '|', CAST(bid AS STRING), '|', CAST(abalance AS STRING), '|', filler),
                       ',' ORDER BY aid)))
            FROM `{rig.Dataset}.pgbench_accounts` GROUP BY DIV(aid, 10000) ORDER BY DIV(aid, 10000)
            """);
        Assert.Equal(Accounts, expected.Sum(r => int.Parse(r[1]!)));
        Assert.Contains(expected, r => r[2] != "0");
        Assert.Equal(expected, published);
    }
}

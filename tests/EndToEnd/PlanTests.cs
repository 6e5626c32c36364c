using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// <c>plan</c> in one world after the other of a run's life. In each it changes nothing, its exit code is 2 exactly where the verbs then
/// change something, and what it said is what they do.
/// </summary>
public sealed class PlanTests
{
    private static readonly SmallSource Source = new();

    [Fact]
    public async Task In_every_world_of_a_run_plan_says_what_the_verbs_then_do_and_changes_nothing_itself()
    {
        await using var run = await CloudRun.StartAsync(new LocalOptions(Speed: 0) { Sample = Source });

        await AgreesAsync(run, "nothing yet", "start", "nothing", tables: "");
        await AgreesAsync(run, "an export under way", "follow", "wait", tables: "");
        await run.ExportsEndAsync();
        await AgreesAsync(run, "a complete export", "nothing", "land", "items land create, orders land create, returns land empty create");
        await AgreesAsync(run, "transfers under way", "nothing", "continue", "items wait create, orders wait create, returns nothing create");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await AgreesAsync(run, "nobody has judged", "nothing", "continue", "items judge create, orders judge create, returns nothing create");
        await AgreesAsync(run, "published", "nothing", "nothing", "items nothing keep, orders nothing keep, returns nothing keep");

        Assert.True(run.Cloud.TrySnapshot(null, out _));
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(30));
        await AgreesAsync(run, "the next night", "start", "nothing", "items nothing keep, orders nothing keep, returns nothing keep");
        await run.ExportsEndAsync();
        run.Cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "UNAVAILABLE", Message: "Backend error."));
        run.Cloud.Faults.Add(new Fault("dts.run", "fail", "items_", Code: "PERMISSION_DENIED", Message: "Access Denied."));
        await AgreesAsync(run, "a second export", "nothing", "land", "items land repoint, orders land repoint, returns land empty repoint");
        await run.TransfersEndAsync();
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await AgreesAsync(run, "two that failed", "nothing", "continue", "items judge repoint, orders judge repoint, returns nothing repoint");
        run.Cloud.Clock.Advance(TimeSpan.FromMinutes(5));
        await AgreesAsync(run, "time to try again", "nothing", "continue", "items stuck repoint, orders start repoint, returns nothing repoint");
        SecretsCheck.AssertSaidNothing(run);
    }

    /// <summary>Asks for the plan, then calls the three verbs, and compares what was said with the calls that came.</summary>
    private static async Task AgreesAsync(CloudRun run, string world, string export, string load, string tables)
    {
        var before = run.Cloud.Journal.Entries.Count;
        var asked = await run.CallAsync("plan", "--json", "--exit-code");
        var changed = Changes(run, before);
        Assert.True(changed.Count == 0, $"{world}: plan called {string.Join(", ", changed)}");

        var plan = JsonNode.Parse(asked.Output)!;
        string Of(string verb) => plan[verb]!["action"]!.GetValue<string>();
        Assert.Equal($"{world}: {export} {load}", $"{world}: {Of("export")} {Of("load")}");
        Assert.Equal($"{world}: {tables}", $"{world}: {Tables(plan)}");

        var exported = await CallsOfAsync(run, "export");
        var loaded = await CallsOfAsync(run, "load");
        var synced = await CallsOfAsync(run, "sync");
        bool Will(string verb) => plan[verb]!["changes"]!.GetValue<bool>();
        Assert.Equal($"{world}: {export == "start"}", $"{world}: {exported.Exists(c => Is(c, "rds.StartExportTask"))}");
        Assert.Equal($"{world}: {Will("load")}", $"{world}: {loaded.Count > 0}");
        var rows = plan["tables"]!.AsArray().Select(t => t!["action"]!.GetValue<string>()).ToList();
        int Said(params string[] actions) => rows.Count(actions.Contains);
        if (load == "land") Assert.Equal(Said("land", "land empty"), loaded.Count(c => Is(c, "bigquery.tables.insert") && !c.EndsWith("ledger", StringComparison.Ordinal)));
        Assert.Equal(Said("land", "start"), loaded.Count(c => Is(c, "dts.StartManualTransferRuns")));
        // A landing makes the configs that it needs by itself; sync finds the rest.
        var configs = plan["sync"]!["configs"]!.AsArray().Count(c => c!["action"]!.GetValue<string>() == "create");
        Assert.Equal($"{world}: {configs}", $"{world}: {loaded.Concat(synced).Count(c => Is(c, "dts.CreateTransferConfig"))}");
        Assert.Equal($"{world}: exit {(Will("export") || Will("load") || Will("sync") ? 2 : 0)}", $"{world}: exit {asked.ExitCode}");
        Assert.Equal($"{world}: {plan["changes"]}", $"{world}: {(asked.ExitCode == 2 ? "true" : "false")}");
    }

    /// <summary>The changing calls of one verb.</summary>
    private static async Task<List<string>> CallsOfAsync(CloudRun run, string verb)
    {
        var before = run.Cloud.Journal.Entries.Count;
        await run.CallAsync(verb);
        return Changes(run, before);
    }

    private static bool Is(string call, string operation) => call.StartsWith(operation, StringComparison.Ordinal);

    // Trading a token for credentials changes nothing that anybody could see.
    private static List<string> Changes(CloudRun run, int before) =>
    [
        .. run.Cloud.Journal.Entries.Skip(before).Where(e => e.Mutates && e.Operation != "sts.AssumeRoleWithWebIdentity").Select(e => $"{e.Operation} {e.Subject}".TrimEnd()),
    ];

    private static string Tables(JsonNode plan) => string.Join(", ", plan["tables"]!.AsArray().Select(t => $"{t!["view"]} {t["action"]} {t["viewAction"]}"));
}

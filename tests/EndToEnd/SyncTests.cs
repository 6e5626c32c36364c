using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>sync</c> against the local cloud, one way of being out of step a test.</summary>
public sealed class SyncTests
{
    private static readonly string[] Names = ["shop-audit_log-transfer", "shop-items-transfer", "shop-orders-transfer"];

    [Fact]
    public async Task After_an_export_its_manifest_says_which_configs_there_must_be_and_load_uses_them()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        IReadOnlyList<string> lines = [];
        var calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync"));
        Assert.Equal(
            [
                "create    shop-audit_log-transfer  shop.audit.log", "create    shop-items-transfer  shop.public.items",
                "create    shop-orders-transfer  shop.public.orders", "sync: 3 created",
            ],
            lines);
        // The sidecars alone are read: how many rows there are is not sync's business.
        var read = calls.Where(c => c.Operation == "s3.GetObject").ToList();
        Assert.NotEmpty(read);
        Assert.All(read, c => Assert.Contains("export_tables_info_", c.Subject, StringComparison.Ordinal));
        calls = await rig.DuringAsync(() => rig.MustAsync("load"));
        Assert.DoesNotContain(calls, c => c.Operation == "dts.CreateTransferConfig");
        Assert.Equal(3, calls.Count(c => c.Operation == "dts.StartManualTransferRuns"));
        Assert.Equal(Names, rig.Names());
    }

    [Fact]
    public async Task Before_the_first_export_a_list_that_does_not_say_enough_asks_for_one()
    {
        await using var rig = await SyncRig.StartAsync();
        (string, string)[] cases = [("public.*", "has globs"), ("orders", "target_tables.txt:1: before the first complete export 'orders'")];
        foreach (var (line, expected) in cases)
        {
            rig.List(line);
            var ended = await rig.JobAsync("sync");
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(expected, ended.ErrorLines[^2], StringComparison.Ordinal);
            Assert.Contains("Run rdsbq export first", ended.ErrorLines[^1], StringComparison.Ordinal);
        }
        rig.List("public.orders");
        Assert.Equal("sync: 1 created", (await rig.MustAsync("sync"))[^1]);
    }

    [Fact]
    public async Task A_line_that_names_no_table_of_the_export_stops_it_with_the_nearest_name()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        rig.List("public.orders", "", "pubic.items", "public.Orders", "!tmp_*");
        var calls = await rig.DuringAsync(async () =>
        {
            var ended = await rig.JobAsync("sync");
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(
                "target_tables.txt:3: 'pubic.items' matches no table of shop; did you mean public.items? · "
                + "target_tables.txt:4: 'public.Orders' matches no table of shop; did you mean public.orders?",
                ended.ErrorLines[^2], StringComparison.Ordinal);
        });
        Assert.DoesNotContain(calls, c => c.Operation.StartsWith("dts.", StringComparison.Ordinal));
        rig.List("*", "!tmp_*");
        Assert.Contains("target_tables.txt:2: '!tmp_*' leaves out nothing", (await rig.JobAsync("sync")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_tells_the_changes_and_only_reads()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        IReadOnlyList<string> lines = [];
        var calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync", "--dry-run"));
        Assert.Equal("sync --dry-run: 3 to create", lines[^1]);
        Assert.DoesNotContain(calls, c => c is { Mutates: true, Operation: not "sts.AssumeRoleWithWebIdentity" });
        Assert.DoesNotContain(calls, c => c.Operation == "secretmanager.AccessSecretVersion");
        Assert.Empty(rig.Names());

        var json = JsonNode.Parse((await rig.MustAsync("sync", "--dry-run", "--json")).Single())!;
        Assert.StartsWith("export-id-local-", (string?)json["export"], StringComparison.Ordinal);
        var first = json["changes"]![0]!;
        Assert.Equal(
            ("create", "shop-audit_log-transfer", "shop.audit.log"), ((string?)first["action"], (string?)first["config"], (string?)first["table"]));
        Assert.Equal((true, 0), ((bool)json["dryRun"]!, (int)json["kept"]!));
    }

    [Fact]
    public async Task Newer_secrets_are_given_to_every_config_once()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        await rig.MustAsync("sync");
        var paths = rig.Configs().Select(c => c.Path).ToList();
        Assert.Equal(["sync: 3 right as they are"], await rig.MustAsync("sync"));

        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(1));
        rig.Cloud.Secrets.Add("secret_access_key", Encoding.UTF8.GetBytes("a-newer-key-of-forty-letters-0123456789a"));
        IReadOnlyList<string> lines = [];
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(1));
        var calls = await rig.DuringAsync(async () => lines = await rig.MustAsync("sync"));
        Assert.Equal("sync: 3 rotated", lines[^1]);
        Assert.Equal(3, calls.Count(c => c.Operation == "dts.UpdateTransferConfig"));
        Assert.All(rig.Configs(), c => Assert.Equal("a-newer-key-of-forty-letters-0123456789a", c.Secret));
        Assert.Equal(paths, rig.Configs().Select(c => c.Path));
        Assert.DoesNotContain(lines, l => l.Contains("a-newer-key", StringComparison.Ordinal));

        Assert.Equal(["sync: 3 right as they are"], await rig.MustAsync("sync"));
        Assert.Equal("sync: 3 rotated", (await rig.MustAsync("sync", "--rotate"))[^1]);
    }

    [Fact]
    public async Task Without_the_right_to_see_versions_it_says_which_and_goes_on()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List("shop.public.orders");
        rig.Cloud.Faults.Add(new Fault("secretmanager.GetSecretVersion", "error", Times: 99, Status: 403, Code: "PERMISSION_DENIED"));
        var ended = await rig.JobAsync("sync");
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("secretmanager.versions.get", ended.Error, StringComparison.Ordinal);
        Assert.Equal("sync: 1 rotated", (await rig.MustAsync("sync", "--rotate"))[^1]);
    }

    [Fact]
    public async Task What_the_list_no_longer_wants_goes_when_asked_and_others_configs_never()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List("shop.public.orders", "shop.public.items", "shop.audit.log");
        await rig.MustAsync("sync");
        rig.AddForeign();
        rig.List("shop.public.orders");
        var lines = await rig.MustAsync("sync");
        Assert.Equal("sync: 1 right as they are, 2 that nothing wants", lines[^1]);
        Assert.Contains("sync --prune deletes it", lines[0], StringComparison.Ordinal);
        Assert.Equal("sync: 2 pruned, 1 right as they are", (await rig.MustAsync("sync", "--prune"))[^1]);
        Assert.Equal(["shop-orders-transfer", "their nightly copy"], rig.Names());
    }

    [Fact]
    public async Task A_disabled_config_is_told_and_switched_on_only_when_asked()
    {
        await using var rig = await SyncRig.StartAsync();
        await rig.ExportedAsync();
        await rig.MustAsync("sync");
        rig.Alter("shop-orders-transfer", c => c.Config.Disabled = true);
        Assert.Equal("sync: 2 right as they are, 1 switched off", (await rig.MustAsync("sync"))[^1]);
        // The other tables land.
        var load = await rig.JobAsync("load");
        Assert.Equal(0, load.ExitCode);
        Assert.Contains(load.ErrorLines, l => l.Contains("sync --enable", StringComparison.Ordinal));
        Assert.Equal("sync: 1 enabled, 2 right as they are", (await rig.MustAsync("sync", "--enable"))[^1]);
        Assert.DoesNotContain(rig.Configs(), c => c.Disabled);
    }

    [Fact]
    public async Task Another_topic_is_an_update_that_leaves_the_keys_alone()
    {
        await using var rig = await SyncRig.StartAsync();
        rig.List("shop.public.orders");
        await rig.MustAsync("sync");
        (rig.Changed["TRANSFER_NOTIFICATION_TOPIC"], rig.Changed["READY_TOPIC"]) = (Estate.ReadyTopic, Estate.NotificationTopic);
        var calls = await rig.DuringAsync(async () => Assert.Equal("sync: 1 updated", (await rig.MustAsync("sync"))[^1]));
        Assert.DoesNotContain(calls, c => c.Operation == "secretmanager.AccessSecretVersion");
        rig.Alter("shop-orders-transfer", c => Assert.Equal(Estate.ReadyTopic, c.Config.NotificationPubsubTopic));
        Assert.Equal(["sync: 1 right as they are"], await rig.MustAsync("sync"));
    }
}

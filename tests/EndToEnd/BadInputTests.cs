using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Bad input between a good night and its load: a clear error that names the file and line, the key or the setting, and nothing is published.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private SyncRig rig = null!;

    public async Task InitializeAsync()
    {
        rig = await SyncRig.StartAsync(new SmallSource(batches: false));
        // Exports that are never landed pile up here; they are not what this is about.
        rig.Changed["LOAD_DEADLINE"] = "6d";
        await ExportAsync();
        await PublishAsync();
    }

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task Every_kind_is_refused_by_its_name_and_readers_keep_what_they_had()
    {
        var before = await StateAsync();
        var wrong = new List<string>();
        foreach (var bad in BadInputCases.All)
        {
            var export = await ExportAsync();
            var key = bad.Object.Length == 0 ? "" : Damage(export, bad.Object, bad.Damage);
            var ended = await CallAsync(bad);
            var missing = bad.Says.Select(s => s.Replace("{key}", key, StringComparison.Ordinal)).Where(s => !ended.Error.Contains(s, StringComparison.Ordinal)).ToList();
            if (ended.ExitCode != bad.Exit || missing.Count > 0) wrong.Add($"{bad.Name}: expected exit {bad.Exit} and {string.Join(" | ", missing)}; {ended}");
            var after = await StateAsync();
            if (after != before) wrong.Add($"{bad.Name}: {before} became {after}");
            // What needs a person is told at once, with what is to be done.
            if (bad.Verb == "load" && bad.Exit == 1 && !rig.Cloud.SlackTexts.Last(t => t.Contains("can't be landed", StringComparison.Ordinal)).Contains(Export(), StringComparison.Ordinal))
                wrong.Add($"{bad.Name}: nobody was told");
        }
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    [Fact]
    public async Task A_footer_that_agrees_with_itself_and_not_with_the_data_is_never_published()
    {
        var before = await ShownAsync();
        Damage(await ExportAsync(), "/public.orders/", BadInputCases.Lying);
        Assert.Equal(0, (await rig.JobAsync("load")).ExitCode);
        await rig.Run.TransfersEndAsync();
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        await rig.JobAsync("load");
        Assert.Equal(1, (await rig.JobAsync("load")).ExitCode);
        Assert.Equal(before, await ShownAsync());
        Assert.Contains(rig.Cloud.SlackTexts, t => t.Contains("shop.public.orders", StringComparison.Ordinal));
        Assert.Equal("63", (await rig.Run.LedgerAsync("MAX(expected_rows)", "WHERE view_name = 'orders' AND event IN ('short', 'failed')"))[0][0]);
    }

    [Fact]
    public async Task Fields_and_types_that_are_not_known_are_no_reason_to_stop()
    {
        Damage(await ExportAsync(), "export_tables_info_", content =>
        {
            var manifest = JsonNode.Parse(content)!;
            manifest["formatVersion"] = 9;
            foreach (var table in manifest["perTableStatus"]!.AsArray().OfType<JsonObject>())
            {
                table["futureField"] = new JsonObject { ["a"] = new JsonArray(1, "b") };
                foreach (var column in table["schemaMetadata"]?["originalTypeMappings"]?.AsArray() ?? []) column!["originalType"] = "frobnicate";
            }
            return Encoding.UTF8.GetBytes(manifest.ToJsonString());
        });
        var landed = await rig.JobAsync("load");
        Assert.Equal(0, landed.ExitCode);
        Assert.Contains("shop.public.orders: column id is of type 'frobnicate', which is not known here; it lands and is shown as INTEGER", landed.Error, StringComparison.Ordinal);
        var before = await ShownAsync();
        await PublishAsync();
        Assert.NotEqual(before, await ShownAsync());
        Assert.Equal("6 15", string.Join(' ', (await rig.Run.QueryAsync($"SELECT COUNT(*), SUM(id) FROM `{Estate.Project}.{rig.Run.Dataset}.orders`"))[0]));
    }

    /// <summary>A new night's export, complete and settled.</summary>
    /// <returns>Its folder in the bucket.</returns>
    private async Task<string> ExportAsync()
    {
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(10));
        if (rig.Cloud.Aws.Rds.Tasks.Count > 0) Assert.True(rig.Cloud.TrySnapshot(null, out _));
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(10));
        await rig.MustAsync("export");
        await rig.Run.ExportsEndAsync();
        return $"{Estate.Prefix}/{rig.Cloud.Aws.Rds.Tasks[^1].Id}/";
    }

    private async Task PublishAsync()
    {
        await rig.MustAsync("load");
        await rig.Run.TransfersEndAsync();
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Contains("is published", string.Join('\n', await rig.MustAsync("load")), StringComparison.Ordinal);
    }

    private string Damage(string folder, string part, Func<byte[], byte[]> damage)
    {
        var found = rig.Cloud.ObjectsOf(Estate.Bucket, folder).First(o => o.Key.Contains(part, StringComparison.Ordinal) && o.Size > 0);
        rig.Cloud.PutObject(Estate.Bucket, found.Key, damage(File.ReadAllBytes(found.Path)));
        rig.Cloud.Clock.Advance(TimeSpan.FromMinutes(6));
        return found.Key;
    }

    private async Task<Ended> CallAsync(BadInput bad)
    {
        var kept = new Dictionary<string, string>(rig.Changed);
        if (bad.List.Length > 0) rig.List(bad.List);
        foreach (var (name, value) in bad.Settings) rig.Changed[name] = value;
        var ended = await rig.JobAsync(bad.Verb);
        rig.Changed.Clear();
        foreach (var (name, value) in kept) rig.Changed[name] = value;
        return ended;
    }

    /// <summary>The newest export task.</summary>
    private string Export() => rig.Cloud.Aws.Rds.Tasks[^1].Id;

    /// <summary>Everything that a load could have left behind, beside the words about it: ledger, landing tables, views, configs.</summary>
    private async Task<string> StateAsync()
    {
        var rows = (await rig.Run.LedgerAsync("COUNT(*)", "WHERE event NOT IN ('stopped', 'overdue', 'stale')"))[0][0];
        var tables = await rig.Run.QueryAsync($"SELECT COUNT(*) FROM `{Estate.Project}.{rig.Run.Dataset}_landing`.INFORMATION_SCHEMA.TABLES");
        return $"{rows} rows, {tables[0][0]} tables, {await ShownAsync()}, {rig.Run.TransferConfigs().Count} configs";
    }

    private async Task<string> ShownAsync() =>
        (await rig.Run.LedgerAsync("MAX(run_time)", "WHERE event = 'published'"))[0][0]!;
}

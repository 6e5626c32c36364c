using RdsBq.Core.Transfers;

namespace RdsBq.Core.Tests.Transfers;

/// <summary>
/// A row a case. Configs are written as <c>id:display name:path</c> with flags behind: <c>!off</c>, <c>!old</c> (its keys are older than the secrets), <c>!topic</c>,
/// <c>!csv</c>, <c>!used</c> (a run under way needs it). One table is wanted, orders, whose config reads the path <c>now</c>.
/// </summary>
public class SyncDeciderTests
{
    private static readonly DateTimeOffset Secrets = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConfigScope Scope = new("d_landing", "s3://b/rds/", ["shop"]);
    private static readonly ConfigPlan Orders = Plan("orders");

    [Theory]
    [InlineData("", "", "Create:orders")]
    [InlineData("1:orders:now", "", "Keep:orders:1")]
    [InlineData("1:renamed:now", "", "Keep:renamed:1")]
    [InlineData("1:orders:now!old", "", "Rotate:orders:1[params]")]
    [InlineData("1:orders:now", "rotate", "Rotate:orders:1[params]")]
    [InlineData("1:orders:now!csv", "", "Update:orders:1[params]")]
    [InlineData("1:orders:now!topic", "", "Update:orders:1[notification_pubsub_topic]")]
    [InlineData("1:orders:now!topic!old", "", "Rotate:orders:1[params,notification_pubsub_topic]")]
    [InlineData("1:orders:now!off", "", "Disabled:orders:1")]
    [InlineData("1:orders:now!off", "enable", "Enable:orders:1[disabled]")]
    [InlineData("1:orders:now!off!old", "enable", "Enable:orders:1[params,disabled]")]
    [InlineData("1:orders:now!off!old", "", "Rotate:orders:1[params]")]
    // Another path: a new one, and the old one goes, unless a run still needs it.
    [InlineData("1:orders:before", "", "Recreate:orders-1")]
    [InlineData("1:orders:before!used", "", "Create:orders Held:orders:1")]
    [InlineData("1:orders:before 2:orders:earlier!used", "", "Recreate:orders-1 Held:orders:2")]
    // What a kill between the two leaves.
    [InlineData("1:orders:before 2:orders:now", "", "Keep:orders:2 Retire:orders:1")]
    [InlineData("1:orders:before!used 2:orders:now", "", "Keep:orders:2 Held:orders:1")]
    // One too many for the same path.
    [InlineData("1:orders:now 2:orders:now", "", "Keep:orders:1 Unwanted:orders:2")]
    [InlineData("1:orders:now!off 2:orders:now", "prune", "Keep:orders:2 Prune:orders:1")]
    [InlineData("1:other:now 2:orders:now", "", "Keep:orders:2 Unwanted:other:1")]
    // What nothing wants.
    [InlineData("1:orders:now 2:gone:gone", "", "Keep:orders:1 Unwanted:gone:2")]
    [InlineData("1:orders:now 2:gone:gone", "prune", "Keep:orders:1 Prune:gone:2")]
    [InlineData("1:orders:now 2:gone:gone!used", "prune", "Keep:orders:1 Held:gone:2")]
    [InlineData("1:orders:now 2:gone:gone!used", "", "Keep:orders:1 Unwanted:gone:2")]
    // Others'.
    [InlineData("1:orders:now 2:s3-nightly:foreign", "prune", "Keep:orders:1")]
    public void What_becomes_of_a_config_follows_from_what_is_there(string configs, string options, string expected)
    {
        var wanted = new SyncOptions(options.Contains("rotate", StringComparison.Ordinal), options.Contains("prune", StringComparison.Ordinal), options.Contains("enable", StringComparison.Ordinal));
        var changes = SyncDecider.Decide(Seen(configs, [Orders]), wanted);
        Assert.Equal(expected, string.Join(' ', changes.Select(Words)));
        // Whoever acts on it has what the action needs.
        Assert.All(changes.Where(c => c.NeedsKeys), c => Assert.NotNull(c.Plan));
        Assert.All(changes.Where(c => c.Action is not (SyncAction.Create or SyncAction.Recreate)), c => Assert.NotNull(c.Config));
    }

    [Fact]
    public void What_is_done_is_done_the_second_time()
    {
        var before = Seen("1:orders:before 2:gone:gone", [Orders, Plan("items")]);
        Assert.Equal("Recreate:orders-1 Create:items", string.Join(' ', SyncDecider.Decide(before, new()).Where(c => c.IsPending).Select(Words)));
        var after = Seen("2:gone:gone 4:orders:now 5:items:now", [Orders, Plan("items")]);
        Assert.DoesNotContain(SyncDecider.Decide(after, new()), c => c.IsPending);
    }

    [Fact]
    public void A_config_that_is_called_like_another_table_stays_with_the_table_that_it_reads()
    {
        var seen = Seen("1:items:now", [Orders, Plan("items")]);
        var misnamed = seen with { Configs = [seen.Configs[0] with { DisplayName = Orders.DisplayName }] };
        Assert.Equal("Create:orders Keep:orders:1", string.Join(' ', SyncDecider.Decide(misnamed, new(Prune: true)).Select(Words)));
    }

    [Fact]
    public void Without_sight_of_the_secrets_versions_only_a_person_rotates()
    {
        var blind = Seen("1:orders:now!old", [Orders]) with { KeysChangedAt = null };
        Assert.Equal(SyncAction.Keep, Assert.Single(SyncDecider.Decide(blind, new())).Action);
        Assert.Equal(SyncAction.Rotate, Assert.Single(SyncDecider.Decide(blind, new(Rotate: true))).Action);
    }

    [Fact]
    public void Why_a_config_is_made_again_names_both_paths() => Assert.Equal(
        "reads s3://b/rds/before-orders, wants s3://b/rds/now-orders",
        Assert.Single(SyncDecider.Decide(Seen("1:orders:before", [Orders]), new())).Why);

    [Theory]
    [InlineData("d_landing", "s3://b/rds/x", "anything", true)]
    [InlineData("d_landing", "s3://old-bucket/x", "shop-orders-transfer", true)]
    [InlineData("d_landing", "s3://old-bucket/x", "shop-orders", false)]
    [InlineData("d_landing", "s3://old-bucket/x", "crm-orders-transfer", false)]
    [InlineData("d_landing", "s3://b/rds-other/x", "mine", false)]
    [InlineData("d", "s3://b/rds/x", "shop-orders-transfer", false)]
    public void A_config_is_ours_by_its_dataset_and_its_path_or_name(string dataset, string path, string name, bool ours) =>
        Assert.Equal(ours, Scope.Holds(new ConfigSummary("c", name, dataset, path, "t", false)));

    private static SyncObservation Seen(string configs, IReadOnlyList<ConfigPlan> wanted)
    {
        var words = configs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var used = words.Where(w => w.Contains("!used", StringComparison.Ordinal)).Select(w => w.Split(':')[0]).ToHashSet();
        return new SyncObservation(Scope, wanted, [.. words.Select(Config)], used, Secrets);
    }

    private static ConfigSummary Config(string word)
    {
        var parts = word.Split('!')[0].Split(':');
        var table = parts[1] is "items" or "gone" ? parts[1] : "orders";
        bool Has(string flag) => word.Contains('!' + flag, StringComparison.Ordinal);
        return new ConfigSummary(
            $"projects/1/locations/l/transferConfigs/{parts[0]}", parts[1] is "orders" or "items" ? $"shop-{parts[1]}-transfer" : parts[1], "d_landing",
            $"s3://b/{(parts[2] == "foreign" ? "their" : "rds")}/{parts[2]}-{table}", $"{table}_t", Has("off"))
        {
            NotificationTopic = Has("topic") ? "projects/p/topics/other" : "projects/p/topics/ours",
            LoadOptions = Has("csv") ? "file_format=CSV" : LoadOptions.Wanted,
            UpdatedAt = Has("old") ? Secrets.AddDays(-1) : Secrets,
        };
    }

    private static ConfigPlan Plan(string table) =>
        new($"shop-{table}-transfer", "d_landing", $"s3://b/rds/now-{table}", $"{table}_t", "projects/p/topics/ours") { Table = $"shop.public.{table}" };

    private static string Words(SyncChange c)
    {
        var name = c.DisplayName.StartsWith("shop-", StringComparison.Ordinal) ? c.DisplayName.Split('-')[1] : c.DisplayName;
        return $"{c.Action}:{name}{(c.Config is null ? "" : $":{c.Config.Id}")}{string.Concat(c.Old.Select(o => $"-{o.Id}"))}{(c.Fields.Count == 0 ? "" : $"[{string.Join(',', c.Fields)}]")}";
    }
}

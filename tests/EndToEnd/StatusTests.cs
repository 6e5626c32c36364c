using System.Text.Json.Nodes;
using System.Xml.Linq;
using RdsBq.Core;
using RdsBq.Local;
using RdsBq.Local.Hosting;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>status</c> in the worlds that a pipeline goes through. Each call is checked to change nothing.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task From_nothing_to_a_published_run_that_grows_stale()
    {
        await using var nights = await Nights.StartAsync();
        AssertSays(await nights.ReadOnlyAsync("status"), 0, "none of this job", "none under way", "nothing is published yet", "there is no ledger yet");

        await nights.ExportAsync();
        AssertSays(await nights.ReadOnlyAsync("status"), 0, "export-id-local-", ": starting", "nothing is published yet");

        await nights.LandAsync();
        AssertSays(await nights.ReadOnlyAsync("status"), 0, $"{nights.Runs[0]}: 0 of 3 tables proven, 3 under way, 0 failed", "shop.public.orders   under way");

        await nights.JudgeAsync();
        AssertSays(await nights.ReadOnlyAsync("status"), 0, "none under way", $"shown   {nights.Runs[0]}, since ", "shop.public.orders   proven");

        nights.Run.Cloud.Clock.Advance(TimeSpan.FromHours(30));
        AssertSays(await nights.ReadOnlyAsync("status"), StopException.Stale, ": stale", "proven, stale", "what is published is stale: its snapshot is 3");
    }

    [Fact]
    public async Task Figures_of_a_run_are_those_of_its_source_and_the_next_export_is_expected_from_the_last()
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync();
        await nights.ExportAsync();
        var json = JsonNode.Parse((await nights.ReadOnlyAsync("status", "--json")).Output)!;
        Assert.Equal(["items 3 3", "old 3 3", "orders 3 3"], json["tables"]!.AsArray().Select(t => $"{t!["view"]} {t["rows"]} {t["landed"]}"));
        Assert.All(json["tables"]!.AsArray(), t => Assert.Equal(("proven", nights.Runs[0]), (t!["state"]!.GetValue<string>(), t["shown"]!.GetValue<string>())));
        Assert.NotNull(json["export"]!["expectedEnd"]);
        Assert.Equal((3, 9), (json["runs"]![0]!["tables"]!.GetValue<int>(), json["runs"]![0]!["rows"]!.GetValue<int>()));

        await nights.LandAsync();
        json = JsonNode.Parse((await nights.ReadOnlyAsync("status", "--json")).Output)!;
        Assert.Equal(["old gone", "fresh under way", "items under way", "orders under way"], json["tables"]!.AsArray().Select(t => $"{t!["view"]} {t["state"]}"));
        Assert.Equal((nights.Runs[1], nights.Runs[0]), (json["underWay"]!["runTime"]!.GetValue<string>(), json["shown"]!["runTime"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_failed_fell_short_or_was_left_out_is_red_with_its_reason()
    {
        await using var nights = await Nights.StartAsync();
        var cloud = nights.Run.Cloud;
        cloud.Faults.Add(new Fault("dts.run", "fail", "orders_", Code: "PERMISSION_DENIED", Message: "Access denied on the bucket."));
        cloud.Faults.Add(new Fault("dts.run", "nothing", "items_"));
        cloud.Faults.Add(new Fault("export.table", "skip", "shop.public.old", Message: "no right to read it"));
        await nights.ExportAsync();
        await nights.LandAsync();
        await nights.JudgeAsync();
        var ended = await nights.ReadOnlyAsync("status");
        AssertSays(
            ended, StopException.Stale, "0 of 2 tables proven, 0 under way, 2 failed, 1 skipped", "shop.public.items: short, 0 of 3 rows",
            "shop.public.old: skipped: ", "no right to read it");
        Assert.Matches("shop.public.orders: failed: PERMISSION_DENIED .*Access denied on the bucket", ended.Output);
        Assert.Matches(@"(?s)public\.orders +failed.*public\.items +short.*public\.old +skipped", ended.Output);
    }

    [Theory]
    [InlineData("rds.DescribeExportTasks", "AccessDenied", 403, "AWS's export tasks could not be read: AWS denied access", 1)]
    [InlineData("bigquery.jobs.query", "accessDenied", 403, "BigQuery's ledger could not be read: ", 1)]
    [InlineData("s3.GetBucketLifecycleConfiguration", "AccessDenied", 403, "was not checked: that needs s3:GetLifecycleConfiguration", 0)]
    public async Task What_one_place_does_not_answer_is_said_and_the_rest_is_shown(string operation, string code, int status, string said, int exitCode)
    {
        await using var nights = await Nights.StartAsync();
        await nights.PublishedAsync();
        nights.Run.Cloud.Faults.Add(new Fault(operation, "error", Times: 9, Status: status, Code: code, Message: "no"));
        var ended = await nights.ReadOnlyAsync("status");
        AssertSays(ended, exitCode, said, operation.StartsWith("rds", StringComparison.Ordinal) ? $"shown   {nights.Runs[0]}" : "export  export-id-local-");
    }

    [Fact]
    public async Task A_bucket_that_keeps_every_export_for_ever_is_warned_of_with_the_command_that_mends_it()
    {
        await using var nights = await Nights.StartAsync();
        Assert.DoesNotContain("never deleted", (await nights.ReadOnlyAsync("status")).Output, StringComparison.Ordinal);
        nights.Run.Cloud.SetConfiguration(Estate.Bucket, "lifecycle", null);
        AssertSays(
            await nights.ReadOnlyAsync("status"), 0,
            $"exports under s3://{Estate.Bucket}/rds/ are never deleted", $"aws s3api put-bucket-lifecycle-configuration --bucket {Estate.Bucket} ");
    }

    [Fact]
    public async Task The_page_on_disk_is_replaced_as_a_whole()
    {
        await using var nights = await Nights.StartAsync();
        var folder = Directory.CreateTempSubdirectory("rdsbq-status-");
        try
        {
            var file = Path.Combine(folder.FullName, "status.html");
            await nights.PublishedAsync();
            Assert.Equal(0, (await nights.ReadOnlyAsync("status", "--html", file)).ExitCode);
            Assert.Equal(0, (await nights.ReadOnlyAsync("status", "--html", file)).ExitCode);
            Assert.Equal(["status.html"], folder.GetFiles().Select(f => f.Name));
            var page = XDocument.Parse(await File.ReadAllTextAsync(file)).Root!;
            Assert.Contains("shop.public.orders", page.Descendants("th").Select(t => t.Value));
            var refused = await nights.Run.CallAsync("status", "--html", Path.Combine(folder.FullName, "absent", "status.html"));
            Assert.Equal((1, true), (refused.ExitCode, refused.Error.Contains("--html", StringComparison.Ordinal)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Watched_without_a_terminal_it_prints_a_line_for_every_change_and_ends_well_when_stopped()
    {
        await using var nights = await Nights.StartAsync();
        await using var output = new StringWriter();
        using var stop = new CancellationTokenSource();
        var settings = nights.Run.Environment.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!);
        var watching = Export.Job.RunAsync(
            ["status", "--watch", "--poll", "20ms"], settings, TextWriter.Synchronized(output), TextWriter.Null, TimeProvider.System, false, stop.Token);
        await nights.Run.EventuallyAsync(() => output.ToString().Contains("no export; nothing published", StringComparison.Ordinal), "the first line");
        await nights.ExportAsync();
        await nights.Run.EventuallyAsync(() => output.ToString().Contains(" starting; nothing published", StringComparison.Ordinal), "the second line");
        await stop.CancelAsync();
        Assert.Equal(0, await watching);
        Assert.Equal(2, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("--json", "--watch")]
    [InlineData("--poll", "never")]
    public async Task Arguments_that_make_no_sense_are_refused_before_anything_is_called(params string[] arguments)
    {
        await using var nights = await Nights.StartAsync();
        Assert.Equal(StopException.BadSettings, (await nights.Run.CallAsync(["status", .. arguments])).ExitCode);
        Assert.Empty(nights.Run.Cloud.Journal.Entries);
    }

    private static void AssertSays(Ended ended, int exitCode, params string[] words)
    {
        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        Assert.All(words, w => Assert.Contains(w, ended.Output, StringComparison.Ordinal));
    }
}

using RdsBq.Local;
using RdsBq.Local.Hosting;
using Xunit;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>export</c> as a process against the local AWS.</summary>
public sealed class ExportVerbTests
{
    [Fact]
    public async Task The_newest_available_of_250_snapshots_on_three_pages_is_exported_once()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        var seeded = cloud.Rds.SeedSnapshots("shop", 250);
        var newestAvailable = seeded[^2];

        var first = await cloud.RunAsync([]);

        Assert.True(first.ExitCode == 0, first.ToString());
        var task = Assert.Single(cloud.Rds.Tasks);
        Assert.Equal(newestAvailable.Arn, task.Snapshot.Arn);
        Assert.Equal($"export task {task.Id}  run time {RunTimeOf(task.Id)}  snapshot {newestAvailable.Id}  started\n", first.Output);
        Assert.Equal(3, cloud.Count("rds.DescribeDBClusterSnapshots"));
        Assert.Equal(1, cloud.Count("sts.AssumeRoleWithWebIdentity"));

        var second = await cloud.RunAsync(["export"]);

        Assert.Equal(0, second.ExitCode);
        Assert.EndsWith($"snapshot {newestAvailable.Id}  adopted\n", second.Output, StringComparison.Ordinal);
        Assert.Equal(1, cloud.Count("rds.StartExportTask"));
        Assert.All(ExportVerbCloud.Forbidden, secret => Assert.DoesNotContain(secret, first + second.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_snapshot_that_is_exported_already_is_left_alone_unless_asked_again()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        await cloud.RunAsync([]);
        await FinishAsync(cloud);

        var second = await cloud.RunAsync([]);

        Assert.Equal(0, second.ExitCode);
        Assert.EndsWith("nothing to do\n", second.Output, StringComparison.Ordinal);
        Assert.Equal(1, cloud.Count("rds.StartExportTask"));

        var again = await cloud.RunAsync(["--again"]);

        Assert.EndsWith("started\n", again.Output, StringComparison.Ordinal);
        Assert.Equal(2, cloud.Rds.Tasks.Count);
    }

    [Fact]
    public async Task A_start_whose_answer_is_lost_is_found_and_not_repeated_as_a_second_task()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        cloud.Faults.Add(new Fault("rds.StartExportTask", "drop", When: "after"));

        var ended = await cloud.RunAsync([]);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Single(cloud.Rds.Tasks);
        Assert.EndsWith("adopted\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_taken_slots_are_a_passing_condition_with_the_reason_last()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        cloud.Faults.Add(new Fault(
            "rds.StartExportTask", "error", Status: 400, Code: "ExportTaskLimitReachedFault", Message: "You have reached the limit of 5 concurrent export tasks"));

        var ended = await cloud.RunAsync([]);

        Assert.Equal(75, ended.ExitCode);
        Assert.Empty(ended.Output);
        Assert.Contains("All five export slots of this AWS account are taken.", ended.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Contains("What to do: ", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S3_EXPORT_IAM_ROLE_ARN", "arn:aws:iam::123456789012:role/nobody")]
    [InlineData("S3_EXPORT_BUCKET_NAME", "not-our-bucket")]
    [InlineData("KMS_KEY_ID", "arn:aws:kms:us-east-1:123456789012:key/5f1e7b7e-0f0c-4a53-9a38-0a4d2f0f7c11")]
    public async Task What_RDS_refuses_for_good_names_the_setting_to_mend(string setting, string value)
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], (setting, value));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(setting, ended.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Empty(cloud.Rds.Tasks);
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_token_is_told_with_the_claims_to_allow()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], ("AWS_TOKEN_AUDIENCE", "https://someone.else"));

        Assert.True(ended.ExitCode == 1, ended.ToString());
        Assert.Contains("AWS_ROLE_ARN", ended.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Contains("accounts.google.com:oaud", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.All(ExportVerbCloud.Forbidden, secret => Assert.DoesNotContain(secret, ended.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_is_exported_from_its_own_kind_of_snapshot()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], ("DB_CLUSTER_IDENTIFIER", null), ("DB_INSTANCE_IDENTIFIER", "shop-mysql"));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains(":snapshot:rds:shop-mysql-", Assert.Single(cloud.Rds.Tasks).Snapshot.Arn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_snapshots_needs_a_person()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], ("DB_CLUSTER_IDENTIFIER", "no-such-cluster"));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("no-such-cluster", ended.ErrorLines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_settings_end_with_64_and_nothing_is_called()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], ("ENV", "Not Good"), ("KMS_KEY_ID", null), ("AWS_REGION", "nowhere"));

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains("ENV='Not Good'", ended.Error, StringComparison.Ordinal);
        Assert.Contains("KMS_KEY_ID is not set", ended.Error, StringComparison.Ordinal);
        Assert.Contains("AWS_REGION='nowhere'", ended.Error, StringComparison.Ordinal);
        Assert.Empty(cloud.Journal.Entries);
    }

    [Fact]
    public async Task In_Cloud_Run_each_endpoint_override_is_refused_by_name_and_nothing_is_called()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();

        var ended = await cloud.RunAsync([], ("CLOUD_RUN_JOB", "rdsbq"));

        Assert.Equal(64, ended.ExitCode);
        foreach (var name in new[] { "AWS_ENDPOINT_URL_RDS", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_KMS", "AWS_ENDPOINT_URL_IAM", "GCE_METADATA_HOST" })
            Assert.Contains(name, ended.Error, StringComparison.Ordinal);
        Assert.All(ended.ErrorLines, line => Assert.StartsWith("{\"severity\":\"ERROR\"", line, StringComparison.Ordinal));
        Assert.Empty(cloud.Journal.Entries);
    }

    [Fact]
    public async Task Waiting_follows_the_export_and_a_signal_ends_it_with_75()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        await using var child = ExportVerbProcess.Start(["--wait", "--poll", "50ms"], cloud.Environment());
        await child.SeesAsync("starting", TimeSpan.FromSeconds(60));
        cloud.Clock.Advance(TimeSpan.FromMinutes(13));
        await child.SeesAsync("in progress", TimeSpan.FromSeconds(30));

        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{child.Id}"]);
        var exitCode = await child.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(75, exitCode);
        Assert.Contains("Stopped by a signal", child.Error, StringComparison.Ordinal);
        Assert.Single(cloud.Rds.Tasks);
    }

    [Fact]
    public async Task Waiting_on_an_export_that_fails_ends_with_its_cause()
    {
        await using var cloud = await ExportVerbCloud.StartAsync();
        cloud.Faults.Add(new Fault("rds.export", "fail", Message: "The S3 bucket [x] isn't valid."));
        await using var child = ExportVerbProcess.Start(["--wait", "--poll", "50ms"], cloud.Environment());
        await child.SeesAsync("starting", TimeSpan.FromSeconds(60));
        cloud.Clock.Advance(TimeSpan.FromMinutes(13));
        await child.SeesAsync("in progress", TimeSpan.FromSeconds(30));
        cloud.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(1, await child.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("The S3 bucket [x] isn't valid.", child.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exprot", "export")]
    [InlineData("--agian", "--again")]
    public async Task A_mistyped_argument_ends_with_64_and_the_nearest_one(string typed, string meant)
    {
        var ended = await ExportVerbProcess.RunAsync([typed], ExportVerbProcess.Settings());

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains(typed, ended.Error, StringComparison.Ordinal);
        Assert.Contains(meant, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_the_verbs_and_the_exit_codes()
    {
        var ended = await ExportVerbProcess.RunAsync(["--help"], ExportVerbProcess.Settings());

        Assert.Equal(0, ended.ExitCode);
        foreach (var word in new[] { "export", "load", "64", "75" }) Assert.Contains(word, ended.Output, StringComparison.Ordinal);
    }

    private static async Task FinishAsync(ExportVerbCloud cloud)
    {
        for (var i = 0; i < 200 && cloud.Rds.Tasks.Any(t => t.Status != "COMPLETE"); i++)
        {
            cloud.Clock.Advance(TimeSpan.FromMinutes(5));
            await Task.Delay(10);
        }
        Assert.All(cloud.Rds.Tasks, t => Assert.Equal("COMPLETE", t.Status));
    }

    private static string RunTimeOf(string id)
    {
        var at = DateTime.ParseExact(id[^13..], "yyyyMMdd-HHmm", System.Globalization.CultureInfo.InvariantCulture);
        return at.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }
}

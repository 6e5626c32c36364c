using RdsBq.Tests.Clouds;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What the shipped function refuses to start with.</summary>
public sealed class FunctionStartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_bad_setting_is_named_at_once_and_nothing_is_called()
    {
        await using var google = await GoogleSide.StartAsync();
        var environment = google.Environment();
        environment["GOOGLE_CLOUD_PROJECT"] = null;
        environment["BIGQUERY_LOCATION"] = "the moon";
        environment["PUBLISH"] = "sometimes";
        environment["READY_TOPIC"] = "ready";
        environment["SLACK_CHANNEL"] = null;
        environment["RDSBQ_ENDPOINT_SLACK"] = "localhost";
        await using var function = FunctionProcess.Launch(environment);
        Assert.Equal(64, await function.WaitAsync(Limit));
        Assert.Equal(
            ["BIGQUERY_LOCATION", "GOOGLE_CLOUD_PROJECT", "PUBLISH", "RDSBQ_ENDPOINT_SLACK", "READY_TOPIC", "SLACK_CHANNEL"],
            function.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', '=')[0]).Order());
        Assert.Contains("BIGQUERY_LOCATION='the moon'; expected a BigQuery location", function.Error, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_CLOUD_PROJECT is not set; expected", function.Error, StringComparison.Ordinal);
        Assert.Equal("", function.Output);
        Assert.Empty(google.Journal.Entries);
    }

    [Fact]
    public async Task A_Slack_token_in_place_of_its_secrets_name_is_refused_and_not_repeated()
    {
        await using var google = await GoogleSide.StartAsync();
        var environment = google.Environment();
        environment["SLACK_TOKEN_SECRET"] = google.Estate.SlackToken;
        await using var function = FunctionProcess.Launch(environment);
        Assert.Equal(64, await function.WaitAsync(Limit));
        Assert.Contains("SLACK_TOKEN_SECRET", function.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(google.Estate.SlackToken, function.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Cloud_Run_every_other_endpoint_is_refused_by_name()
    {
        await using var google = await GoogleSide.StartAsync();
        var environment = google.Environment();
        environment["K_SERVICE"] = "rdsbq-notify";
        await using var function = FunctionProcess.Launch(environment);
        Assert.Equal(64, await function.WaitAsync(Limit));
        Assert.Equal(
            ["BIGQUERY_EMULATOR_HOST", "GCE_METADATA_HOST", "PUBSUB_EMULATOR_HOST", "RDSBQ_ENDPOINT_DATATRANSFER", "RDSBQ_ENDPOINT_SECRETMANAGER",
                "RDSBQ_ENDPOINT_SLACK"],
            function.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]).Order());
        Assert.Empty(google.Journal.Entries);
    }
}

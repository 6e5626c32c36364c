using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary><c>dotnet run --project local</c>, as people run it.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Told_once_the_story_ends_well_with_equal_receipts_and_the_alert()
    {
        await using var story = StoryProgram.Start("--once", "--scale", "0.05", "--speed", "240");

        var code = await story.WaitAsync(StoryProgram.Limit);

        var everything = $"{story.Output}\n{story.Error}";
        Assert.True(code == 0, everything);
        AssertTold(story.Output);
        Assert.Empty(story.Error);
        Assert.Empty(SecretsCheck.Find(everything, []));
    }

    [Fact]
    public async Task Staying_up_it_takes_verbs_by_hand_and_Ctrl_C_ends_every_child()
    {
        await using var story = StoryProgram.Start("--scale", "0.02", "--speed", "240");
        await story.SeesAsync("Ctrl-C ends it all.", StoryProgram.Limit);
        AssertTold(story.Output);

        var lines = StoryProgram.ExportLines(story.Output);
        var script = string.Join('\n', [.. lines, "cd /", $"dotnet '{Tools.Built("jobs/Export", "rdsbq.dll")}' load"]);
        await using var shell = Child.Start("bash", ["-ec", script], ExportVerbProcess.Settings());
        var code = await shell.WaitAsync(StoryProgram.Limit);
        Assert.True(code == 0, $"{shell.Output}\n{shell.Error}");
        Assert.Contains("no newer export is complete", shell.Output, StringComparison.Ordinal);

        var children = StoryProgram.ChildrenOf(story.Id);
        Assert.NotEmpty(children);
        await StoryProgram.SignalAsync(story, "INT");
        Assert.Equal(0, await story.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.DoesNotContain(children, StoryProgram.IsAlive);
        Assert.Empty(SecretsCheck.Find($"{story.Output}\n{story.Error}\n{shell.Output}\n{shell.Error}", []));
    }

    [Fact]
    public async Task Serving_it_prints_what_is_needed_answers_its_controls_and_ends_on_SIGTERM()
    {
        await using var serve = StoryProgram.Start("serve", "--scale", "0.01");
        await serve.SeesAsync("ready\n", StoryProgram.Limit);
        Assert.Equal("ready", serve.Output.TrimEnd().Split('\n')[^1]);
        using var control = new HttpClient { BaseAddress = new Uri(StoryProgram.Value(serve.Output, "RDSBQ_LOCAL")) };

        Assert.Equal("ok", (string?)(await GetAsync(control, "health"))["status"]);
        Assert.Empty((await GetAsync(control, "journal")).AsArray());
        await AssertFaultsAsync(control, serve.Output);
        await AssertClockAsync(control);

        await StoryProgram.SignalAsync(serve, "TERM");
        Assert.Equal(0, await serve.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    /// <summary>A scripted fault is listed, met by a call, and seen in the journal; a reset forgets it all.</summary>
    private static async Task AssertFaultsAsync(HttpClient control, string output)
    {
        var fault = new JsonObject { ["operation"] = "metadata.token", ["action"] = "error", ["status"] = 503 };
        Assert.Equal(HttpStatusCode.Created, (await control.PostAsJsonAsync("/_local/faults", fault)).StatusCode);
        Assert.Equal("metadata.token", (string?)(await GetAsync(control, "faults"))[0]!["operation"]);
        using var metadata = new HttpClient { BaseAddress = new Uri($"http://{StoryProgram.Value(output, "GCE_METADATA_HOST")}") };
        metadata.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        using var hit = await metadata.GetAsync(new Uri("/computeMetadata/v1/instance/service-accounts/default/token", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, hit.StatusCode);
        var entry = (await GetAsync(control, "journal")).AsArray().Single()!;
        Assert.Equal("metadata.token 503", $"{entry["operation"]} {entry["status"]}");

        var mistyped = new JsonObject { ["operatoin"] = "x" };
        Assert.Equal(HttpStatusCode.BadRequest, (await control.PostAsJsonAsync("/_local/faults", mistyped)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await control.PostAsync(new Uri("/_local/reset", UriKind.Relative), null)).StatusCode);
        Assert.Empty((await GetAsync(control, "faults")).AsArray());
        Assert.Empty((await GetAsync(control, "journal")).AsArray());
    }

    private static async Task AssertClockAsync(HttpClient control)
    {
        await control.PostAsJsonAsync("/_local/clock", new JsonObject { ["speed"] = 0 });
        var before = await NowAsync(control);
        await control.PostAsJsonAsync("/_local/clock", new JsonObject { ["advance"] = "PT6M" });
        Assert.Equal(TimeSpan.FromMinutes(6), await NowAsync(control) - before);
    }

    /// <summary>Two receipt tables of ten tables and their sum, all equal; a message for values that no type holds, and one for the failure, which turns green.</summary>
    private static void AssertTold(string output)
    {
        var receipts = StoryProgram.Receipts(output);
        Assert.Equal(2, receipts.Count(r => r.Table == "all"));
        Assert.Equal(2, receipts.Count(r => r.Table == "shop.public.orders"));
        Assert.Equal(2, receipts.Count(r => r.Table == "shop.public.returns" && r.Exported == 0));
        Assert.All(receipts, r => Assert.True(r.Exported == r.Published && r.Verdict == "equal", r.ToString()));
        Assert.Contains(output.Split('\n'), l => l.StartsWith("│ • shop.public.every_type: 14 values are NULL in the view", StringComparison.Ordinal));
        Assert.Single(output.Split('\n'), l => l.Contains("] shop.public.", StringComparison.Ordinal) && l.Contains(": transfer failed ", StringComparison.Ordinal));
        Assert.Single(output.Split('\n'), l => l.Contains("] Mended: run ", StringComparison.Ordinal));
        Assert.Contains("PERMISSION_DENIED", output, StringComparison.Ordinal);
    }

    private static async Task<DateTimeOffset> NowAsync(HttpClient control) =>
        DateTimeOffset.Parse((string)(await GetAsync(control, "clock"))["now"]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<JsonNode> GetAsync(HttpClient control, string what) =>
        (await control.GetFromJsonAsync<JsonNode>(new Uri($"/_local/{what}", UriKind.Relative)))!;
}

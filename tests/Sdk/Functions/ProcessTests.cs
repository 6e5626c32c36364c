using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.Sdk.Tests.Functions;

/// <summary>The entry point as Cloud Run meets it: environment variables in, log lines out, SIGTERM at the end.</summary>
public sealed partial class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RequiresFact("dotnet", "kill")]
    public async Task In_Cloud_Run_it_takes_its_settings_from_the_environment_logs_JSON_and_ends_on_SIGTERM()
    {
        await using var child = Start([], new()
        {
            ["FUNCTION_TARGET"] = typeof(Greets).FullName, ["PORT"] = "0", ["K_SERVICE"] = "notify",
            ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
        });
        await child.SeesAsync("Now listening on", Patience);
        Assert.Matches(@"http://0\.0\.0\.0:\d+", child.Output);
        await GetAsync(child);
        await child.SeesAsync("asked to throw", Patience);
        await TerminateAsync(child);

        Assert.Equal(0, await child.WaitAsync(Patience));
        var entries = child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        var warning = Assert.Single(entries, entry => (string?)entry["severity"] == "WARNING");
        Assert.Equal("greeting second \"<é>\"", (string?)warning["message"]);
        Assert.Equal(typeof(Greets).FullName, (string?)warning["category"]);
        Assert.Equal("second", (string?)warning["format_parameters"]!["Whom"]);
        Assert.Contains(warning["scopes"]!.AsArray(), scope => (string?)scope!["Id"] == "7");
        var error = Assert.Single(entries, entry => (string?)entry["severity"] == "ERROR");
        Assert.Contains("InvalidOperationException: asked to throw", (string?)error["exception"], StringComparison.Ordinal);
    }

    [RequiresFact("dotnet", "kill")]
    public async Task Elsewhere_it_listens_on_loopback_and_logs_readable_lines()
    {
        await using var child = Start(["--target", typeof(Greets).FullName!, "--port", "0"], []);
        await child.SeesAsync("Now listening on: http://127.0.0.1:", Patience);
        await GetAsync(child);
        await child.SeesAsync("asked to throw", Patience);
        await TerminateAsync(child);
        Assert.Equal(0, await child.WaitAsync(Patience));
        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\dT[\d:.]+Z \[RdsBq\.Sdk\.Tests\.Functions\.Greets\] \[warn\] greeting second ""<é>""$", child.Output);
        Assert.Matches(@"(?m)^Scopes: \[.*Id: 7", child.Output);
    }

    private static Child Start(string[] arguments, Dictionary<string, string?> environment)
    {
        foreach (var name in new[] { "FUNCTION_TARGET", "PORT", "K_SERVICE", "DOTNET_RUNNING_IN_CONTAINER" })
            environment.TryAdd(name, null);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:1";
        return Child.Start("dotnet", [typeof(Program).Assembly.Location, .. arguments], environment);
    }

    private static async Task GetAsync(Child child)
    {
        using var client = new HttpClient();
        var port = Port().Match(child.Output).Groups[1].Value;
        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/?throw"));
        Assert.Equal(500, (int)response.StatusCode);
    }

    private static async Task TerminateAsync(Child child)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{child.Id}"]);
        await kill.WaitForExitAsync();
    }

    [GeneratedRegex(@"Now listening on: http://[\d.]+:(\d+)")]
    private static partial Regex Port();
}

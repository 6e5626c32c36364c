using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>The scripts of infra/gcp, run by bash with the real gcloud and bq, whose calls all go to a recorder.</summary>
internal sealed class Scripts : IAsyncDisposable
{
    public const string Project = "my-project-123";

    private static readonly string[] Apis =
    [
        "run", "pubsub", "secretmanager", "iam", "cloudresourcemanager", "serviceusage", "artifactregistry", "monitoring", "cloudscheduler",
        "storage", "cloudbuild",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-infra-").FullName;

    private Scripts(RecordingProxy google) => Google = google;

    public RecordingProxy Google { get; }

    public string Settings => Path.Combine(folder, "settings.env");

    public static async Task<Scripts> StartAsync(string settings)
    {
        var scripts = new Scripts(await RecordingProxy.StartAsync());
        await File.WriteAllTextAsync(scripts.Settings, settings);
        await File.WriteAllTextAsync(Path.Combine(scripts.folder, "token"), "token");
        scripts.Shim();
        return scripts;
    }

    /// <summary>Runs a script to its end: what it printed, and the calls that it made.</summary>
    public Task<ScriptRun> RunAsync(string script, params string[] arguments) =>
        RunProgramAsync("bash", [$"infra/gcp/{script}", "--settings", Settings, .. arguments]);

    public async Task<ScriptRun> RunProgramAsync(string program, params string[] arguments)
    {
        var before = Google.Calls.Count;
        await using var child = Child.Start(program, arguments, Environment());
        var code = await child.WaitAsync(TimeSpan.FromMinutes(20));
        return new ScriptRun(code, child.Output, child.Error, [.. Google.Calls.Skip(before)]);
    }

    public async ValueTask DisposeAsync()
    {
        await Google.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>
        {
            ["HOME"] = folder, ["TMPDIR"] = folder, ["PATH"] = $"{folder}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["CLOUDSDK_CONFIG"] = Path.Combine(folder, "gcloud"), ["CLOUDSDK_AUTH_ACCESS_TOKEN_FILE"] = Path.Combine(folder, "token"),
            ["CLOUDSDK_CORE_DISABLE_USAGE_REPORTING"] = "1", ["CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK"] = "1",
            ["CLOUDSDK_PROXY_TYPE"] = "http", ["CLOUDSDK_PROXY_ADDRESS"] = "127.0.0.1", ["CLOUDSDK_PROXY_PORT"] = $"{Google.Port}",
            ["CLOUDSDK_CORE_PROJECT"] = null, ["no_proxy"] = null, ["NO_PROXY"] = null,
        };
        foreach (var api in Apis)
            environment[$"CLOUDSDK_API_ENDPOINT_OVERRIDES_{api.ToUpperInvariant()}"] = $"http://{api}.googleapis.com/";
        return environment;
    }

    // bq asks a proxy for a tunnel, which the recorder could not look into: the same bq, sent straight to it.
    private void Shim()
    {
        var discovery = Directory.GetFiles("/usr/lib/google-cloud-sdk/platform/bq", "bigquery.json", SearchOption.AllDirectories)
            .First(f => f.Contains("discovery_next", StringComparison.Ordinal));
        var shim = Path.Combine(folder, "bq");
        File.WriteAllText(shim, $"""
            #!/bin/sh
            unset CLOUDSDK_PROXY_TYPE CLOUDSDK_PROXY_ADDRESS CLOUDSDK_PROXY_PORT
            exec {Tools.Find("bq")} --api=http://127.0.0.1:{Google.Port} --discovery_file={discovery} --oauth_access_token=token "$@"
            """);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(shim, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

internal sealed record ScriptRun(int Code, string Output, string Error, IReadOnlyList<Call> Calls)
{
    public IEnumerable<Call> Changes => Calls.Where(c => c.Changes);

    /// <summary>The run as it went, for a failed assertion.</summary>
    public override string ToString() => $"exit {Code}\n{Output}\n{Error}\n{string.Join('\n', Calls)}";
}

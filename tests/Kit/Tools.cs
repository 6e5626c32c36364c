namespace RdsBq.Tests.Kit;

/// <summary>Where things are on the machine that runs the tests.</summary>
public static class Tools
{
    private static readonly string[] PostgresFolders = Directory.Exists("/usr/lib/postgresql")
        ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))]
        : [];

    /// <summary>The repository's root: the nearest folder upwards that holds the solution.</summary>
    public static string RepoRoot { get; } = FindRoot();

    /// <summary>Path of a program on PATH or in PostgreSQL's own folders; <c>pubsub-emulator</c> is the Google Cloud SDK's. Null where absent.</summary>
    public static string? Find(string program)
    {
        if (program == "pubsub-emulator") return PubSubEmulator();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return path.Concat(PostgresFolders).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>The built main assembly of an executable project, e.g. <c>Built("jobs/Export", "rdsbq.dll")</c>, in the configuration of the running tests.</summary>
    public static string Built(string project, string assembly)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(RepoRoot, project, "bin", configuration, "net10.0", assembly);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RdsBq.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from a checkout: RdsBq.sln was not found above " + AppContext.BaseDirectory);
    }

    private static string? PubSubEmulator()
    {
        var gcloud = Find("gcloud");
        string[] roots = ["/usr/lib/google-cloud-sdk", gcloud is null ? "" : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(gcloud)!, ".."))];
        return roots.Select(r => Path.Combine(r, "platform/pubsub-emulator/bin/cloud-pubsub-emulator")).FirstOrDefault(File.Exists);
    }
}

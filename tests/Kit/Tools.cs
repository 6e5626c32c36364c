using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RdsBq.Tests.Kit;

/// <summary>Where things are on the machine that runs the tests.</summary>
public static class Tools
{
    private static readonly string[] PostgresFolders = Directory.Exists("/usr/lib/postgresql")
        ? [.. Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))]
        : [];

    /// <summary>The repository's root: the nearest folder upwards that holds the solution.</summary>
    public static string RepoRoot { get; } = FindRoot();

    /// <summary>
    /// Path of a program on PATH or in PostgreSQL's own folders; <c>pubsub-emulator</c> and <c>spanner-emulator</c> are the Google Cloud SDK's,
    /// <c>googlesql</c> is what .ci/run has installed, and <c>mount</c> is there only for who may mount. Null where absent.
    /// </summary>
    public static string? Find(string program)
    {
        if (program == "pubsub-emulator") return InGoogleCloudSdk("platform/pubsub-emulator/bin/cloud-pubsub-emulator");
        if (program == "spanner-emulator") return InGoogleCloudSdk("bin/cloud_spanner_emulator/gateway_main");
        if (program == "googlesql") return GoogleSql();
        if (program == "mount" && !MayMount.Value) return null;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return path.Concat(PostgresFolders).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>The built main assembly of an executable project, e.g. <c>Built("jobs/Export", "rdsbq.dll")</c>, in the configuration of the running tests.</summary>
    public static string Built(string project, string assembly)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(RepoRoot, project, "bin", configuration, "net10.0", assembly);
    }

    /// <summary>A port of 127.0.0.1 that was free a moment ago, for programs that can't choose one themselves.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // Most containers are not allowed to, root or not: building an image there is for another machine.
    private static readonly Lazy<bool> MayMount = new(() =>
    {
        if (!File.Exists("/usr/bin/unshare")) return false;
        using var attempt = Process.Start(new ProcessStartInfo("/usr/bin/unshare", ["--mount", "mount", "--bind", "/tmp", "/tmp"]) { RedirectStandardError = true })!;
        attempt.WaitForExit();
        return attempt.ExitCode == 0;
    });

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "RdsBq.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from a checkout: RdsBq.sln was not found above " + AppContext.BaseDirectory);
    }

    private static string? InGoogleCloudSdk(string path)
    {
        var gcloud = Find("gcloud");
        string[] roots = ["/usr/lib/google-cloud-sdk", gcloud is null ? "" : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(gcloud)!, ".."))];
        return roots.Select(r => Path.Combine(r, path)).FirstOrDefault(File.Exists);
    }

    // Where .ci/run puts it.
    private static string? GoogleSql()
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "";
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named : Path.Combine(home, ".cache");
        var path = Path.Combine(cache, "rdsbq", "googlesql-1.13.0", "remote_server.so");
        return File.Exists(path) ? path : null;
    }
}

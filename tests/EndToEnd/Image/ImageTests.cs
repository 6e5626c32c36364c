using System.Net.Sockets;
using System.Text.RegularExpressions;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Kit;
using RdsBq.Tests.Kit.Image;

namespace RdsBq.EndToEnd.Tests.Image;

/// <summary>The image, built from the Dockerfile, run as its own user on a read-only file system.</summary>
public sealed partial class ImageTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // One build for all of it: it takes minutes.
    [RequiresFact("buildah", "debootstrap", "jq", "mount")]
    public async Task Job_and_function_work_from_the_image_as_nobody_on_a_file_system_that_they_cannot_write_to()
    {
        await using var image = await BuiltImage.BuildAsync();
        AssertDescribed(image);
        await AssertReadOnlyAsync(image);
        await AssertPublishesAsync(image);
    }

    private static void AssertDescribed(BuiltImage image)
    {
        var version = Version().Match(File.ReadAllText(Path.Combine(Tools.RepoRoot, "Directory.Build.props"))).Groups[1].Value;
        Assert.Equal(
            ("1654:1654", "/app", "rdsbq", version),
            ((string?)image.Config["User"], (string?)image.Config["WorkingDir"], (string?)image.Config["Cmd"]![0], (string?)image.Config["Labels"]!["org.opencontainers.image.version"]));
        Assert.Null(image.Config["Entrypoint"]);
        Assert.Equal(["RdsBq.TransferNotify", "rdsbq"], Directory.GetFiles(Path.Combine(image.Root, "app")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        // What it runs on has none; that nothing brings one in is the file's own.
        Assert.DoesNotContain(Directory.EnumerateFiles(image.Root, "*sh", SearchOption.AllDirectories), f => Path.GetFileName(f) is "sh" or "bash" or "dash");
    }

    private static async Task AssertReadOnlyAsync(BuiltImage image)
    {
        var help = await RunAsync(image, new Dictionary<string, string?>(), "rdsbq", "doctor", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Changes nothing.", help.Output, StringComparison.Ordinal);
        await using var run = await CloudRun.StartAsync();
        // Proof that the walls are there: the one verb that writes a file can't.
        var written = await RunAsync(image, run.Environment, "rdsbq", "status", "--html", "/status.html");
        Assert.Equal(1, written.ExitCode);
        Assert.Contains("Read-only file system", written.Error, StringComparison.Ordinal);
    }

    /// <summary>A night with a failure in it: exported, landed, told, mended, proven and published by the image's two programs.</summary>
    private static async Task AssertPublishesAsync(BuiltImage image)
    {
        await using var run = await CloudRun.StartAsync(new LocalOptions(Speed: 120, Scale: 0.002));
        run.Cloud.Faults.Add(new Fault("dts.run", "fail", Subject: "orders_", Times: 1, Code: "PERMISSION_DENIED", Message: "Access Denied"));
        await using var function = image.Start(run.Environment, "RdsBq.TransferNotify");
        await run.EventuallyAsync(() => ListensAsync(run.Cloud.FunctionPort, function), "the function listens");
        var doctor = await RunAsync(image, run.Environment, "rdsbq", "doctor", "--json");
        Assert.True(doctor.ExitCode == 0, doctor.ToString());
        Assert.Equal(["target tables", "landing authorised"], DoctorLine.Read(doctor.Output).Where(l => l.Verdict != "ok").Select(l => l.Check));
        var first = await RunAsync(image, run.Environment, "rdsbq", "export", "--wait", "--poll", "500ms");
        Assert.True(first.ExitCode == 1, first.ToString());
        await run.EventuallyAsync(() => run.Cloud.SlackTexts.Any(t => t.Contains("transfer failed", StringComparison.Ordinal)), "the failure is told");
        var retried = await RunAsync(image, run.Environment, "rdsbq", "load", "--retry");
        Assert.True(retried.ExitCode == 0, retried.ToString());
        await run.EventuallyAsync(async () => (await run.LedgerAsync("COUNT(*)", "WHERE event = 'published'"))[0][0] == "1", "the run is published");
        await run.EventuallyAsync(() => function.Output.Contains(": Published.", StringComparison.Ordinal), "the function has published it");
        Assert.NotEqual("0", (await run.QueryAsync($"SELECT COUNT(*) FROM `{run.Dataset}.orders`"))[0][0]);
    }

    private static async Task<Ended> RunAsync(BuiltImage image, IReadOnlyDictionary<string, string?> environment, params string[] command)
    {
        await using var child = image.Start(environment, command);
        return new Ended(await child.WaitAsync(Limit), child.Output, child.Error);
    }

    private static async Task<bool> ListensAsync(int port, Child function)
    {
        Assert.False(function.HasExited, function.Output + function.Error);
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex Version();
}

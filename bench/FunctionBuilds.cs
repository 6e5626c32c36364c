using System.Globalization;
using RdsBq.Tests.Kit;

namespace RdsBq.Bench;

/// <summary>One way to run the function: what it is called, its command and what has to be shipped for it.</summary>
/// <param name="Bytes">Of the program and, where it needs one, its runtime: all but the operating system's libraries.</param>
public sealed record FunctionBuild(string Name, string Program, IReadOnlyList<string> Arguments, long Bytes);

/// <summary>The function as it ships (Native AOT, as the Dockerfile makes it), on the runtime, and its like on Node.</summary>
public static class FunctionBuilds
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <param name="folder">For what is built.</param>
    public static async Task<IReadOnlyList<FunctionBuild>> MakeAsync(string folder)
    {
        var aot = await PublishAsync("functions/TransferNotify", folder, "-p:PublishAot=true");
        var jit = await PublishAsync("functions/TransferNotify", folder);
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var web = runtime.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);
        return
        [
            new("Native AOT (the image)", Path.Combine(aot, "RdsBq.TransferNotify"), [], Bytes(aot)),
            new("on the .NET runtime", "dotnet", [Path.Combine(jit, "RdsBq.TransferNotify.dll")], Bytes(jit) + Bytes(runtime) + Bytes(web)),
            await NodeAsync(folder),
        ];
    }

    /// <summary>The job as it ships, and on the runtime.</summary>
    public static async Task<IReadOnlyList<FunctionBuild>> JobsAsync(string folder)
    {
        var aot = await PublishAsync("jobs/Export", folder, "-p:PublishAot=true");
        var jit = await PublishAsync("jobs/Export", folder);
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return
        [
            new("Native AOT (the image)", Path.Combine(aot, "rdsbq"), [], Bytes(aot)),
            new("on the .NET runtime", "dotnet", [Path.Combine(jit, "rdsbq.dll")], Bytes(jit) + Bytes(runtime)),
        ];
    }

    // From a copy of the sources: publishing for one platform restores anew, and the checkout's own builds would be in its way.
    private static async Task<string> PublishAsync(string project, string folder, params string[] properties)
    {
        var output = Path.Combine(folder, $"{Path.GetFileName(project)}-{properties.Length}");
        if (!Directory.Exists(Path.Combine(folder, "source"))) await RunAsync("git", ["clone", "-q", Tools.RepoRoot, Path.Combine(folder, "source")], folder);
        await RunAsync("dotnet", ["publish", project, "-c", "Release", "-o", output, .. properties], Path.Combine(folder, "source"));
        return output;
    }

    private static async Task<FunctionBuild> NodeAsync(string folder)
    {
        var app = Path.Combine(folder, "node");
        Directory.CreateDirectory(app);
        foreach (var file in Directory.GetFiles(Path.Combine(Tools.RepoRoot, "bench", "node"))) File.Copy(file, Path.Combine(app, Path.GetFileName(file)));
        await RunAsync("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock"], app);
        var node = new FileInfo(Tools.Find("node") ?? throw new InvalidOperationException("The bench needs node."));
        var framework = Path.Combine(app, "node_modules", "@google-cloud", "functions-framework", "build", "src", "main.js");
        return new FunctionBuild(
            "Node " + (await RunAsync("node", ["--version"], app)).Trim(), "node", [framework, "--target=judge", $"--source={app}"],
            Bytes(app) + (node.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? node).Length);
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        await using var child = Child.Start(program, arguments, folder: folder);
        return await child.WaitAsync(Limit) == 0 ? child.Output
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {child.ExitCode}.\n{child.Output}\n{child.Error}"));
    }

    // Symbols and documentation stay at home.
    private static long Bytes(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is not (".dbg" or ".pdb" or ".xml")).Sum(f => new FileInfo(f).Length);
}

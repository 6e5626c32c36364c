using System.Diagnostics;

namespace RdsBq.Local.Story;

/// <summary>The job and the function as they ship: separate processes, found beside this one in the checkout, ended with it.</summary>
internal sealed class Shipped(IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private readonly List<Process> running = [];

    /// <summary>Runs the job to its end. <paramref name="line"/> sees stdout and stderr as they come.</summary>
    public async Task<int> JobAsync(IEnumerable<string> arguments, Action<string> line, CancellationToken token)
    {
        using var process = Start("jobs/Export", "rdsbq.dll", arguments, line);
        try
        {
            await process.WaitForExitAsync(token);
            return process.ExitCode;
        }
        finally
        {
            await EndAsync(process);
        }
    }

    public void StartFunction(Action<string> line) => Start("functions/TransferNotify", "RdsBq.TransferNotify.dll", [], line);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.ToList()) await EndAsync(process);
    }

    /// <summary>The line that runs the job by hand from the checkout's root.</summary>
    public static string CommandLine(string arguments) => $"dotnet {Path.GetRelativePath(Root, Assembly("jobs/Export", "rdsbq.dll"))} {arguments}";

    public static string FunctionLine => $"dotnet {Path.GetRelativePath(Root, Assembly("functions/TransferNotify", "RdsBq.TransferNotify.dll"))}";

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (folder is not null && !File.Exists(Path.Combine(folder, "RdsBq.sln"))) folder = Path.GetDirectoryName(folder);
            return folder ?? throw new InvalidOperationException("The story runs from a checkout: RdsBq.sln was not found above " + AppContext.BaseDirectory);
        }
    }

    private static string Assembly(string project, string file)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(Root, project, "bin", configuration, "net10.0", file);
    }

    private Process Start(string project, string file, IEnumerable<string> arguments, Action<string> line)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly(project, file), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Without a target_tables.txt in sight every table is wanted.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Say(e.Data);
        process.ErrorDataReceived += (_, e) => Say(e.Data);
        process.Start();
        lock (running) running.Add(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Say(string? text)
        {
            if (!string.IsNullOrEmpty(text)) line(text);
        }
    }

    private async Task EndAsync(Process process)
    {
        lock (running)
        {
            if (!running.Remove(process)) return;
        }
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process.Dispose();
    }
}

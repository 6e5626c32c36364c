using System.Diagnostics;
using System.Text;

namespace RdsBq.Tests.Kit;

/// <summary>A process of the tests' own: its output is kept, and it is ended by its id, with its children, when the test is done.</summary>
public sealed class Child : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private bool disposed;

    private Child(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (error) return error.ToString();
        }
    }

    /// <param name="environment">Added to this process's own; a null value removes the variable.</param>
    public static Child Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Tools.RepoRoot,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start, EnableRaisingEvents = true });
        child.process.OutputDataReceived += (_, line) => Append(child.output, line.Data);
        child.process.ErrorDataReceived += (_, line) => Append(child.error, line.Data);
        child.process.Start();
        child.process.StandardInput.Close();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for the end; after <paramref name="limit"/> the process is killed and the wait fails with what it had printed.</summary>
    public async Task<int> WaitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"{process.StartInfo.FileName} did not end within {limit}.\n{Output}\n{Error}");
        }
        return process.ExitCode;
    }

    /// <summary>Waits until the output (or error output) contains a text.</summary>
    public async Task SeesAsync(string text, TimeSpan limit)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal))
        {
            if (process.HasExited && !Output.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal))
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode} before '{text}'.\n{Output}\n{Error}");
            if (TimeProvider.System.GetElapsedTime(until) > limit) throw new TimeoutException($"No '{text}' within {limit}.\n{Output}\n{Error}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL, children included.</summary>
    public void Kill()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever started it and whoever keeps its output may both end it.
        if (Interlocked.Exchange(ref disposed, true)) return;
        Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Append(StringBuilder to, string? line)
    {
        if (line is null) return;
        lock (to) to.Append(line).Append('\n');
    }
}

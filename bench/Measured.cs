using System.Diagnostics;
using RdsBq.Tests.Kit;

namespace RdsBq.Bench;

/// <summary>A process that has ended, and the most memory that it held at once.</summary>
public sealed record Measured(int ExitCode, string Output, long PeakBytes, TimeSpan Took)
{
    public static async Task<Measured> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        await using var child = Child.Start(program, arguments, environment, AppContext.BaseDirectory);
        long peak = 0;
        while (!child.HasExited)
        {
            peak = Math.Max(peak, PeakOf(child.Id));
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"{program} did not end within {limit}.\n{child.Output}\n{child.Error}");
            await Task.Delay(20);
        }
        var code = await child.WaitAsync(limit);
        return new Measured(code, child.Output + child.Error, peak, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// The kernel's own high-water mark of resident memory (proc(5), VmHWM): it is never missed between two looks. 0 once the process is
    /// gone.
    /// </summary>
    public static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan()[6..^2].Trim()) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

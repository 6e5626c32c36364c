using RdsBq.Core;
using RdsBq.Core.Reports;

namespace RdsBq.Export.Reporting;

/// <summary><c>status</c>: shows where everything stands, once or again and again. It calls nothing that changes anything.</summary>
internal sealed class StatusVerb(StatusReading reading, Screen screen, TimeProvider time)
{
    /// <returns>The exit code: 3 where something is stale or failed, else what kept a place from answering, else 0.</returns>
    public async Task<int> RunAsync(StatusArguments arguments, CancellationToken token)
    {
        if (arguments.Watch) return await WatchAsync(arguments, token);
        var looked = await reading.LookAsync(token);
        var report = StatusMaker.Make(looked.Seen);
        if (arguments.Html is { } file) await StatusFile.WriteAsync(file, report, token);
        await screen.Output.WriteLineAsync(arguments.Json ? StatusJson.Write(report) : Text(report));
        return report.Problems.Count > 0 ? StopException.Stale : looked.ExitCode;
    }

    /// <summary>Until it is stopped, which is how it ends well.</summary>
    private async Task<int> WatchAsync(StatusArguments arguments, CancellationToken token)
    {
        string? last = null;
        try
        {
            while (true)
            {
                var report = StatusMaker.Make((await reading.LookAsync(token)).Seen);
                if (arguments.Html is { } file) await StatusFile.WriteAsync(file, report, token);
                // Home, then what is left below is cleared: no flicker.
                if (screen.IsTerminal) await screen.Output.WriteAsync($"\e[H{Text(report).Replace("\n", "\e[K\n", StringComparison.Ordinal)}\e[J");
                else if (StatusLines.Summary(report) is var line && line != last) await screen.Output.WriteLineAsync($"{Words.Time(report.At)} {last = line}");
                await screen.Output.FlushAsync(token);
                await Task.Delay(arguments.Poll, time, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Ending.Success;
        }
    }

    private string Text(StatusReport report) => screen.Draw(console => StatusText.Write(console, report));
}

using RdsBq.Core;
using RdsBq.Core.Reports;
using Spectre.Console;

namespace RdsBq.Export.Reporting;

/// <summary><c>status</c>: shows where everything stands, once or again and again. It calls nothing that changes anything.</summary>
/// <param name="plain">No colour, although this is a terminal (NO_COLOR).</param>
internal sealed class StatusVerb(StatusReading reading, TextWriter output, TimeProvider time, bool plain)
{
    // Wide enough for any line: what reads it may fold it, this must not.
    private const int NoTerminal = 10_000;

    /// <returns>The exit code: 3 where something is stale or failed, else what kept a place from answering, else 0.</returns>
    public async Task<int> RunAsync(StatusArguments arguments, CancellationToken token)
    {
        if (arguments.Watch) return await WatchAsync(arguments, token);
        var looked = await reading.LookAsync(token);
        var report = StatusMaker.Make(looked.Seen);
        if (arguments.Html is { } file) await StatusFile.WriteAsync(file, report, token);
        await output.WriteLineAsync(arguments.Json ? StatusJson.Write(report) : Text(report));
        return report.Problems.Count > 0 ? StopException.Stale : looked.ExitCode;
    }

    /// <summary>Until it is stopped, which is how it ends well.</summary>
    private async Task<int> WatchAsync(StatusArguments arguments, CancellationToken token)
    {
        var terminal = new AnsiConsoleOutput(output).IsTerminal;
        string? last = null;
        try
        {
            while (true)
            {
                var report = StatusMaker.Make((await reading.LookAsync(token)).Seen);
                if (arguments.Html is { } file) await StatusFile.WriteAsync(file, report, token);
                // Home, then what is left below is cleared: no flicker.
                if (terminal) await output.WriteAsync($"\e[H{Text(report).Replace("\n", "\e[K\n", StringComparison.Ordinal)}\e[J");
                else if (StatusLines.Summary(report) is var line && line != last) await output.WriteLineAsync($"{Words.Time(report.At)} {last = line}");
                await output.FlushAsync(token);
                await Task.Delay(arguments.Poll, time, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Ending.Success;
        }
    }

    private string Text(StatusReport report)
    {
        var target = new AnsiConsoleOutput(output);
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = target.IsTerminal && !plain ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = target.IsTerminal && !plain ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = target.IsTerminal ? target.Width : NoTerminal;
        StatusText.Write(console, report);
        return string.Join('\n', text.ToString().Split('\n').Select(l => l.TrimEnd())).TrimEnd('\n');
    }
}

using Microsoft.Extensions.Logging;
using RdsBq.Export.Logging;
using Spectre.Console;

namespace RdsBq.Export.Verbs;

/// <summary>Shows how a run gets on: a line that updates itself on a terminal, a log line on every change elsewhere.</summary>
internal sealed class ExportProgress(ILogger log, LogSink sink, TextWriter error, bool terminal)
{
    /// <param name="follow">Gets the place to report to.</param>
    public async Task<T> ShowAsync<T>(string start, Func<Action<string>, Task<T>> follow)
    {
        if (!terminal) return await follow(OnChange(line => log.LogInformation("{Line}", line)));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        using var detour = sink.Through(line => console.WriteLine(line));
        return await console.Status().StartAsync(Markup.Escape(start), status => follow(line => status.Status(Markup.Escape(line))));
    }

    private static Action<string> OnChange(Action<string> write)
    {
        string? last = null;
        return line =>
        {
            if (line == last) return;
            last = line;
            write(line);
        };
    }
}

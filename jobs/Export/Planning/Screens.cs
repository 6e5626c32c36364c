using Spectre.Console;

namespace RdsBq.Export.Planning;

/// <summary>A console for results on standard output.</summary>
internal static class Screens
{
    /// <summary>Wider than any table: what goes into a file or a pipe is cut or wrapped nowhere.</summary>
    private const int Unbounded = 1000;

    /// <summary>Colour and the terminal's width where the output is a terminal; plain text in full lines elsewhere, and where NO_COLOR is set (https://no-color.org).</summary>
    public static IAnsiConsole Of(TextWriter output, IReadOnlyDictionary<string, string> environment)
    {
        var terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var plain = !terminal || environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        if (!terminal) console.Profile.Width = Unbounded;
        return console;
    }
}

using Spectre.Console;

namespace RdsBq.Export.Reporting;

/// <summary>Standard output for tables: with colours and as wide as it is on a terminal, plain and as wide as need be elsewhere.</summary>
/// <param name="plain">No colour, although it may be a terminal (NO_COLOR).</param>
internal sealed class Screen(TextWriter output, bool plain)
{
    // Wide enough for any line: what reads it may fold it, this must not.
    private const int NoTerminal = 10_000;

    private readonly AnsiConsoleOutput target = new(output);

    public TextWriter Output => output;

    public bool IsTerminal => target.IsTerminal;

    /// <summary>What was drawn, without blanks at the lines' ends.</summary>
    public string Draw(Action<IAnsiConsole> draw)
    {
        using var text = new StringWriter();
        var coloured = IsTerminal && !plain;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = IsTerminal ? target.Width : NoTerminal;
        draw(console);
        return string.Join('\n', text.ToString().Split('\n').Select(l => l.TrimEnd())).TrimEnd('\n');
    }
}

using RdsBq.Core.Checks;
using RdsBq.Export.Reporting;
using Spectre.Console;

namespace RdsBq.Export.Checking;

/// <summary>A line a check, written as soon as it is known, and under it what mends it.</summary>
internal sealed class DoctorScreen(Screen screen)
{
    private const int VerdictWidth = 13;

    public Task WriteAsync(Checked one) => screen.Output.WriteLineAsync(screen.Draw(console => Write(one, console)));

    public Task WriteSumAsync(IReadOnlyList<Checked> all)
    {
        int Count(CheckVerdict verdict) => all.Count(c => c.Answer.Verdict == verdict);
        return screen.Output.WriteLineAsync($"{Count(CheckVerdict.Ok)} ok, {Count(CheckVerdict.NotOk)} not ok, {Count(CheckVerdict.NotChecked)} not checked");
    }

    public static string Word(CheckVerdict verdict) => verdict switch
    {
        CheckVerdict.Ok => "ok",
        CheckVerdict.NotOk => "not ok",
        _ => "not checked",
    };

    // A terminal folds long lines better than a layout does, and a command has to be copied whole.
    private static void Write(Checked one, IAnsiConsole console)
    {
        console.Profile.Width = 10_000;
        var colour = one.Answer.Verdict switch
        {
            CheckVerdict.Ok => "green",
            CheckVerdict.NotOk => "red",
            _ => "yellow",
        };
        console.Markup($"[{colour}]{Word(one.Answer.Verdict).PadRight(VerdictWidth)}[/]");
        console.Write(new Text($"{one.Name}: {one.Answer.What}{Environment.NewLine}"));
        if (one.Answer.Mend is { } mend) console.Write(new Text($"{new string(' ', VerdictWidth)}-> {mend}{Environment.NewLine}"));
    }
}

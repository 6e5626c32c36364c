using RdsBq.Bench;
using RdsBq.Local.Sources;
using Spectre.Console;

if (args is [WholeObjects.Verb, var export]) return await WholeObjects.RunAsync(export);
if (args is not ([] or ["start"] or ["load"]))
{
    await Console.Error.WriteLineAsync("bench [start|load]    both where none is named; takes about ten minutes on two cores");
    return 64;
}
AnsiConsole.Profile.Width = 180;
if (args is [] or ["load"]) AnsiConsole.Write(await LoadTable.MakeAsync());
if (args is [] or ["start"]) AnsiConsole.Write(await StartTable.MakeAsync());
return 0;

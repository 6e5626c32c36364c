using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RdsBq.Export;

/// <summary>What the verbs were asked for.</summary>
/// <param name="Wait">Follow the run through to published.</param>
/// <param name="Poll">How often <see cref="Wait"/> looks.</param>
internal sealed record ExportArguments(bool Again, bool Wait, TimeSpan Poll);

/// <param name="Retry">A person asks: run again also what has failed for good.</param>
internal sealed record LoadArguments(bool Retry);

/// <summary>The job's verbs and options. <c>export</c> is what runs where no verb is named.</summary>
internal static class CommandLine
{
    private const string ExitCodes = """

        Exit codes:
          0   done, or nothing to do
          1   needs a person: the reason and what to do are the last lines
          64  bad arguments or settings, all named at once
          75  a passing condition: try again later
        """;

    public static async Task<int> InvokeAsync(
        string[] args, TextWriter output, TextWriter error, Func<ExportArguments, Task<int>> export, Func<LoadArguments, Task<int>> load)
    {
        var parsed = Root(export, load).Parse(WithVerb(args));
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(configuration);
        if (parsed.Action is ParseErrorAction action) action.ShowHelp = false;
        await parsed.InvokeAsync(configuration);
        return Core.StopException.BadSettings;
    }

    private static string[] WithVerb(string[] args) => args switch
    {
        [] => ["export"],
        ["-h" or "-?" or "/h" or "/?" or "--help" or "--version", ..] => args,
        [['-', ..], ..] => ["export", .. args],
        _ => args,
    };

    private static RootCommand Root(Func<ExportArguments, Task<int>> export, Func<LoadArguments, Task<int>> load) => new(
        "Copies an Amazon RDS or Aurora database into BigQuery from its snapshots: export, land, prove, publish." + Environment.NewLine
        + "Settings come from environment variables; all are checked before anything is called." + Environment.NewLine + ExitCodes)
    {
        Export(export), Load(load),
    };

    private static Command Export(Func<ExportArguments, Task<int>> run)
    {
        var again = new Option<bool>("--again") { Description = "Export the newest snapshot even if it has been exported already." };
        var wait = new Option<bool>("--wait") { Description = "Follow the run until its views are published, or it has failed." };
        var poll = new Option<TimeSpan>("--poll")
        {
            Description = "How often --wait looks, such as 500ms, 15s or 1m. Default: 15s.",
            HelpName = "duration",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(15),
            CustomParser = Duration,
        };
        var command = new Command("export", "Export the newest snapshot to S3, unless that is done or under way (this is what runs when no verb is named)." + Environment.NewLine + ExitCodes)
        {
            again, wait, poll,
        };
        command.SetAction((parsed, _) => run(new ExportArguments(parsed.GetValue(again), parsed.GetValue(wait), parsed.GetValue(poll))));
        return command;
    }

    private static Command Load(Func<LoadArguments, Task<int>> run)
    {
        var retry = new Option<bool>("--retry") { Description = "Run again also what has failed for a cause that does not pass by itself." };
        var command = new Command("load", "Land the newest complete export in BigQuery, and look after the runs under way. Call it every few minutes." + Environment.NewLine + ExitCodes)
        {
            retry,
        };
        command.SetAction((parsed, _) => run(new LoadArguments(parsed.GetValue(retry))));
        return command;
    }

    private static TimeSpan Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var digits = text.TrimEnd('m', 's');
        TimeSpan? unit = text[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => null,
        };
        if (unit is { } u && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 86_400) return count * u;
        result.AddError($"--poll '{text}': expected a duration such as 500ms, 15s or 1m");
        return default;
    }
}

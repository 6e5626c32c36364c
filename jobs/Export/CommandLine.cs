using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RdsBq.Export;

/// <summary>The job's command line: the verbs that it is given, each defined beside its verb. <c>export</c> is what runs where none is named.</summary>
internal static class CommandLine
{
    public const string ExitCodes = """

        Exit codes:
          0   done, or nothing to do
          1   needs a person: the reason and what to do are the last lines
          2   plan --exit-code: something would change
          3   status: something is stale or has failed
          64  bad arguments or settings, all named at once
          75  a passing condition: try again later
        """;

    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error, IEnumerable<Command> verbs)
    {
        var parsed = Root(verbs).Parse(WithVerb(args));
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(configuration);
        if (parsed.Action is ParseErrorAction action) action.ShowHelp = false;
        await parsed.InvokeAsync(configuration);
        return Core.StopException.BadSettings;
    }

    /// <summary>An option that takes a duration such as 500ms, 15s or 1m.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan fallback) => new(name)
    {
        Description = description,
        HelpName = "duration",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Duration(name, result),
    };

    private static string[] WithVerb(string[] args) => args switch
    {
        [] => ["export"],
        ["-h" or "-?" or "/h" or "/?" or "--help" or "--version", ..] => args,
        [['-', ..], ..] => ["export", .. args],
        _ => args,
    };

    private static RootCommand Root(IEnumerable<Command> verbs)
    {
        var root = new RootCommand(
            "Copies an Amazon RDS or Aurora database into BigQuery from its snapshots: export, land, prove, publish." + Environment.NewLine
            + "Settings come from environment variables; all are checked before anything is called." + Environment.NewLine + ExitCodes);
        foreach (var verb in verbs) root.Add(verb);
        return root;
    }

    private static TimeSpan Duration(string name, ArgumentResult result)
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
        result.AddError($"{name} '{text}': expected a duration such as 500ms, 15s or 1m");
        return default;
    }
}

using System.CommandLine;

namespace RdsBq.Export.Loading;

/// <summary>What <c>load</c> was asked for.</summary>
/// <param name="Retry">A person asks: run again also what has failed for good.</param>
internal sealed record LoadArguments(bool Retry)
{
    public static Command Command(Func<LoadArguments, Task<int>> run)
    {
        var retry = new Option<bool>("--retry") { Description = "Run again also what has failed for a cause that does not pass by itself." };
        var command = new Command("load", "Land the newest complete export in BigQuery, and look after the runs under way. Call it every few minutes." + Environment.NewLine + CommandLine.ExitCodes)
        {
            retry,
        };
        command.SetAction((parsed, _) => run(new LoadArguments(parsed.GetValue(retry))));
        return command;
    }
}

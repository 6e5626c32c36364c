using System.CommandLine;

namespace RdsBq.Export.Checking;

/// <summary>What <c>doctor</c> was asked for.</summary>
/// <param name="Json">Print one JSON object.</param>
internal sealed record DoctorArguments(bool Json)
{
    public static Command Command(Func<DoctorArguments, Task<int>> run)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "doctor",
            "Check every right, name and setting that the other verbs need, and print what mends each that is not ok. Changes nothing." + Environment.NewLine
            + "Ends with 0 where nothing is not ok, with 1 otherwise." + Environment.NewLine + CommandLine.ExitCodes)
        {
            json,
        };
        command.SetAction((parsed, _) => run(new DoctorArguments(parsed.GetValue(json))));
        return command;
    }
}

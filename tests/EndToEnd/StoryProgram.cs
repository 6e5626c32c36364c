using System.Globalization;
using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The shipped local program as a process, and what its output says.</summary>
internal static partial class StoryProgram
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static Child Start(params string[] arguments) =>
        Child.Start("dotnet", [Tools.Built("local", "rdsbq-local.dll"), .. arguments], ExportVerbProcess.Settings());

    /// <summary>The lines to paste: <c>export NAME='value'</c>.</summary>
    public static IReadOnlyList<string> ExportLines(string output) => [.. output.Split('\n').Where(l => ExportLine().IsMatch(l))];

    public static string Value(string output, string name) =>
        ExportLines(output).Select(l => ExportLine().Match(l)).Single(m => m.Groups[1].Value == name).Groups[2].Value;

    /// <summary>Rows in the export and in BigQuery, of each line of each receipt table.</summary>
    public static IReadOnlyList<(string Table, long Exported, long Published, string Verdict)> Receipts(string output) =>
    [
        .. ReceiptLine().Matches(output)
            .Select(m => (m.Groups[1].Value, Number(m.Groups[2].Value), Number(m.Groups[3].Value), m.Groups[4].Value)),
    ];

    /// <summary>Processes that this one has started and that still run.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && ParentOf(pid) == parent),
    ];

    public static bool IsAlive(int pid) => ParentOf(pid) is not null;

    public static Task SignalAsync(Child child, string signal) =>
        RunAsync("kill", [$"-{signal}", child.Id.ToString(CultureInfo.InvariantCulture)]);

    private static async Task RunAsync(string program, string[] arguments)
    {
        await using var child = Child.Start(program, arguments);
        Assert.Equal(0, await child.WaitAsync(Limit));
    }

    // pid (name) state ppid …; a name may hold blanks and brackets. A zombie is dead already.
    private static int? ParentOf(int pid)
    {
        try
        {
            var rest = File.ReadAllText($"/proc/{pid}/stat");
            var fields = rest[(rest.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("^export ([A-Z][A-Z0-9_]*)='(.*)'$")]
    private static partial Regex ExportLine();

    // table, files, bytes, rows in export, rows in BigQuery, verdict
    [GeneratedRegex(@"^\s*(\S+) +[\d,]+ +[\d,]+ +([\d,]+) +([\d,]+) +(equal|DIFFERENT)\s*$", RegexOptions.Multiline)]
    private static partial Regex ReceiptLine();
}

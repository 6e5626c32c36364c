using System.Text.RegularExpressions;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>
/// Output that a page under docs/ shows, in the fenced block behind <c>&lt;!-- recorded: NAME --&gt;</c>. Figures and times differ from run to
/// run and are left out of the comparison. With RDSBQ_RECORD set the page is written anew instead.
/// </summary>
internal static partial class Recorded
{
    private static readonly Lock Gate = new();

    public static void AssertShown(string page, string name, string output)
    {
        var path = Path.Combine(Tools.RepoRoot, page);
        lock (Gate)
        {
            var text = File.ReadAllText(path);
            var start = text.IndexOf($"<!-- recorded: {name} -->\n```\n", StringComparison.Ordinal);
            Assert.True(start >= 0, $"{page} has no block that is recorded as {name}");
            start = text.IndexOf("```\n", start, StringComparison.Ordinal) + 4;
            var end = text.IndexOf("```\n", start, StringComparison.Ordinal);
            var now = Tidy(output);
            if (Environment.GetEnvironmentVariable("RDSBQ_RECORD") is { Length: > 0 }) File.WriteAllText(path, text[..start] + now + text[end..]);
            else Assert.Equal(Mask(text[start..end]), Mask(now));
        }
    }

    /// <summary>Without blanks at the ends of lines and without empty lines at the start and the end.</summary>
    public static string Tidy(string output) => string.Join('\n', output.Split('\n').Select(l => l.TrimEnd())).Trim('\n') + "\n";

    // Columns are as wide as their figures, so that blanks and rules follow them.
    private static string Mask(string text) => Runs().Replace(Figures().Replace(text, "#"), m => m.Value[..1]);

    [GeneratedRegex(@"[0-9][0-9.,:TZ-]*")]
    private static partial Regex Figures();

    [GeneratedRegex(" {2,}|─{2,}")]
    private static partial Regex Runs();
}

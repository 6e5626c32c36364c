using System.Text.RegularExpressions;

namespace RdsBq.Tests.Infra;

/// <summary>The rows of a document's tables, by the name of their last column.</summary>
internal static partial class MarkdownRows
{
    /// <summary>Each row's cells, of every table whose header ends with that column.</summary>
    public static IEnumerable<string[]> Of(string document, string lastColumn)
    {
        var inside = false;
        foreach (var line in Repo.Text(document).Split('\n'))
        {
            if (!line.StartsWith('|')) inside = false;
            else if (line.EndsWith($"| {lastColumn} |", StringComparison.Ordinal)) inside = true;
            else if (inside && !line.StartsWith("| ---", StringComparison.Ordinal))
                yield return [.. Bar().Split(line)[1..^1].Select(c => c.Trim().Trim('`').Replace(@"\|", "|", StringComparison.Ordinal))];
        }
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}

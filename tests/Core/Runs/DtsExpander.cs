using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RdsBq.Core.Tests.Runs;

/// <summary>
/// DTS's run-time templates, written from its documentation alone (https://cloud.google.com/bigquery/docs/s3-transfer-parameters) and sharing nothing with
/// the code under test: braces hold run_date or run_time with an offset and a format; \{ \} outside and \" \| inside a format are literal.
/// </summary>
internal static partial class DtsExpander
{
    public static string Expand(string template, DateTimeOffset runTime)
    {
        var output = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '\\' && i + 1 < template.Length && template[i + 1] is '{' or '}')
            {
                output.Append(template[++i]);
                continue;
            }
            if (template[i] != '{')
            {
                output.Append(template[i]);
                continue;
            }
            var match = Placeholder().Match(template, i);
            if (!match.Success || match.Index != i) throw new FormatException($"DTS would not read {template[i..]}");
            output.Append(Render(match, runTime));
            i += match.Length - 1;
        }
        return output.ToString();
    }

    private static string Render(Match match, DateTimeOffset runTime)
    {
        if (match.Groups["date"].Success) return Format("%Y%m%d", runTime);
        var shifted = runTime;
        var sign = match.Groups["sign"].Value == "-" ? -1 : 1;
        foreach (Capture capture in match.Groups["amount"].Captures)
        {
            var amount = double.Parse(capture.Value[..^1], CultureInfo.InvariantCulture) * sign;
            shifted += capture.Value[^1] switch { 'h' => TimeSpan.FromHours(amount), 'm' => TimeSpan.FromMinutes(amount), _ => TimeSpan.FromSeconds(amount) };
        }
        var format = match.Groups["format"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal);
        return Format(format, shifted);
    }

    private static string Format(string format, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return Element().Replace(format, m => m.Value[1] switch
        {
            'Y' => utc.ToString("yyyy", CultureInfo.InvariantCulture),
            'm' => utc.ToString("MM", CultureInfo.InvariantCulture),
            'd' => utc.ToString("dd", CultureInfo.InvariantCulture),
            'H' => utc.ToString("HH", CultureInfo.InvariantCulture),
            'M' => utc.ToString("mm", CultureInfo.InvariantCulture),
            'S' => utc.ToString("ss", CultureInfo.InvariantCulture),
            'F' => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            '%' => "%",
            _ => throw new FormatException($"{m.Value} is not in this test's copy of the format elements"),
        });
    }

    [GeneratedRegex("""\{((?<date>run_date)|run_time((?<sign>[+-])(?<amount>[0-9.]+[hms])+)?\|"(?<format>([^"\\|\s]|\\["|])*)")\}""", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    [GeneratedRegex("%.")]
    private static partial Regex Element();
}

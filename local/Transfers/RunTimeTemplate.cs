using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RdsBq.Local.Transfers;

/// <summary>
/// Run-time parameters of <c>data_path</c> and <c>destination_table_name_template</c>: <c>{run_date}</c>,
/// <c>{run_time[±offset]|"format"}</c>, in UTC
/// (https://cloud.google.com/bigquery/docs/s3-transfer-parameters).
/// </summary>
internal static partial class RunTimeTemplate
{
    /// <exception cref="FormatException">The template is malformed; the message says where.</exception>
    public static string Expand(string template, DateTimeOffset runTime)
    {
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c == '\\' && i + 1 < template.Length && template[i + 1] is '{' or '}') result.Append(template[++i]);
            else if (c == '{') result.Append(Parameter(template, ref i, runTime.UtcDateTime));
            else if (c == '}') throw new FormatException($"Unbalanced '}}' in '{template}'.");
            else result.Append(c);
        }
        return result.ToString();
    }

    private static string Parameter(string template, ref int i, DateTime runTime)
    {
        if (ParameterAt().Match(template, i) is not { Success: true } match)
            throw new FormatException($"Not a run-time parameter at '{template[i..]}': expected {{run_date}} or {{run_time[+offset]|\"format\"}}, without whitespace.");
        i += match.Length - 1;
        if (match.Groups["date"].Success) return FormatElements.Format(runTime, "%Y%m%d");
        var offset = Part(match, "h") * TimeSpan.TicksPerHour + Part(match, "m") * TimeSpan.TicksPerMinute
            + Part(match, "s") * TimeSpan.TicksPerSecond;
        var shifted = runTime.AddTicks((long)(match.Groups["sign"].Value == "-" ? -offset : offset));
        var format = match.Groups["format"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\|", "|",
            StringComparison.Ordinal);
        return FormatElements.Format(shifted, format);
    }

    private static decimal Part(Match match, string unit) =>
        match.Groups[unit].Success ? decimal.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("""
        \G\{((?<date>run_date)|run_time((?<sign>[+-])(?=\d)((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m)?((?<s>\d+(\.\d+)?)s)?)?\|"(?<format>([^\s"\\|]|\\.)*)")\}
        """)]
    private static partial Regex ParameterAt();
}

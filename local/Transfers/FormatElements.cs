using System.Globalization;
using System.Text;

namespace RdsBq.Local.Transfers;

/// <summary>BigQuery's DATETIME format elements (https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements).</summary>
internal static class FormatElements
{
    /// <exception cref="FormatException">An element is unknown.</exception>
    public static string Format(DateTime t, string format)
    {
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }
            var element = Element(format, i + 1);
            i += element.Length;
            result.Append(element.Length == 1 ? Simple(t, element[0]) : Extended(t, element));
        }
        return result.ToString();
    }

    private static string Element(string format, int start)
    {
        if (start >= format.Length) throw new FormatException($"'{format}' ends in a lone %.");
        return format[start] == 'E' ? format[start..Math.Min(format.Length, start
            + (start + 1 < format.Length && format[start + 1] == 'z' ? 2 : 3))] : format[start].ToString();
    }

    private static string Simple(DateTime t, char element) => DateElement(t, element) ?? TimeElement(t, element) ?? WeekElement(t, element)
        ?? throw new FormatException($"Unknown format element %{element}.");

    private static string? DateElement(DateTime t, char element) => element switch
    {
        'A' => Text(t, "dddd"),
        'a' => Text(t, "ddd"),
        'B' => Text(t, "MMMM"),
        'b' or 'h' => Text(t, "MMM"),
        'C' => $"{t.Year / 100:d2}",
        'c' => Format(t, "%a %b %e %H:%M:%S %Y"),
        'D' or 'x' => Text(t, "MM'/'dd'/'yy"),
        'd' => Text(t, "dd"),
        'e' => $"{t.Day,2}",
        'F' => Text(t, "yyyy'-'MM'-'dd"),
        'j' => $"{t.DayOfYear:d3}",
        'm' => Text(t, "MM"),
        'Q' => $"{(t.Month + 2) / 3}",
        'Y' => Text(t, "yyyy"),
        'y' => Text(t, "yy"),
        _ => null,
    };

    private static string? TimeElement(DateTime t, char element) => element switch
    {
        'H' => Text(t, "HH"),
        'I' => Text(t, "hh"),
        'k' => $"{t.Hour,2}",
        'l' => $"{(t.Hour + 11) % 12 + 1,2}",
        'M' => Text(t, "mm"),
        'n' => "\n",
        'P' => t.Hour < 12 ? "am" : "pm",
        'p' => t.Hour < 12 ? "AM" : "PM",
        'R' => Text(t, "HH':'mm"),
        'S' => Text(t, "ss"),
        's' => $"{new DateTimeOffset(t, TimeSpan.Zero).ToUnixTimeSeconds()}",
        'T' or 'X' => Text(t, "HH':'mm':'ss"),
        't' => "\t",
        'Z' => "UTC",
        'z' => "+0000",
        '%' => "%",
        _ => null,
    };

    private static string? WeekElement(DateTime t, char element)
    {
        var sunday = (int)t.DayOfWeek;
        var monday = (sunday + 6) % 7;
        return element switch
        {
            'G' => $"{ISOWeek.GetYear(t):d4}",
            'g' => $"{ISOWeek.GetYear(t) % 100:d2}",
            'J' => $"{(t.Date - ISOWeek.GetYearStart(ISOWeek.GetYear(t))).Days + 1:d3}",
            'U' => $"{(t.DayOfYear + 6 - sunday) / 7:d2}",
            'u' => $"{monday + 1}",
            'V' => $"{ISOWeek.GetWeekOfYear(t):d2}",
            'W' => $"{(t.DayOfYear + 6 - monday) / 7:d2}",
            'w' => $"{sunday}",
            _ => null,
        };
    }

    private static string Extended(DateTime t, string element)
    {
        if (element == "Ez") return "+00:00";
        if (element == "E4Y") return Text(t, "yyyy");
        if (element == "E*S") return Text(t, "ss'.'FFFFFF").TrimEnd('.');
        return element.Length == 3 && element[2] == 'S' && element[1] is >= '0' and <= '6'
            ? element[1] == '0' ? Text(t, "ss") : Text(t, "ss'.'" + new string('f', element[1] - '0'))
            : throw new FormatException($"Unknown format element %{element}.");
    }

    private static string Text(DateTime t, string format) => t.ToString(format, CultureInfo.InvariantCulture);
}

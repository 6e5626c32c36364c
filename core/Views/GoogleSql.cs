using System.Globalization;
using System.Text;

namespace RdsBq.Core.Views;

/// <summary>Quoting by GoogleSQL's lexical rules (https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical).</summary>
internal static class GoogleSql
{
    public static string Text(string value) => $"\"{Escape(value, '"')}\"";

    public static string Name(string value) => $"`{Escape(value, '`')}`";

    public static string Table(string project, string dataset, string table) => Name($"{project}.{dataset}.{table}");

    private static string Escape(string value, char quote)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => escaped.Append("\\\\"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                _ when letter == quote => escaped.Append('\\').Append(letter),
                _ when char.IsControl(letter) => escaped.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => escaped.Append(letter),
            };
        }
        return escaped.ToString();
    }
}

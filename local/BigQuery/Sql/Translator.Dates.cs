namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Functions with a date part among their arguments, and the clock.</summary>
internal sealed partial class Translator
{
    private static readonly string[] Parts =
        ["MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "ISOWEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR"];

    /// <summary>CURRENT_TIMESTAMP and its kin need no parentheses; all of them read the local cloud's clock.</summary>
    private string? Clock(Token token)
    {
        var name = token.Text.ToUpperInvariant();
        if (name is not ("CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_DATETIME" or "CURRENT_TIME")) return null;
        cursor.Take();
        return Now(name["CURRENT_".Length..]);
    }

    private string Now(string type) => type switch
    {
        "DATE" => $"DATE '{scope.Now.UtcDateTime:yyyy-MM-dd}'",
        "TIME" => $"TIME '{scope.Now.UtcDateTime:HH:mm:ss.ffffff}'",
        "DATETIME" => $"TIMESTAMP '{scope.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'",
        _ => $"TIMESTAMPTZ '{scope.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'",
    };

    /// <summary>The opening parenthesis is taken already. Null where <paramref name="name"/> is none of these.</summary>
    private string? DateFunction(string name)
    {
        if (name is "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_DATETIME" or "CURRENT_TIME")
        {
            return cursor.Is(")") ? Closed(Now(name["CURRENT_".Length..])) : throw BigQueryException.Missing($"{name} with a time zone");
        }
        var split = name.LastIndexOf('_');
        if (split < 0) return null;
        var (type, verb) = (name[..split], name[(split + 1)..]);
        if (type == "FORMAT" && verb is "TIMESTAMP" or "DATE" or "DATETIME" or "TIME") return FormatTime(verb);
        if (type is not ("TIMESTAMP" or "DATE" or "DATETIME" or "TIME")) return null;
        return verb switch
        {
            "ADD" or "SUB" => Shift(type, verb == "ADD" ? "+" : "-"),
            "DIFF" => Difference(type),
            "TRUNC" => Truncate(type),
            _ => null,
        };
    }

    private string Interval()
    {
        cursor.Expect("INTERVAL");
        if (cursor.Current.Kind == TokenKind.Text) throw BigQueryException.Missing("INTERVAL literals with a text");
        var number = Piece(ComparePower).Text;
        return $"to_{Unit(Part())}s({number})";
    }

    private string Part()
    {
        var word = cursor.Take().Text.ToUpperInvariant();
        if (cursor.Is("(")) throw BigQueryException.Missing("WEEK(<weekday>)");
        return Parts.Contains(word) ? word : throw cursor.Error($"A valid date part name is required but found {word}");
    }

    private static string Unit(string part) =>
        part is "ISOWEEK" or "ISOYEAR" ? throw BigQueryException.InvalidQuery($"Invalid interval part {part}") : part.ToLowerInvariant();

    private string Shift(string type, string sign)
    {
        var value = Expression();
        cursor.Expect(",");
        if (!cursor.Is("INTERVAL")) throw cursor.Unexpected("Expected keyword INTERVAL but got");
        var interval = Closed(Interval());
        if (type == "TIMESTAMP" && (interval.StartsWith("to_month", StringComparison.Ordinal) || interval.StartsWith("to_year", StringComparison.Ordinal)
            || interval.StartsWith("to_quarter", StringComparison.Ordinal) || interval.StartsWith("to_week", StringComparison.Ordinal)))
            throw cursor.Error("TIMESTAMP_ADD and TIMESTAMP_SUB do not support date parts above DAY");
        // DATE plus an interval is a timestamp in DuckDB.
        return $"CAST({value} {sign} {interval} AS {SqlTypes.Duck(type)})";
    }

    private string Difference(string type)
    {
        var later = Expression();
        cursor.Expect(",");
        var earlier = Expression();
        cursor.Expect(",");
        var part = Closed(Part());
        if (type == "TIMESTAMP")
        {
            // Whole intervals of elapsed time, truncated.
            long micros = part switch
            {
                "MICROSECOND" => 1,
                "MILLISECOND" => 1_000,
                "SECOND" => 1_000_000,
                "MINUTE" => 60_000_000,
                "HOUR" => 3_600_000_000,
                "DAY" => 86_400_000_000,
                _ => throw cursor.Error($"TIMESTAMP_DIFF does not support the {part} date part"),
            };
            return $"bq_div(epoch_us({later}) - epoch_us({earlier}), {micros})";
        }
        // Boundaries crossed; WEEK begins on Sunday, DuckDB's on Monday.
        return part switch
        {
            "WEEK" => $"date_diff('week', {earlier} + INTERVAL 1 DAY, {later} + INTERVAL 1 DAY)",
            "ISOWEEK" => $"date_diff('week', {earlier}, {later})",
            _ => $"date_diff('{part.ToLowerInvariant()}', {earlier}, {later})",
        };
    }

    private string Truncate(string type)
    {
        var value = Expression();
        cursor.Expect(",");
        var part = Part();
        if (cursor.Is(",")) throw BigQueryException.Missing($"{type}_TRUNC with a time zone");
        cursor.Expect(")");
        var text = part switch
        {
            "WEEK" => $"date_trunc('week', {value} + INTERVAL 1 DAY) - INTERVAL 1 DAY",
            "ISOWEEK" => $"date_trunc('week', {value})",
            _ => $"date_trunc('{part.ToLowerInvariant()}', {value})",
        };
        return $"CAST({text} AS {SqlTypes.Duck(type)})";
    }

    private string Extract()
    {
        cursor.Expect("EXTRACT", "(");
        var part = cursor.Take().Text.ToUpperInvariant();
        cursor.Expect("FROM");
        var value = Expression();
        if (cursor.Is("AT")) throw BigQueryException.Missing("EXTRACT … AT TIME ZONE");
        return Closed(part switch
        {
            "YEAR" or "MONTH" or "DAY" or "HOUR" or "MINUTE" or "SECOND" or "QUARTER" or "DAYOFYEAR" or "ISOYEAR" =>
                $"extract({part.ToLowerInvariant()} FROM {value})",
            "ISOWEEK" => $"extract(week FROM {value})",
            // DuckDB counts these two from the start of the minute, and its Sunday is 0.
            "MILLISECOND" => $"(extract(millisecond FROM {value}) % 1000)",
            "MICROSECOND" => $"(extract(microsecond FROM {value}) % 1000000)",
            "DAYOFWEEK" => $"(extract(dayofweek FROM {value}) + 1)",
            "DATE" or "TIME" or "DATETIME" => $"CAST({value} AS {SqlTypes.Duck(part)})",
            _ => throw BigQueryException.Missing($"EXTRACT({part} FROM …)"),
        });
    }

    private string FormatTime(string type)
    {
        if (cursor.Current.Kind != TokenKind.Text) throw BigQueryException.Missing($"FORMAT_{type} with a computed format");
        var format = cursor.Take().Text
            .Replace("%F", "%Y-%m-%d", StringComparison.Ordinal).Replace("%T", "%H:%M:%S", StringComparison.Ordinal).Replace("%E6S", "%S.%f", StringComparison.Ordinal)
            .Replace("%E3S", "%S.%g", StringComparison.Ordinal).Replace("%R", "%H:%M", StringComparison.Ordinal);
        for (var i = format.IndexOf('%', StringComparison.Ordinal); i >= 0 && i + 1 < format.Length; i = format.IndexOf('%', i + 2))
        {
            if (!"YmdHMSyjBbAaIpfg%".Contains(format[i + 1], StringComparison.Ordinal))
                throw BigQueryException.Missing($"format element %{format[i + 1]}");
        }
        cursor.Expect(",");
        var value = Expression();
        if (cursor.Is(",")) throw BigQueryException.Missing($"FORMAT_{type} with a time zone");
        return Closed($"strftime(CAST({value} AS {(type == "TIME" ? "TIME" : "TIMESTAMP")}), {SqlText.Literal(format)})");
    }
}

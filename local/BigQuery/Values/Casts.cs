using System.Numerics;
using System.Text;
using RdsBq.Local.BigQuery.Sql;

namespace RdsBq.Local.BigQuery.Values;

/// <summary>
/// GoogleSQL's CAST and SAFE_CAST (standard-sql/conversion_functions): from DuckDB's text of a value of one type to DuckDB's text of
/// another.
/// DuckDB's own casts accept texts that GoogleSQL refuses and print differently.
/// </summary>
internal static class Casts
{
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["INT64"] = "INT64 FLOAT64 NUMERIC BIGNUMERIC BOOL STRING",
        ["FLOAT64"] = "INT64 FLOAT64 NUMERIC BIGNUMERIC STRING",
        ["NUMERIC"] = "INT64 FLOAT64 NUMERIC BIGNUMERIC STRING",
        ["BIGNUMERIC"] = "INT64 FLOAT64 NUMERIC BIGNUMERIC STRING",
        ["BOOL"] = "INT64 BOOL STRING",
        ["STRING"] = "INT64 FLOAT64 NUMERIC BIGNUMERIC BOOL STRING BYTES DATE TIME DATETIME TIMESTAMP",
        ["BYTES"] = "BYTES STRING",
        ["DATE"] = "STRING DATE DATETIME TIMESTAMP",
        ["DATETIME"] = "STRING DATE DATETIME TIMESTAMP",
        ["TIMESTAMP"] = "STRING DATE DATETIME TIMESTAMP",
        ["TIME"] = "STRING TIME DATETIME TIMESTAMP",
    };

    /// <param name="target">A canonical GoogleSQL scalar.</param>
    /// <param name="duckType">DuckDB's name of the value's type.</param>
    /// <param name="text">DuckDB's text of the value.</param>
    /// <returns>Null where the value has no counterpart and <paramref name="safe"/> is set.</returns>
    public static string? Convert(string target, string duckType, string text, bool safe)
    {
        var source = SqlTypes.FromDuck(duckType);
        // Not a matter of values: SAFE_CAST doesn't save a cast that can't compile.
        if (!Sources[target].Split(' ').Contains(source)) throw BigQueryException.InvalidQuery($"Invalid cast from {source} to {target}");
        var result = target switch
        {
            "INT64" => Integer(source, text),
            "FLOAT64" => Float(source, text),
            "NUMERIC" => Decimals.ToNumeric(Decimal(source, text)),
            "BIGNUMERIC" => Decimals.ToBigNumeric(Decimal(source, text)),
            "BOOL" => Bool(source, text),
            "BYTES" => source == "BYTES" ? text : Blob(Encoding.UTF8.GetBytes(text)),
            "STRING" => Text(source, text),
            _ => Times.Convert(target, source, text),
        };
        return result is null && !safe ? throw Bad(target, text) : result;
    }

    /// <summary>DuckDB's text of a value as GoogleSQL prints it.</summary>
    public static string? Text(string source, string text) => source switch
    {
        "FLOAT64" => Floats.Print(Floats.Parse(text)!.Value),
        "NUMERIC" => Decimals.Print(Decimals.Parse(text)!.Value),
        "BIGNUMERIC" => Decimals.Print(Decimals.FromStruct(text)),
        "BYTES" => Utf8(Unblob(text)),
        "DATE" or "TIME" or "DATETIME" or "TIMESTAMP" => Times.Print(source, text),
        _ => text,
    };

    /// <summary>Bytes from DuckDB's text of a BLOB, in which every unprintable byte, quote and backslash is <c>\xHH</c>.</summary>
    public static byte[] Unblob(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\') bytes.Add((byte)text[i]);
            else
            {
                bytes.Add(System.Convert.ToByte(text.Substring(i + 2, 2), 16));
                i += 3;
            }
        }
        return [.. bytes];
    }

    public static string Blob(byte[] bytes) => string.Concat(bytes.Select(b => $"\\x{b:X2}"));

    /// <summary>SAFE_CONVERT_BYTES_TO_STRING: every byte that is no part of a valid character becomes U+FFFD.</summary>
    public static string Lossy(string text)
    {
        ReadOnlySpan<byte> rest = Unblob(text);
        var converted = new StringBuilder();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done) converted.Append(rune);
            else converted.Append('\uFFFD', length);
            rest = rest[length..];
        }
        return converted.ToString();
    }

    private static string? Utf8(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Integer(string source, string text)
    {
        if (source == "BOOL") return text == "true" ? "1" : "0";
        if (source == "STRING") return Decimals.ParseInteger(text)?.ToString();
        if (source == "FLOAT64")
        {
            var value = Math.Round(Floats.Parse(text)!.Value, MidpointRounding.AwayFromZero);
            return value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? ((long)value).ToString() : null;
        }
        var rounded = Decimals.Round(Decimal(source, text)!.Value, 0).Unscaled;
        return rounded >= long.MinValue && rounded <= long.MaxValue ? rounded.ToString() : null;
    }

    private static string? Float(string source, string text) => source switch
    {
        "BIGNUMERIC" => Floats.Exact(double.Parse(Decimals.Print(Decimals.FromStruct(text)))),
        _ => Floats.Parse(text) is { } value ? Floats.Exact(value) : null,
    };

    private static Scaled? Decimal(string source, string text) => source switch
    {
        "BIGNUMERIC" => Decimals.FromStruct(text),
        // A float converts by the value that it prints, not by its binary expansion, up to its 15 to 17 digits.
        "FLOAT64" => Decimals.Parse(Floats.Exact(Floats.Parse(text)!.Value)),
        _ => Decimals.Parse(text),
    };

    private static string? Bool(string source, string text) => source switch
    {
        "INT64" => BigInteger.Parse(text).IsZero ? "false" : "true",
        "STRING" => text.ToLowerInvariant() is "true" or "false" ? text.ToLowerInvariant() : null,
        _ => text,
    };

    private static BigQueryException Bad(string target, string text) => BigQueryException.InvalidQuery(target switch
    {
        "INT64" => $"Bad int64 value: {text}",
        "FLOAT64" => $"Bad double value: {text}",
        "BOOL" => $"Bad bool value: {text}",
        "NUMERIC" or "BIGNUMERIC" => $"Invalid {target} value: {text}",
        "STRING" => "Invalid cast of bytes to UTF8 string",
        _ => $"Invalid {target.ToLowerInvariant()}: '{text}'",
    });
}

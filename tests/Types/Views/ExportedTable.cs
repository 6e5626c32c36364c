using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using RdsBq.Types.Tests.Engines;
using RdsBq.Types.Tests.Engines.Wire;
using Column = RdsBq.Core.Tables.Column;

namespace RdsBq.Types.Tests.Views;

/// <summary>A table of an export: the landing schema, and rows as texts that DuckDB read from its files (BYTES in hex).</summary>
internal sealed record ExportedTable(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string?[]> Rows)
{
    /// <summary>For the reference engine, under the landing table's full name.</summary>
    public EngineTable ForEngine(string name) => new(
        name, [.. Columns.Select(c => (c.Name, TypeKind.Of(c.Type)))],
        [.. Rows.Select(r => (IReadOnlyList<Value>)[.. r.Zip(Columns, (v, c) => Cell(v, c.Type))])]);

    private static Value Cell(string? value, string type) => type switch
    {
        _ when value is null => new Value(),
        "STRING" => new Value { StringValue = value },
        "BYTES" => new Value { BytesValue = ByteString.CopyFrom(Convert.FromHexString(value)) },
        "INTEGER" => new Value { Int64Value = long.Parse(value, CultureInfo.InvariantCulture) },
        "BOOLEAN" => new Value { BoolValue = bool.Parse(value) },
        "FLOAT" => new Value { DoubleValue = Float(value) },
        "NUMERIC" => new Value { NumericValue = Unscaled(value, 9) },
        "BIGNUMERIC" => new Value { BignumericValue = Unscaled(value, 38) },
        "TIMESTAMP" => new Value { TimestampValue = Instant(long.Parse(value, CultureInfo.InvariantCulture)) },
        _ => throw new ArgumentException($"No cell of type {type} is known.", nameof(type)),
    };

    private static double Float(string value) => value switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };

    // value.proto: the number without its point, little-endian, in two's complement.
    private static ByteString Unscaled(string value, int scale)
    {
        var parts = value.Split('.');
        var digits = parts[0] + (parts.Length > 1 ? parts[1] : "").PadRight(scale, '0');
        return ByteString.CopyFrom(BigInteger.Parse(digits, CultureInfo.InvariantCulture).ToByteArray());
    }

    private static Instant Instant(long micros)
    {
        var seconds = Math.DivRem(micros, 1_000_000, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + 1_000_000);
        return new Instant { Seconds = seconds, Nanos = (int)rest * 1000 };
    }
}

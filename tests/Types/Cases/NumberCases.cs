using static RdsBq.Types.Tests.Cases.CastCase;

namespace RdsBq.Types.Tests.Cases;

/// <summary>Numbers, money, truth values and bytes.</summary>
internal static class NumberCases
{
    private const string Nines38 = "99999999999999999999999999999999999999";

    public static IEnumerable<CastCase> All { get; } =
    [
        // The manifest tells the digits and not where the point is.
        Number(9, null, "123.4500::numeric(9,4)", "NUMERIC", "123.45"),
        Number(9, null, "-0.000000001::numeric(9,9)", "NUMERIC", "-0.000000001"),
        Number(9, null, "999999999::numeric(9)", "NUMERIC", "999999999"),
        Number(9, null, "'NaN'::numeric(9,2)", "NUMERIC", null),
        Number(2, null, "0.00000000001::numeric(2,11)", "NUMERIC", null),
        Number(2, null, "0.1000000000000::numeric", "NUMERIC", "0.1"),
        Number(10, null, "12345678.90::numeric(10,2)", "BIGNUMERIC", "12345678.9"),
        Number(20, null, "-9999999999999999.9999::numeric(20,4)", "BIGNUMERIC", "-9999999999999999.9999"),
        Number(38, null, Nines38, "BIGNUMERIC", Nines38),
        Number(38, null, $"0.{Nines38}", "BIGNUMERIC", $"0.{Nines38}"),
        Number(39, null, "1", null, null),
        // Without a limit at the source.
        Number(0, null, "0.1", "BIGNUMERIC", "0.1"),
        Number(0, null, "-123456789012345678901234567890", "BIGNUMERIC", "-123456789012345678901234567890"),
        Number(0, null, "1e-38", "BIGNUMERIC", "0.00000000000000000000000000000000000001"),
        Number(0, null, "1e-39", "BIGNUMERIC", null),
        Number(0, null, "1.5000000000000000000000000000000000000000", "BIGNUMERIC", "1.5"),
        Number(0, null, "578960446186580977117854925043439539266.25", "BIGNUMERIC", "578960446186580977117854925043439539266.25"),
        Number(0, null, "578960446186580977117854925043439539267", "BIGNUMERIC", null),
        Number(0, null, "99999999999999999999999999999999999999999.5", "BIGNUMERIC", null),
        Number(0, null, "'NaN'", "BIGNUMERIC", null),
        Number(0, null, "'Infinity'", "BIGNUMERIC", null),
        Number(0, null, "'-Infinity'", "BIGNUMERIC", null),
        // Where the scale is known.
        Number(38, 9, "12345678901234567890123456789.123456789", "NUMERIC", "12345678901234567890123456789.123456789"),
        Number(38, 10, "1.0123456789", "BIGNUMERIC", "1.0123456789"),
        Number(50, 12, $"{Nines38}.999999999999", "BIGNUMERIC", $"{Nines38}.999999999999"),
        Number(50, 2, "1.50", null, null),
        Number(3, -5, "12345678::numeric(3,-5)", "NUMERIC", "12300000"),
        Pg("numeric(12,2)", "numeric '1234567890.12'", "NUMERIC", "1234567890.12"),
        Pg("NUMERIC(30, 20)", "numeric '1.00000000000000000001'", "BIGNUMERIC", "1.00000000000000000001"),
        Pg("numeric(12)", "numeric '123456789012'", "NUMERIC", "123456789012"),
        Printed("decimal", "1.500000000000000000000000000000", null, null) with { Precision = 65 },
        Printed("decimal", "1.5", null, null) with { Precision = 12, Scale = 2, Landing = "NUMERIC" },
        Printed("bigint unsigned", "18446744073709551615", null, null) with { Precision = 20, Landing = "NUMERIC" },
        Pg("money", "money '1234.5'", "NUMERIC", "1234.5"),
        Pg("money", "money '-92233720368547758.08'", "NUMERIC", "-92233720368547758.08"),
        Pg("money", "money '92233720368547758.07'", "NUMERIC", "92233720368547758.07"),
        Pg("money", "money '-0.01'", "NUMERIC", "-0.01"),
        Pg("money", "money '0'", "NUMERIC", "0"),
        // What other settings of lc_monetary print.
        Printed("money", "£1,234.50", "NUMERIC", "1234.5"),
        Printed("money", "-€12.00", "NUMERIC", "-12"),
        Printed("money", "1.234,50 €", "NUMERIC", null),
        Printed("money", "$ 1.234,50", "NUMERIC", null),
        Printed("money", "1,50", "NUMERIC", null),
        Printed("money", "($1.00)", "NUMERIC", null),
        Printed("money", "￥1,235", "NUMERIC", null),
        Printed("boolean", "true", null, null) with { Landing = "BOOLEAN" },
        Pg("boolean", "true", "BOOL", "true"),
        Pg("boolean", "false", "BOOL", "false"),
        Printed("boolean", "maybe", "BOOL", null),
        Pg("integer", "(-2147483648)::int", "INT64", "-2147483648"),
        Pg("bigint", "9223372036854775807::bigint", "INT64", "9223372036854775807"),
        Printed("bigint", "9223372036854775808", "INT64", null),
        Printed("tinyint", "1", null, null) with { Landing = "INTEGER" },
        Pg("double precision", "double precision '-1.5'", "FLOAT64", "-1.5"),
        Pg("double precision", "double precision '1e300'", "FLOAT64", "1e+300"),
        Pg("double precision", "double precision 'NaN'", "FLOAT64", "nan"),
        Pg("real", "real '-Infinity'", "FLOAT64", "-inf"),
        Pg("bytea", @"'\xdeadbeef00'::bytea", "BYTES", "deadbeef00"),
        Pg("bytea", "''::bytea", "BYTES", ""),
        Printed("bytea", @"\xabc", "BYTES", null),
        Printed("bytea", @"a\000b", "BYTES", null),
        Printed("bytea", null, null, null) with { Landing = "BYTES" },
    ];

    private static CastCase Number(int precision, int? scale, string sql, string? type, string? expected) =>
        Pg("numeric", sql.Contains("::", StringComparison.Ordinal) ? sql : $"({sql})::numeric", type, expected) with
        {
            Precision = precision, Scale = scale,
        };
}

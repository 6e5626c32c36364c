using static RdsBq.Types.Tests.Cases.CastCase;

namespace RdsBq.Types.Tests.Cases;

/// <summary>Days, times and spans; PostgreSQL prints them here, MySQL's are given as it prints them.</summary>
internal static class TimeCases
{
    private const string Plain = "timestamp without time zone";
    private const string Zoned = "timestamp with time zone";
    private const string Time = "time without time zone";

    public static IEnumerable<CastCase> All { get; } =
    [
        Pg("date", "date '2024-02-29'", "DATE", "2024-02-29"),
        Pg("date", "date '0001-01-01'", "DATE", "0001-01-01"),
        Pg("date", "date '9999-12-31'", "DATE", "9999-12-31"),
        Pg("date", "date '10000-01-01'", "DATE", null),
        Pg("date", "date '5874897-12-31'", "DATE", null),
        Pg("date", "date '0044-03-15 BC'", "DATE", null),
        Pg("date", "date '4713-01-01 BC'", "DATE", null),
        Pg("date", "date 'infinity'", "DATE", null),
        Pg("DATE", "date '-infinity'", "DATE", null),
        Pg(Plain, "timestamp '2024-02-29 13:14:15'", "DATETIME", "2024-02-29 13:14:15"),
        Pg(Plain, "timestamp '2024-02-29 13:14:15.1'", "DATETIME", "2024-02-29 13:14:15.100"),
        Pg(Plain, "timestamp '2024-02-29 13:14:15.123456'", "DATETIME", "2024-02-29 13:14:15.123456"),
        Pg("timestamp(3) without time zone", "timestamp(3) '2024-02-29 13:14:15.9996'", "DATETIME", "2024-02-29 13:14:16"),
        Pg(Plain, "timestamp '0001-01-01'", "DATETIME", "0001-01-01 00:00:00"),
        Pg(Plain, "timestamp '9999-12-31 23:59:59.999999'", "DATETIME", "9999-12-31 23:59:59.999999"),
        Pg(Plain, "timestamp '2024-12-31 23:59:60'", "DATETIME", "2025-01-01 00:00:00"),
        Pg(Plain, "timestamp '294276-12-31 23:59:59.999999'", "DATETIME", null),
        Pg(Plain, "timestamp '0044-03-15 12:00:00 BC'", "DATETIME", null),
        Pg(Plain, "timestamp 'infinity'", "DATETIME", null),
        Pg(Zoned, "timestamptz '2024-02-29 13:14:15.123456+00'", "TIMESTAMP", "2024-02-29 13:14:15.123456+00"),
        Pg(Zoned, "timestamptz '2024-02-29 13:14:15.123456+09'", "TIMESTAMP", "2024-02-29 04:14:15.123456+00"),
        Pg(Zoned, "timestamptz '2024-02-29 13:14:15.123456Z'", "TIMESTAMP", "2024-02-29 13:14:15.123456+00") with { Zone = "Asia/Kolkata" },
        Pg(Zoned, "timestamptz '2024-02-29 13:14:15Z'", "TIMESTAMP", "2024-02-29 13:14:15+00") with { Zone = "America/Sao_Paulo" },
        Pg(Zoned, "timestamptz '2024-02-29 13:14:15Z'", "TIMESTAMP", "2024-02-29 13:14:15+00") with { Zone = "Asia/Kathmandu" },
        // Local mean time, before zones: PostgreSQL prints the seconds of the offset.
        Pg(Zoned, "timestamptz '1880-01-01 00:00:00Z'", "TIMESTAMP", null) with { Zone = "Asia/Kolkata" },
        Pg(Zoned, "timestamptz '1880-01-01 00:00:00Z'", "TIMESTAMP", "1880-01-01 00:00:00+00"),
        Pg(Zoned, "timestamptz '0001-01-01 00:00:00Z'", "TIMESTAMP", "0001-01-01 00:00:00+00"),
        Pg(Zoned, "timestamptz '9999-12-31 23:59:59.999999Z'", "TIMESTAMP", "9999-12-31 23:59:59.999999+00"),
        Pg(Zoned, "timestamptz '0001-01-01 00:00:00+01'", "TIMESTAMP", null),
        Pg(Zoned, "timestamptz '10000-01-01 00:00:00Z'", "TIMESTAMP", null),
        Pg(Zoned, "timestamptz '4714-11-24 00:00:00+00 BC'", "TIMESTAMP", null),
        Pg("TIMESTAMP WITH TIME ZONE", "timestamptz '-infinity'", "TIMESTAMP", null),
        Pg(Time, "time '13:14:15.123456'", "TIME", "13:14:15.123456"),
        Pg(Time, "time '00:00'", "TIME", "00:00:00"),
        Pg(Time, "time '23:59:59.999999'", "TIME", "23:59:59.999999"),
        Pg(Time, "time '24:00'", "TIME", null),
        Pg("time with time zone", "timetz '13:14:15+02'", null, null),
        Pg("interval", "interval '1 year 2 mons 3 days 04:05:06.789'", null, null),
        // MySQL prints a date that it was told not to check, and times of up to 838 hours.
        Printed("date", "1000-01-01", "DATE", "1000-01-01"),
        Printed("date", "0000-00-00", "DATE", null),
        Printed("date", "2024-00-00", "DATE", null),
        Printed("date", "2023-02-29", "DATE", null),
        Printed("date", null, "DATE", null),
        Printed("time", "13:14:15.123456", "TIME", "13:14:15.123456"),
        Printed("time(6)", "00:00:00.000000", "TIME", "00:00:00"),
        Printed("time", "24:00:00", "TIME", null),
        Printed("time", "-838:59:59.000000", "TIME", null),
        Printed("time", "838:59:59.000000", "TIME", null),
        Printed("time", "-00:00:01", "TIME", null),
        Printed("datetime", "0000-00-00 00:00:00", "DATETIME", null),
        Printed("datetime", "2024-02-29 13:14:15", null, null) with { Landing = "TIMESTAMP" },
    ];
}

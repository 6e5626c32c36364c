using CsCheck;

namespace RdsBq.Core.Tests.Runs;

/// <summary>Random templates of every unit, and instants.</summary>
internal static class TemplateGen
{
    private static readonly string[] Formats = ["%Y", "%m", "%d", "%H", "%M"];

    public static readonly Gen<DateTimeOffset> Instant =
        from ticks in Gen.Long[new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks, new DateTimeOffset(2030, 12, 31, 23, 59, 59, TimeSpan.Zero).UtcTicks]
        from offset in Gen.Int[-14 * 4, 14 * 4]
        select new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(15 * offset));

    /// <summary>Any template: literals with DTS's special letters, parts in any order, some of them twice, in one placeholder or many.</summary>
    public static readonly Gen<string> Any = Of("abcXYZ019-_./ éß日|\"%", "-_.:aZ", escapes: true);

    /// <summary>Templates of letters, digits and hyphens: most of their ids are good for RDS.</summary>
    public static readonly Gen<string> Plain = from start in Gen.Char["abcxyz"] from rest in Of("abc019-", "-", escapes: false) select start + rest;

    private static Gen<string> Of(string literals, string between, bool escapes)
    {
        var literal = Gen.Char[literals].Array[0, 4].Select(c => new string(c));
        var escaped = escapes ? OneOf("", "\\{", "\\}") : Gen.Const("");
        var inFormat = Gen.OneOf(Gen.Const(""), Gen.Char[between].Select(c => c.ToString()));
        if (escapes) inFormat = Gen.OneOf(inFormat, OneOf("%%", "\\\"", "\\|"));
        return
            from unit in Gen.Int[0, 4]
            from doubled in Gen.Int[0, unit]
            from useDate in Gen.Bool
            from order in Gen.Shuffle(Parts(unit, doubled))
            from seams in Gen.Bool.Array[order.Length]
            from separators in inFormat.Array[order.Length]
            from texts in literal.Array[order.Length + 2]
            from marks in escaped.Array[order.Length + 2]
            select Join(order, seams, separators, texts, marks) + (useDate && unit >= 2 ? "{run_date}" : "");
    }

    private static string[] Parts(int unit, int doubled) => [.. Formats[..(unit + 1)], Formats[doubled]];

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Join(string[] order, bool[] seams, string[] separators, string[] texts, string[] marks)
    {
        var text = texts[0] + marks[0] + "{run_time|\"" + order[0];
        for (var i = 1; i < order.Length; i++)
            text += seams[i] ? $"\"}}{texts[i]}{marks[i]}{{run_time|\"{order[i]}" : separators[i] + order[i];
        return text + "\"}" + texts[^1] + marks[^1];
    }
}

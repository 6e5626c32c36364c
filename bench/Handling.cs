using System.Globalization;
using System.Text.RegularExpressions;

namespace RdsBq.Bench;

/// <summary>How long the function took for each event, by its own log.</summary>
public static partial class Handling
{
    /// <summary>Milliseconds.</summary>
    public static double Median(string log)
    {
        var took = Took().Matches(log).Select(m => double.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).Order().ToList();
        return took.Count == 0 ? double.NaN : took[took.Count / 2];
    }

    [GeneratedRegex(@"That took (\d+) ms")]
    private static partial Regex Took();
}

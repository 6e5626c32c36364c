using System.Globalization;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Alerts;

/// <summary>The words for values that a published view can't show.</summary>
public static class UncastAlert
{
    /// <param name="uncast">How many values of each column the view's casts can't read; only columns that are to be told.</param>
    /// <param name="example">A query that shows such values of one of the columns; null for none.</param>
    public static Alert Of(RunTime runTime, Receipt receipt, IReadOnlyDictionary<string, long> uncast, string? example)
    {
        var sum = uncast.Values.Sum();
        var values = sum == 1 ? "1 value is" : $"{Count(sum)} values are";
        List<string> lines =
        [
            .. uncast.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal)
                .Select(u => $"{u.Key} ({TypeOf(receipt, u.Key)}): {Count(u.Value)}"),
        ];
        if (example is not null) lines.AddRange(["", example]);
        return new Alert(
            $"{receipt.Table}: {values} NULL in the view",
            $"All rows of {receipt.Table} are there, but where BigQuery's types can't hold a value (infinity, BC, NaN and the like) its view shows NULL. "
            + "The landing table has the values as the source printed them, until it expires. A column is told when this begins, not every night. "
            + "With TYPES=raw the views show all columns as they landed.",
            [("Run", runTime.ToString()), ("Table", receipt.Table), ("View", receipt.View), ("Landing table", receipt.LandingTable ?? "")],
            string.Join('\n', lines),
            null);
    }

    private static string TypeOf(Receipt receipt, string column) =>
        receipt.Columns.FirstOrDefault(c => c.Name == column)?.OriginalType ?? "type unknown";

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Alerts;

public static partial class Alerts
{
    /// <param name="uncast">How many values of each column the view's casts can't read; the columns that are new to this.</param>
    /// <param name="example">A query that shows such values of one column.</param>
    public static Alert ValuesUncast(RunTime runTime, Receipt receipt, IReadOnlyDictionary<string, long> uncast, string? example)
    {
        var sum = uncast.Values.Sum();
        var values = sum == 1 ? "1 value is" : $"{Count(sum)} values are";
        var columns = uncast.Count == 1 ? "1 column" : $"{Count(uncast.Count)} columns";
        List<string> lines =
        [
            .. uncast.OrderByDescending(u => u.Value).ThenBy(u => u.Key, StringComparer.Ordinal)
                .Select(u => $"{u.Key} ({TypeOf(receipt, u.Key)}): {Count(u.Value)}"),
        ];
        if (example is not null) lines.AddRange(["", example]);
        return new Alert(
            $"{receipt.Table}: {values} NULL in the view",
            $"All rows of {receipt.Table} are there, but its view shows NULL for values of {columns} that BigQuery's types can't hold or its casts can't read: "
            + "infinity, BC, NaN and the like. The landing table has them as the source printed them, until it expires. "
            + "A column is told when it begins, not every night. With TYPES=raw views show all columns as they landed.",
            TableFacts(runTime, receipt),
            string.Join('\n', lines),
            null);
    }

    private static string TypeOf(Receipt receipt, string column) =>
        receipt.Columns.FirstOrDefault(c => c.Name == column)?.OriginalType ?? "type unknown";
}

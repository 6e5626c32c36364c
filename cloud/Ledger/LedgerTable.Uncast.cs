using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Cloud.Ledger;

/// <summary>What the ledger knows of values that casts could not read.</summary>
public sealed partial class LedgerTable
{
    /// <summary>
    /// The values that casts could not read in the newest earlier run of this table in which they were counted, by column; empty where there
    /// is none.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, long>> UncastBeforeAsync(RunTime runTime, string table, CancellationToken token)
    {
        var sql = $"""
            SELECT uncast FROM {from} WHERE event = 'proven' AND table_name = @table AND run_time < @run AND uncast IS NOT NULL
            ORDER BY run_time DESC, recorded_at DESC LIMIT 1
            """;
        await foreach (var row in RowsAsync(sql, new() { ["run"] = runTime.Instant, ["table"] = table }, token))
            return UncastValues.FromJson(row["uncast"]);
        return UncastValues.FromJson(null);
    }
}

using RdsBq.Core.Drift;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Drift;

/// <summary>Nights in a row, one run each, at 03:00.</summary>
internal static class Make
{
    public static readonly Column Id = new("id", "INTEGER", "REQUIRED", "bigint", 64);
    public static readonly Column Name = Text("name");

    public static RunTime Night(int day) => RunTime.At(new DateTimeOffset(2026, 4, day, 3, 0, 0, TimeSpan.Zero));

    public static Column Text(string name, string type = "text", int length = 0) => new(name, "STRING", "NULLABLE", type, length);

    public static LedgerRow Expected(int day, string table, long rows = 10, string? view = null, params Column[] columns) => new(
        Night(day).Instant, LedgerEvent.Expected, Night(day), "e", Table: $"shop.public.{table}", View: view ?? table,
        LandingTable: $"{view ?? table}_{Night(day).Stamp}", ExpectedRows: rows, Schema: LandingSchema.ToJson(columns.Length == 0 ? [Id, Name] : columns));

    public static LedgerRow Skipped(int day, string table) => new(Night(day).Instant, LedgerEvent.Skipped, Night(day), "e", Table: $"shop.public.{table}");

    public static LedgerRow Withdrawn(int day, string table) =>
        new(Night(day).Instant, LedgerEvent.Withdrawn, Night(day), "e", Table: $"shop.public.{table}", View: table);

    /// <summary>As run <paramref name="day"/> finds it, every night before it being planned unless days are named.</summary>
    public static SourceHistory History(int day, IReadOnlyList<LedgerRow> rows, params int[] planned) =>
        SourceHistory.From(Night(day), (planned.Length > 0 ? planned : Enumerable.Range(1, day)).Select(Night), rows);

    public static SeenTable Table(string table, long rows = 10, string? view = null, params Column[] columns) =>
        new($"shop.public.{table}", view ?? table, rows, columns.Length == 0 ? [Id, Name] : columns);

    public static SourceSeen Seen(IReadOnlyList<SeenTable> tables, string[]? skipped = null, string[]? unlisted = null) =>
        new(tables, Names(skipped), Names(unlisted));

    private static HashSet<string> Names(string[]? tables) => [.. (tables ?? []).Select(t => $"shop.public.{t}")];
}

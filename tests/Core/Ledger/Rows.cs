using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Ledger;

internal static class Rows
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 18, 0, 0, TimeSpan.Zero);
    public static readonly RunTime Run = RunTime.At(new DateTimeOffset(2026, 4, 1, 17, 5, 0, TimeSpan.Zero));
    public const string Id = "e-20260401-1705";
    public const string RunName = "projects/p/locations/eu/transferConfigs/c/runs/";

    public static LedgerRow Expected(string table, long rows = 10, int minute = 0) => new(
        Now.AddMinutes(minute), LedgerEvent.Expected, Run, Id, Now.AddHours(-1), $"shop.public.{table}", table, $"{table}_{Run.Stamp}", "configs/c",
        ExpectedRows: rows, ExpectedBytes: 1000, ExpectedFiles: 1, Schema: LandingSchema.ToJson([new Column("id", "INTEGER", "REQUIRED")]));

    public static LedgerRow Skipped(string table, string why) => new(Now, LedgerEvent.Skipped, Run, Id, Table: $"shop.public.{table}", View: table, Detail: why);

    public static LedgerRow Planned(long tables) => new(Now, LedgerEvent.Planned, Run, Id, Tables: tables);

    public static LedgerRow Heard(LedgerEvent happened, string table, int minute, string run = "r1", long? landed = null, string? detail = null) => new(
        Now.AddMinutes(minute), happened, Run, Id, Table: $"shop.public.{table}", LandingTable: $"{table}_{Run.Stamp}",
        TransferRun: RunName + run, LandedRows: landed, Detail: detail);

    public static LedgerRow Published(string? table = null) => new(
        Now, LedgerEvent.Published, Run, Id, Table: table is null ? null : $"shop.public.{table}", LandingTable: table is null ? null : $"{table}_{Run.Stamp}");
}

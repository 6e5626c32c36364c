using System.Globalization;
using System.Text.Json;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;

namespace RdsBq.Cloud.Ledger;

/// <summary>A ledger row as the streaming API takes it and as a query gives it back.</summary>
internal static class LedgerJson
{
    private const string Form = "yyyy-MM-dd HH:mm:ss.ffffff'+00:00'";

    public static Dictionary<string, JsonElement> Write(LedgerRow row)
    {
        var json = new Dictionary<string, JsonElement>();
        Text("recorded_at", Stamp(row.RecordedAt));
        Text("event", Word(row.Event));
        Text("run_time", Stamp(row.RunTime.Instant));
        Text("export_task_id", row.ExportTaskId);
        Text("snapshot_time", row.SnapshotTime is { } time ? Stamp(time) : null);
        Text("table_name", row.Table);
        Text("view_name", row.View);
        Text("landing_table", row.LandingTable);
        Text("transfer_config", row.TransferConfig);
        Text("transfer_run", row.TransferRun);
        Number("expected_rows", row.ExpectedRows);
        Number("expected_bytes", row.ExpectedBytes);
        Number("expected_files", row.ExpectedFiles);
        Number("landed_rows", row.LandedRows);
        Number("tables", row.Tables);
        Text("columns", row.Schema);
        Text("detail", row.Detail);
        Text("uncast", row.Uncast);
        return json;

        void Text(string name, string? value)
        {
            if (value is not null) json[name] = JsonSerializer.SerializeToElement(value, LedgerTypes.Default.String);
        }

        void Number(string name, long? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));
    }

    public static LedgerRow Read(IReadOnlyDictionary<string, string?> row) => new(
        Instant(row["recorded_at"])!.Value,
        Enum.Parse<LedgerEvent>(row["event"]!, ignoreCase: true),
        RunTime.At(Instant(row["run_time"])!.Value),
        row["export_task_id"] ?? "",
        Instant(row["snapshot_time"]),
        row["table_name"],
        row["view_name"],
        row["landing_table"],
        row["transfer_config"],
        row["transfer_run"],
        Long(row["expected_rows"]),
        Long(row["expected_bytes"]),
        Long(row["expected_files"]),
        Long(row["landed_rows"]),
        Long(row["tables"]),
        row["columns"],
        row["detail"],
        row.GetValueOrDefault("uncast"));

    /// <summary>Query results carry timestamps as microseconds since 1970 (useInt64Timestamp).</summary>
    public static DateTimeOffset? Instant(string? microseconds) =>
        microseconds is null ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(microseconds, CultureInfo.InvariantCulture));

    /// <summary>Words with commas between them; those that a newer version wrote are passed over.</summary>
    public static IReadOnlySet<LedgerEvent> Events(string? words) =>
        (words ?? "").Split(',').Select(w => Enum.TryParse<LedgerEvent>(w, ignoreCase: true, out var e) ? (LedgerEvent?)e : null).OfType<LedgerEvent>().ToHashSet();

    private static long? Long(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);

    private static string Stamp(DateTimeOffset instant) => instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    private static string Word(LedgerEvent e) => e.ToString().ToLowerInvariant();
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class LedgerTypes : System.Text.Json.Serialization.JsonSerializerContext;

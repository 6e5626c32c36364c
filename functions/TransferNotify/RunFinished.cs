using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using RdsBq.Core.Ledger;
using RdsBq.Core.Runs;
using RdsBq.Cloud.Transfers;

namespace RdsBq.TransferNotify;

/// <summary>
/// Reads DTS's notification: a TransferRun in REST form, one for each finished run. Only name, runTime, state, endTime and errorStatus are looked at;
/// <c>params</c> may carry AWS keys and is never touched. https://cloud.google.com/bigquery/docs/transfer-run-notifications
/// </summary>
public static class RunFinished
{
    /// <param name="problem">Why the message is no such notification; never quotes it.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out TransferRunInfo? run, [NotNullWhen(false)] out string? problem)
    {
        run = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return No("it is no JSON object", out problem);
            if (Text(root, "name") is not { } name || name.Split('/') is not ["projects", .., "transferConfigs", _, "runs", _]) return No("it names no transfer run", out problem);
            if (!TryInstant(Text(root, "runTime"), out var runTime)) return No("it has no runTime", out problem);
            if (!Enum.TryParse<TransferState>(Text(root, "state"), ignoreCase: true, out var state)) state = TransferState.Unknown;
            if (state is not (TransferState.Succeeded or TransferState.Failed or TransferState.Cancelled)) return No("its state is not a final one", out problem);
            var (code, message) = Error(root);
            DateTimeOffset? ended = TryInstant(Text(root, "endTime"), out var end) ? end : null;
            run = new TransferRunInfo(name, RunTime.At(runTime), state, ended, code, message);
            problem = null;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is no UTF-8, or half of a surrogate pair, passes the parser and is refused when it is read.
            return No("it is not JSON", out problem);
        }
    }

    private static bool No(string why, out string problem)
    {
        problem = why;
        return false;
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool TryInstant(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    /// <summary>On success errorStatus is an empty object, not absent.</summary>
    private static (string Code, string? Message) Error(JsonElement root)
    {
        if (!root.TryGetProperty("errorStatus", out var status) || status.ValueKind != JsonValueKind.Object) return ("", null);
        var code = status.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : 0;
        return (RpcCode.Name(code), Text(status, "message"));
    }
}

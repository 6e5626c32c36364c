using System.Text.Json;

namespace RdsBq.Core.Tables;

/// <summary>
/// RDS's WarningMessage in words. Its shape is documented by one example only, so that every part of it may be missing or another.
/// </summary>
public static class ExportWarnings
{
    private static readonly string[] ReasonNames = ["reason", "cause", "message"];
    private static readonly string[] TargetNames = ["target", "table", "tableName", "database", "objective", "name"];

    /// <summary>E.g. <c>PERMISSIONS_DO_NOT_EXIST: shop.public.orders</c>; the text itself where it is no JSON; empty for none.</summary>
    public static IReadOnlyList<string> Reasons(string? warningMessage)
    {
        if (string.IsNullOrWhiteSpace(warningMessage)) return [];
        try
        {
            using var document = JsonDocument.Parse(warningMessage);
            return [.. Words(document.RootElement, null).Distinct(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return [warningMessage.Trim()];
        }
    }

    private static IEnumerable<string> Words(JsonElement element, string? within) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Words(item, within)),
        JsonValueKind.Object => OfObject(element),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [within is null ? Scalar(element) : $"{within}: {Scalar(element)}"],
    };

    private static IEnumerable<string> OfObject(JsonElement element)
    {
        var (reason, target) = (Find(element, ReasonNames), Find(element, TargetNames));
        if (reason is not null) return [target is null ? reason : $"{reason}: {target}"];
        if (target is not null) return [target];
        return element.EnumerateObject().SelectMany(p => Words(p.Value, p.Name)).ToList();
    }

    private static string? Find(JsonElement element, string[] names) => element.EnumerateObject()
        .Where(p => p.Value.ValueKind is JsonValueKind.String && names.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
        .Select(p => p.Value.GetString())
        .FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    private static string Scalar(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
}

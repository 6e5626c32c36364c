using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Core.Ledger;

/// <summary>How many values of each column a view's casts can't read, as the ledger keeps it: a JSON object.</summary>
public static class UncastValues
{
    private static readonly Dictionary<string, long> None = [];

    /// <summary>Null for none.</summary>
    public static string? ToJson(IReadOnlyDictionary<string, long> uncast) =>
        uncast.Count == 0 ? null : JsonSerializer.Serialize(uncast, UncastJson.Default.IReadOnlyDictionaryStringInt64);

    /// <exception cref="JsonException">The text is no such object.</exception>
    public static IReadOnlyDictionary<string, long> FromJson(string? json) =>
        json is null ? None : JsonSerializer.Deserialize(json, UncastJson.Default.IReadOnlyDictionaryStringInt64) ?? None;
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, long>))]
internal sealed partial class UncastJson : JsonSerializerContext;

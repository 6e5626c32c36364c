using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>Policy tags of columns (docs/column-level-security; reference/rest/v2/tables#TableFieldSchema).</summary>
internal static partial class PolicyTags
{
    /// <summary>Refuses what a column can't carry: several tags, a tag that is not named in full, a tag on a RECORD.</summary>
    public static void Check(JsonArray fields)
    {
        foreach (var field in fields.OfType<JsonObject>())
        {
            var names = field["policyTags"]?["names"] as JsonArray ?? [];
            if (names.Count > 1)
                throw BigQueryException.Invalid($"Field {field["name"]} has {names.Count} policy tags: at most 1 is allowed");
            if (names.Count > 0 && !Full().IsMatch(names[0]?.ToString() ?? ""))
                throw BigQueryException.Invalid($"Invalid policy tag resource name: {names[0]}");
            if (names.Count > 0 && field["fields"] is not null)
                throw BigQueryException.Invalid("Policy tags can only be attached to a leaf field.");
            if (field["fields"] is JsonArray inner) Check(inner);
        }
    }

    /// <summary>A field given without the key keeps the tag it had; only an empty list of names removes it.</summary>
    public static JsonArray Kept(JsonArray fields, JsonArray? before)
    {
        foreach (var field in fields.OfType<JsonObject>())
        {
            var old = before?.OfType<JsonObject>().FirstOrDefault(
                b => b["name"]!.ToString().Equals(field["name"]!.ToString(), StringComparison.OrdinalIgnoreCase));
            if (!field.ContainsKey("policyTags") && old?["policyTags"] is { } tags) field["policyTags"] = tags.DeepClone();
            if (field["policyTags"]?["names"] is not JsonArray { Count: > 0 }) field.Remove("policyTags");
            if (field["fields"] is JsonArray inner) Kept(inner, old?["fields"] as JsonArray);
        }
        return fields;
    }

    [GeneratedRegex(@"\Aprojects/[^/]+/locations/[^/]+/taxonomies/[^/]+/policyTags/[^/]+\z")]
    private static partial Regex Full();
}

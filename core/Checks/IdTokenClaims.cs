using System.Text;
using System.Text.Json;

namespace RdsBq.Core.Checks;

/// <summary>What an ID token says of its holder, for people to compare with a trust policy. The signature is not looked at: AWS does that.</summary>
/// <param name="Subject">A service account's unique id.</param>
/// <param name="Party"><c>azp</c>: IAM calls it <c>aud</c> where it is there.</param>
/// <param name="Audience"><c>aud</c>: IAM calls it <c>oaud</c> then.</param>
public sealed record IdTokenClaims(string? Subject, string? Party, string? Audience)
{
    /// <returns>Null for what is no token.</returns>
    public static IdTokenClaims? Read(string token)
    {
        if (token.Split('.') is not [_, var payload, _]) return null;
        try
        {
            var base64 = payload.Replace('-', '+').Replace('_', '/');
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='))));
            return json.RootElement.ValueKind == JsonValueKind.Object ? new(Text(json, "sub"), Text(json, "azp"), Text(json, "aud")) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    public override string ToString() => $"sub {Subject ?? "(none)"}, azp {Party ?? "(none)"}, aud {Audience ?? "(none)"}";

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

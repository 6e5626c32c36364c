using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace RdsBq.Local.Aws;

/// <summary>
/// The canonical request of Signature Version 4 and the keyed hash over it (IAM user guide, "Create a signed AWS API request").
/// </summary>
internal static class CanonicalRequest
{
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    public static string Sign(HttpRequest request, SignedRequest signed, string secret, string payloadHash)
    {
        var text = $"{SignedRequest.Algorithm}\n{signed.TimeText}\n{signed.Scope}\n{Hash(Canonical(request, signed, payloadHash))}";
        var key = Mac(Encoding.UTF8.GetBytes("AWS4" + secret), signed.Date);
        key = Mac(Mac(Mac(key, signed.Region), signed.Service), "aws4_request");
        return Convert.ToHexStringLower(Mac(key, text));
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Canonical(HttpRequest request, SignedRequest signed, string payloadHash)
    {
        // The raw target, because routing has already decoded the path: an escaped slash in a key must stay one.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var path = string.Join('/', target[0].Split('/').Select(Reencode));
        var headers = signed.SignedHeaders.Select(h => $"{h}:{Value(request, h)}\n");
        return string.Join(
            '\n', request.Method, path, Query(target.ElementAtOrDefault(1) ?? "", signed.IsPresigned), string.Concat(headers),
            string.Join(';', signed.SignedHeaders), payloadHash);
    }

    private static string Query(string raw, bool presigned)
    {
        var pairs = raw.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Select(p => (Name: Reencode(p[0]), Value: Reencode(p.ElementAtOrDefault(1) ?? "")))
            .Where(p => !presigned || p.Name != "X-Amz-Signature")
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal);
        return string.Join('&', pairs.Select(p => $"{p.Name}={p.Value}"));
    }

    /// <summary>Clients escape more or fewer characters than the signature does: undo theirs, apply RFC 3986's.</summary>
    private static string Reencode(string part) => Uri.EscapeDataString(Uri.UnescapeDataString(part));

    private static string Value(HttpRequest request, string header) =>
        string.Join(',', request.Headers[header].Select(v =>
            string.Join(' ', (v ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}

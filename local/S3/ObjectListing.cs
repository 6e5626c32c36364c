using System.Globalization;
using System.Text;
using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>ListObjectsV2: keys and common prefixes of one bucket, in key order, a page at a time.</summary>
internal static class ObjectListing
{
    private const int Most = 1000;

    /// <summary>An object by its key, or the common prefix of several.</summary>
    private sealed record Entry(StoredObject? Object, string Name);

    public static XElement List(ObjectStore store, string bucket, IQueryCollection query, XNamespace ns)
    {
        var (prefix, delimiter, startAfter) = (query["prefix"].ToString(), query["delimiter"].ToString(), query["start-after"].ToString());
        var token = query["continuation-token"].ToString();
        var url = EncodesAsUrl(query["encoding-type"].ToString());
        var size = PageSize(query["max-keys"].ToString());
        var shown = token.Length > 0 ? Decode(token) : "";
        var entries = Entries(store.List(bucket, prefix), prefix, delimiter, startAfter, shown).Take(size + 1).ToList();
        var page = entries.Take(size).ToList();
        var truncated = entries.Count > size && size > 0;
        string Shown(string text) => url ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : text;
        XElement? Optional(string name, string value) => value.Length == 0 ? null : new XElement(ns + name, value);
        return new XElement(
            ns + "ListBucketResult",
            new XElement(ns + "Name", bucket),
            new XElement(ns + "Prefix", Shown(prefix)),
            Optional("Delimiter", Shown(delimiter)),
            Optional("StartAfter", Shown(startAfter)),
            Optional("ContinuationToken", token),
            truncated ? new XElement(ns + "NextContinuationToken", Encode(page[^1].Name)) : null,
            new XElement(ns + "KeyCount", page.Count),
            new XElement(ns + "MaxKeys", size),
            url ? new XElement(ns + "EncodingType", "url") : null,
            new XElement(ns + "IsTruncated", truncated),
            page.Where(e => e.Object is not null).Select(e => Contents(e.Object!, Shown(e.Name), ns)),
            page.Where(e => e.Object is null).Select(e => new XElement(ns + "CommonPrefixes", new XElement(ns + "Prefix", Shown(e.Name)))));
    }

    /// <param name="shown">Where the page before ended: a key, or a common prefix, which hides all keys below it.</param>
    private static IEnumerable<Entry> Entries(IEnumerable<StoredObject> objects, string prefix, string delimiter, string after,
        string shown)
    {
        string? group = null;
        foreach (var stored in objects)
        {
            if (string.CompareOrdinal(stored.Key, after) <= 0 || string.CompareOrdinal(stored.Key, shown) <= 0) continue;
            var cut = delimiter.Length == 0 ? -1 : stored.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var name = cut < 0 ? stored.Key : stored.Key[..(cut + delimiter.Length)];
            if (cut < 0) yield return new Entry(stored, name);
            else if (name != group && name != shown) yield return new Entry(null, name);
            group = cut < 0 ? null : name;
        }
    }

    private static XElement Contents(StoredObject stored, string key, XNamespace ns) => new(
        ns + "Contents",
        new XElement(ns + "Key", key),
        new XElement(ns + "LastModified",
            stored.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture)),
        new XElement(ns + "ETag", $"\"{stored.ETag}\""),
        new XElement(ns + "Size", stored.Size),
        new XElement(ns + "StorageClass", "STANDARD"));

    private static int PageSize(string text)
    {
        if (text.Length == 0) return Most;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? Math.Min(size, Most)
            : throw new AwsException(400, "InvalidArgument", "Provided max-keys not an integer or within integer range");
    }

    private static bool EncodesAsUrl(string type) => type switch
    {
        "" => false,
        "url" => true,
        _ => throw new AwsException(400, "InvalidArgument", "Invalid Encoding Method specified in Request"),
    };

    private static string Encode(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes("1:" + key));

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        var text = Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return text.StartsWith("1:", StringComparison.Ordinal)
            ? text[2..]
            : throw new AwsException(400, "InvalidArgument", "The continuation token provided is incorrect");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>
/// Lifecycle configurations as S3 takes and gives them (S3 API reference, PutBucketLifecycleConfiguration). Rules are checked as far as
/// they delete: transitions are taken as they come.
/// </summary>
internal static class Lifecycle
{
    private const int MostRules = 1000;
    private const int LongestId = 255;
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly HashSet<string> Actions =
    [
        "Expiration", "Transition", "NoncurrentVersionTransition", "NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload",
    ];

    /// <summary>One rule that deletes what is under the prefix after so many days.</summary>
    public static XElement Expiring(string id, string prefix, int days) => new(
        Ns + "LifecycleConfiguration",
        new XElement(
            Ns + "Rule",
            new XElement(Ns + "ID", id),
            new XElement(Ns + "Filter", new XElement(Ns + "Prefix", prefix)),
            new XElement(Ns + "Status", "Enabled"),
            new XElement(Ns + "Expiration", new XElement(Ns + "Days", days))));

    public static AwsException Malformed() =>
        new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    /// <exception cref="AwsException">InvalidRequest 400: S3 wants this body's checksum.</exception>
    public static void DemandChecksum(IHeaderDictionary headers)
    {
        var given = headers.ContentMD5.Count > 0
            || headers.Keys.Any(k => k.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
                || k.Equals("x-amz-sdk-checksum-algorithm", StringComparison.OrdinalIgnoreCase));
        if (!given) throw new AwsException(400, "InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }

    /// <summary>The configuration as it is kept: rules without a name get one.</summary>
    /// <exception cref="AwsException">MalformedXML, InvalidArgument or InvalidRequest 400.</exception>
    public static XElement Read(XElement body, XNamespace ns)
    {
        var rules = body.Elements().Where(e => e.Name.LocalName == "Rule").ToList();
        if (body.Name.LocalName != "LifecycleConfiguration" || rules.Count is 0 or > MostRules) throw Malformed();
        var kept = new XElement(ns + "LifecycleConfiguration", rules.Select(r => Rule(r, ns)));
        var ids = kept.Elements().Select(r => r.Element(ns + "ID")!.Value).ToList();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            throw Invalid("Rule ID must be unique. Found same ID for more than one rule");
        return kept;
    }

    private static XElement Rule(XElement given, XNamespace ns)
    {
        var rule = Renamed(given, ns);
        if (rule.Element(ns + "Status")?.Value is not ("Enabled" or "Disabled")) throw Malformed();
        // Exactly one of the two; the older form has a prefix of its own.
        if (rule.Element(ns + "Filter") is null == rule.Element(ns + "Prefix") is null) throw Malformed();
        if (!rule.Elements().Any(e => Actions.Contains(e.Name.LocalName)))
            throw new AwsException(400, "InvalidRequest", "At least one action needs to be specified in a rule");
        foreach (var days in rule.Elements(ns + "Expiration").Elements(ns + "Days"))
        {
            if (!int.TryParse(days.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
                throw Invalid("'Days' for Expiration action must be a positive integer");
        }
        var id = rule.Element(ns + "ID")?.Value ?? "";
        if (id.Length > LongestId) throw Invalid($"ID length should not exceed allowed limit of {LongestId}");
        if (id.Length > 0) return rule;
        rule.Elements(ns + "ID").Remove();
        rule.AddFirst(new XElement(ns + "ID", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
        return rule;
    }

    private static AwsException Invalid(string message) => new(400, "InvalidArgument", message);

    // Clients may leave the namespace out; answers carry it.
    internal static XElement Renamed(XElement e, XNamespace ns) =>
        e.HasElements ? new(ns + e.Name.LocalName, e.Elements().Select(c => Renamed(c, ns))) : new(ns + e.Name.LocalName, e.Value);
}

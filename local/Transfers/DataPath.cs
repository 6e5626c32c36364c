using System.Text.RegularExpressions;

namespace RdsBq.Local.Transfers;

/// <summary>
/// An expanded <c>data_path</c>. One wildcard crosses folders; two or more each stay inside one folder, and cost the higher file limit
/// (https://cloud.google.com/bigquery/docs/s3-transfer-intro, "Wildcard support for Amazon S3 URIs").
/// </summary>
internal sealed class DataPath
{
    private readonly Regex key;

    private DataPath(string uri, string bucket, string keyPattern)
    {
        Uri = uri;
        Bucket = bucket;
        Wildcards = keyPattern.Count(c => c == '*');
        Prefix = keyPattern.Split('*')[0];
        // A bucket alone means everything in it.
        var any = Wildcards > 1 ? "[^/]*" : ".*";
        var pattern = keyPattern.Length == 0 ? ".*" : Regex.Escape(keyPattern).Replace(@"\*", any, StringComparison.Ordinal);
        key = new Regex($"^{pattern}$", RegexOptions.Singleline | RegexOptions.CultureInvariant);
    }

    public string Uri { get; }

    public string Bucket { get; }

    public int Wildcards { get; }

    /// <summary>What is listed, and copied: everything up to the first wildcard.</summary>
    public string Prefix { get; }

    public bool Matches(string objectKey) => key.IsMatch(objectKey);

    /// <exception cref="FormatException">Not an S3 URI, or its bucket is not literal.</exception>
    public static DataPath Parse(string uri)
    {
        if (!uri.StartsWith("s3://", StringComparison.Ordinal)) throw new FormatException($"Amazon S3 URI must start with s3://: '{uri}'.");
        var parts = uri["s3://".Length..].Split('/', 2);
        if (parts[0].Length == 0 || parts[0].AsSpan().IndexOfAny('*', '{', '}') >= 0)
            throw new FormatException($"The bucket of an Amazon S3 URI takes neither wildcards nor run-time parameters: '{uri}'.");
        return new DataPath(uri, parts[0], parts.Length > 1 ? parts[1] : "");
    }
}

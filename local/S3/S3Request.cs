using Microsoft.AspNetCore.Http.Features;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>
/// Which operation a request asks for, on which bucket and key. Path style, or virtual-host style where the Host header starts with a
/// bucket.
/// </summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Empty for the bucket itself.</param>
internal sealed record S3Request(string Operation, string Bucket, string Key, bool Mutates)
{
    /// <summary>Query parameters that only modify an operation; any other marks another operation.</summary>
    private static readonly HashSet<string> Modifiers = new(StringComparer.Ordinal)
    {
        "prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner", "x-id", "max-buckets",
    };

    public string Subject => Key.Length > 0 ? Key : Bucket;

    public static S3Request Read(HttpRequest request, IReadOnlyList<string> buckets)
    {
        // The raw target: a key may hold escaped slashes and dot segments, which the server's own path handling would keep or fold.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var path = target.StartsWith('/') ? Uri.UnescapeDataString(target[1..]) : "";
        var host = request.Host.Host;
        var bucket = buckets.FirstOrDefault(b => host.StartsWith(b + ".", StringComparison.OrdinalIgnoreCase));
        var key = path;
        if (bucket is null)
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            (bucket, key) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        }
        var level = bucket.Length == 0 ? "Service" : key.Length == 0 ? "Bucket" : "Object";
        var resource = request.Query.Keys.FirstOrDefault(k =>
            !Modifiers.Contains(k) && !k.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase));
        var operation = (request.Method, level, resource) switch
        {
            ("GET", "Service", null) => "ListBuckets",
            ("GET", "Bucket", "list-type") when request.Query["list-type"] == "2" => "ListObjectsV2",
            ("GET", "Bucket", "location") => "GetBucketLocation",
            ("GET", "Bucket", "lifecycle") => "GetBucketLifecycleConfiguration",
            ("GET", "Bucket", "encryption") => "GetBucketEncryption",
            ("PUT", "Bucket", "encryption") => "PutBucketEncryption",
            ("DELETE", "Bucket", "encryption") => "DeleteBucketEncryption",
            ("GET", "Bucket", "publicAccessBlock") => "GetPublicAccessBlock",
            ("PUT", "Bucket", "publicAccessBlock") => "PutPublicAccessBlock",
            ("DELETE", "Bucket", "publicAccessBlock") => "DeletePublicAccessBlock",
            ("PUT", "Bucket", "lifecycle") => "PutBucketLifecycleConfiguration",
            ("DELETE", "Bucket", "lifecycle") => "DeleteBucketLifecycle",
            ("HEAD", "Bucket", null) => "HeadBucket",
            ("POST", "Bucket", "delete") => "DeleteObjects",
            ("GET", "Object", null) => "GetObject",
            ("HEAD", "Object", null) => "HeadObject",
            ("PUT", "Object", null) when !request.Headers.ContainsKey("x-amz-copy-source") => "PutObject",
            ("PUT", "Object", null) => "CopyObject",
            ("DELETE", "Object", null) => "DeleteObject",
            ("GET", "Bucket", null) => "ListObjects",
            ("PUT", "Bucket", null) => "CreateBucket",
            ("DELETE", "Bucket", null) => "DeleteBucket",
            ("POST", "Object", "uploads") => "CreateMultipartUpload",
            _ => $"{request.Method}{level}{(resource is null ? "" : "?" + resource)}",
        };
        return new S3Request(operation, bucket, key, !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method));
    }

    /// <summary>The action that a policy names, which is not always the operation's name.</summary>
    public (string Action, string Resource) Right => Operation switch
    {
        "ListBuckets" => ("s3:ListAllMyBuckets", "*"),
        "ListObjectsV2" or "ListObjects" or "HeadBucket" => ("s3:ListBucket", Arn),
        "HeadObject" => ("s3:GetObject", Arn),
        "DeleteObjects" => ("s3:DeleteObject", Arn + "/*"),
        "GetBucketLifecycleConfiguration" => ("s3:GetLifecycleConfiguration", Arn),
        "PutBucketLifecycleConfiguration" or "DeleteBucketLifecycle" => ("s3:PutLifecycleConfiguration", Arn),
        "GetBucketEncryption" => ("s3:GetEncryptionConfiguration", Arn),
        "PutBucketEncryption" or "DeleteBucketEncryption" => ("s3:PutEncryptionConfiguration", Arn),
        "GetPublicAccessBlock" => ("s3:GetBucketPublicAccessBlock", Arn),
        "PutPublicAccessBlock" or "DeletePublicAccessBlock" => ("s3:PutBucketPublicAccessBlock", Arn),
        _ => ("s3:" + Operation, Arn),
    };

    private string Arn => Key.Length > 0 ? $"arn:aws:s3:::{Bucket}/{Key}" : $"arn:aws:s3:::{Bucket}";

    public AwsException NoSuchBucket() =>
        new(404, "NoSuchBucket", "The specified bucket does not exist")
        {
            Details = new Dictionary<string, string> { ["BucketName"] = Bucket },
        };

    public AwsException NoSuchKey() =>
        new(404, "NoSuchKey", "The specified key does not exist.") { Details = new Dictionary<string, string> { ["Key"] = Key } };
}

using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>One of the documents that a bucket may have, with what S3 answers where it has none (S3 API reference, the operations' pages).</summary>
/// <param name="Name">The query parameter.</param>
/// <param name="Operation">What stands behind Get, Put and Delete in the operations' names.</param>
/// <param name="Read">Gives the document as it is kept, or refuses it.</param>
internal sealed record BucketConfiguration(string Name, string Operation, string NoneCode, string NoneMessage, Func<XElement, XNamespace, XElement> Read)
{
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly string[] Verbs = ["Get", "Put", "Delete"];

    private static readonly BucketConfiguration[] All =
    [
        new("lifecycle", "BucketLifecycle", "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", Lifecycle.Read),
        new("encryption", "BucketEncryption", "ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found",
            (body, ns) => Rooted(body, ns, "ServerSideEncryptionConfiguration", ["Rule"])),
        new("publicAccessBlock", "PublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found",
            (body, ns) => Rooted(body, ns, "PublicAccessBlockConfiguration", ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"])),
    ];

    /// <summary>As a template makes the bucket: encrypted by the key, and closed.</summary>
    public static XElement Encryption(string keyArn) => new(
        Ns + "ServerSideEncryptionConfiguration",
        new XElement(
            Ns + "Rule",
            new XElement(
                Ns + "ApplyServerSideEncryptionByDefault", new XElement(Ns + "SSEAlgorithm", "aws:kms"), new XElement(Ns + "KMSMasterKeyID", keyArn)),
            new XElement(Ns + "BucketKeyEnabled", "true")));

    public static XElement PublicAccessBlock(bool policies = true) => new(
        Ns + "PublicAccessBlockConfiguration",
        new XElement(Ns + "BlockPublicAcls", "true"),
        new XElement(Ns + "IgnorePublicAcls", "true"),
        new XElement(Ns + "BlockPublicPolicy", policies ? "true" : "false"),
        new XElement(Ns + "RestrictPublicBuckets", policies ? "true" : "false"));

    public static BucketConfiguration? Find(string operation) =>
        All.FirstOrDefault(c => Verbs.Any(verb => operation == verb + c.Operation || operation == $"{verb}{c.Operation}Configuration"));

    public AwsException None(string bucket) => new(404, NoneCode, NoneMessage)
    {
        Details = new Dictionary<string, string> { ["BucketName"] = bucket },
    };

    private static XElement Rooted(XElement body, XNamespace ns, string root, string[] members) =>
        body.Name.LocalName == root && body.Elements().All(e => members.Contains(e.Name.LocalName)) ? Lifecycle.Renamed(body, ns) : throw Lifecycle.Malformed();
}

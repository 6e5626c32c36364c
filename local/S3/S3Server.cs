using System.Xml;
using System.Xml.Linq;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.S3;

/// <summary>
/// S3's REST API over an <see cref="ObjectStore"/>: what exports, their readers and the AWS CLI's <c>s3 ls|cp|rm</c> need of it.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    private readonly Listener listener;

    private S3Server(Listener listener) => this.listener = listener;

    public Uri Address => listener.Http1;

    public static async Task<S3Server> StartAsync(
        LocalClock clock, Journal journal, Faults faults, CredentialStore credentials, ObjectStore store, CancellationToken token = default)
    {
        var wire = new S3Wire(store, new SigV4(credentials, clock, AuthWords.S3), clock);
        return new S3Server(await Listener.StartAsync(journal, faults, wire, _ => { }, app => app.Run(wire.AnswerAsync), token: token));
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

internal sealed class S3Wire(ObjectStore store, SigV4 signatures, TimeProvider clock) : IWire
{
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly S3Objects objects = new(store);

    public ValueTask<CallName> NameAsync(HttpContext context)
    {
        var request = S3Request.Read(context.Request, store.Buckets);
        return ValueTask.FromResult(new CallName($"s3.{request.Operation}", request.Subject, request.Mutates));
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var request = S3Request.Read(context.Request, store.Buckets);
        try
        {
            Stamp(context);
            var payload = context.Request.Headers["x-amz-content-sha256"].ToString();
            if (payload.Length == 0) payload = CanonicalRequest.UnsignedPayload;
            var caller = signatures.Verify(context.Request, payload, "s3", Estate.Region);
            if (request.Bucket.Length > 0 && store.RegionOf(request.Bucket) is null) throw request.NoSuchBucket();
            caller.Demand(request.Right.Action, request.Right.Resource);
            await DispatchAsync(context, request, caller);
        }
        catch (AwsException refused)
        {
            await WriteErrorAsync(context, refused.Status, refused.Code, refused.Message, refused.Details);
        }
        catch (Exception broken) when (broken is not OperationCanceledException && !context.Response.HasStarted)
        {
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError, "InternalError", broken.ToString());
        }
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteErrorAsync(context, status, code, message, new Dictionary<string, string>());

    private Task WriteErrorAsync(HttpContext context, int status, string code, string message, IReadOnlyDictionary<string, string> details)
    {
        context.Response.Clear();
        var id = Stamp(context);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
        var root = new XElement(
            "Error",
            new XElement("Code", code),
            new XElement("Message", message),
            new XElement("Resource", context.Request.Path.Value),
            details.Select(d => new XElement(d.Key, d.Value)),
            new XElement("RequestId", id));
        return AwsHeaders.WriteXmlAsync(context, status, "application/xml", root);
    }

    private string Stamp(HttpContext context) => AwsHeaders.Stamp(context, clock, "x-amz-request-id");

    private Task DispatchAsync(HttpContext context, S3Request request, Principal caller)
    {
        switch (request.Operation)
        {
            case "GetObject" or "HeadObject":
                return objects.GetAsync(context, request);
            case "PutObject":
                return objects.PutAsync(context, request);
            case "DeleteObject":
                objects.Delete(context, request);
                return Task.CompletedTask;
            case "DeleteObjects":
                return DeleteManyAsync(context, request.Bucket);
            case "ListObjectsV2":
                return WriteAsync(context, ObjectListing.List(store, request.Bucket, context.Request.Query, Ns));
            case "ListBuckets":
                return WriteAsync(context, Buckets(caller));
            case "HeadBucket":
                context.Response.Headers["x-amz-bucket-region"] = store.RegionOf(request.Bucket);
                return Task.CompletedTask;
            case "GetBucketLocation":
                var region = store.RegionOf(request.Bucket);
                return WriteAsync(context, new XElement(Ns + "LocationConstraint", region == "us-east-1" ? null : region));
            case var other when BucketConfiguration.Find(other) is { } configuration:
                return ConfigureAsync(context, request, configuration);
            default:
                throw AwsException.LeftOut($"s3.{request.Operation}");
        }
    }

    private async Task ConfigureAsync(HttpContext context, S3Request request, BucketConfiguration configuration)
    {
        switch (request.Operation[..3])
        {
            case "Get":
                await WriteAsync(context, store.Configuration(request.Bucket, configuration.Name) ?? throw configuration.None(request.Bucket));
                break;
            case "Put":
                Lifecycle.DemandChecksum(context.Request.Headers);
                store.SetConfiguration(request.Bucket, configuration.Name, configuration.Read(await ReadXmlAsync(context), Ns));
                if (configuration.Name == "lifecycle") context.Response.Headers["x-amz-transition-default-minimum-object-size"] = "all_storage_classes_128K";
                context.Response.ContentLength = 0;
                break;
            default:
                store.SetConfiguration(request.Bucket, configuration.Name, null);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
        }
    }

    private XElement Buckets(Principal caller) => new(
        Ns + "ListAllMyBucketsResult",
        new XElement(Ns + "Owner", new XElement(Ns + "ID", caller.UserId)),
        new XElement(
            Ns + "Buckets",
            store.Buckets.Select(b =>
                new XElement(Ns + "Bucket", new XElement(Ns + "Name", b), new XElement(Ns + "CreationDate", "2024-01-01T00:00:00.000Z")))));

    private async Task DeleteManyAsync(HttpContext context, string bucket)
    {
        var body = await ReadXmlAsync(context);
        var keys = body.Descendants().Where(e => e.Name.LocalName == "Key").Select(e => e.Value).ToList();
        foreach (var key in keys) store.Delete(bucket, key);
        var quiet = body.Elements().Any(e => e.Name.LocalName == "Quiet" && e.Value == "true");
        var deleted = quiet ? [] : keys.Select(k => new XElement(Ns + "Deleted", new XElement(Ns + "Key", k)));
        await WriteAsync(context, new XElement(Ns + "DeleteResult", deleted));
    }

    private static async Task<XElement> ReadXmlAsync(HttpContext context)
    {
        try
        {
            return (await XDocument.LoadAsync(context.Request.Body, LoadOptions.PreserveWhitespace, context.RequestAborted)).Root!;
        }
        catch (XmlException)
        {
            throw Lifecycle.Malformed();
        }
    }

    private static Task WriteAsync(HttpContext context, XElement root) =>
        AwsHeaders.WriteXmlAsync(context, StatusCodes.Status200OK, "application/xml", root);
}

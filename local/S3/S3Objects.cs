using System.Globalization;
using System.Security.Cryptography;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>GetObject, HeadObject, PutObject, DeleteObject. Bytes stream between file and wire.</summary>
internal sealed class S3Objects(ObjectStore store)
{
    public async Task GetAsync(HttpContext context, S3Request request)
    {
        var stored = store.Find(request.Bucket, request.Key) ?? throw request.NoSuchKey();
        if (IsNotModified(context.Request, stored))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.ETag = $"\"{stored.ETag}\"";
            return;
        }
        var range = ByteRange.Read(context.Request.Headers.Range.ToString(), stored.Size);
        var (from, count) = range is { } part ? (part.From, part.Count) : (0, stored.Size);
        var headers = context.Response.Headers;
        headers.ETag = $"\"{stored.ETag}\"";
        headers.LastModified = stored.LastModified.UtcDateTime.ToString(AwsHeaders.HttpDate, CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        Encrypted(context.Response);
        if (range is { } r) headers.ContentRange = $"bytes {r.From}-{r.To}/{stored.Size}";
        context.Response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        context.Response.ContentType = "binary/octet-stream";
        context.Response.ContentLength = count;
        if (HttpMethods.IsGet(context.Request.Method)) await SendAsync(context, stored.Path, from, count);
    }

    public async Task PutAsync(HttpContext context, S3Request request)
    {
        var path = store.Stage();
        StoredObject stored;
        try
        {
            await ReceiveAsync(context.Request, path, context.RequestAborted);
            stored = store.Commit(request.Bucket, request.Key, path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        context.Response.Headers.ETag = $"\"{stored.ETag}\"";
        Encrypted(context.Response);
        context.Response.ContentLength = 0;
    }

    public void Delete(HttpContext context, S3Request request)
    {
        store.Delete(request.Bucket, request.Key);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The bucket encrypts by default with the export's key.</summary>
    private static void Encrypted(HttpResponse response)
    {
        response.Headers["x-amz-server-side-encryption"] = "aws:kms";
        response.Headers["x-amz-server-side-encryption-aws-kms-key-id"] = Estate.KmsKeyArn;
        response.Headers["x-amz-server-side-encryption-bucket-key-enabled"] = "true";
    }

    /// <exception cref="AwsException">PreconditionFailed 412.</exception>
    private static bool IsNotModified(HttpRequest request, StoredObject stored)
    {
        var (match, none) = (request.Headers.IfMatch.ToString(), request.Headers.IfNoneMatch.ToString());
        if (match.Length > 0 && match != "*" && match.Trim('"') != stored.ETag)
            throw new AwsException(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        return none.Trim('"') == stored.ETag;
    }

    private static async Task SendAsync(HttpContext context, string path, long from, long count)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, useAsync: true);
        file.Position = from;
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count)), context.RequestAborted);
            if (read == 0) throw new EndOfStreamException(path);
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            count -= read;
        }
    }

    private static async Task ReceiveAsync(HttpRequest request, string path, CancellationToken token)
    {
        var payload = request.Headers["x-amz-content-sha256"].ToString();
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, useAsync: true);
        if (payload.StartsWith("STREAMING-", StringComparison.Ordinal)) await AwsChunked.CopyAsync(request.Body, file, token);
        else await request.Body.CopyToAsync(file, token);
        await file.FlushAsync(token);
        if (long.TryParse(request.Headers["x-amz-decoded-content-length"], CultureInfo.InvariantCulture, out var length)
            && length != file.Length)
            throw new AwsException(400, "IncompleteBody",
                "You did not provide the number of bytes specified by the x-amz-decoded-content-length header");
        if (payload.Length == 64)
        {
            file.Position = 0;
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, token)) != payload)
                throw new AwsException(400, "XAmzContentSHA256Mismatch",
                    "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        if (request.Headers.ContentMD5.ToString() is { Length: > 0 } expected)
        {
            file.Position = 0;
            if (Convert.ToBase64String(await MD5.HashDataAsync(file, token)) != expected)
                throw new AwsException(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }
}

using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace RdsBq.Local.Aws;

internal static class AwsHeaders
{
    public const string HttpDate = "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";

    /// <summary>
    /// Date and request id, which every AWS answer has. The Date is the local clock's: clients measure ages of data by it.
    /// </summary>
    public static string Stamp(HttpContext context, TimeProvider clock, string idHeader)
    {
        var id = Guid.NewGuid().ToString();
        context.Response.Headers.Date = clock.GetUtcNow().ToString(HttpDate, CultureInfo.InvariantCulture);
        context.Response.Headers[idHeader] = id;
        return id;
    }

    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static async Task WriteXmlAsync(HttpContext context, int status, string contentType, XElement root)
    {
        // Object keys may hold characters that XML 1.0 can't: S3 writes them as references all the same.
        var settings = new XmlWriterSettings { Async = true, CheckCharacters = false, Encoding = new UTF8Encoding(false) };
        using var body = new MemoryStream();
        await using (var writer = XmlWriter.Create(body, settings)) await root.WriteToAsync(writer, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }
}

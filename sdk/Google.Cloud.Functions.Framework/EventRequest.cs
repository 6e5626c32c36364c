using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Core;
using CloudNative.CloudEvents.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>Reads a CloudEvent from a request: structured mode, binary mode, or a raw Pub/Sub push.</summary>
internal static class EventRequest
{
    /// <summary>The event, or null once the request has been answered with status 400.</summary>
    public static async Task<CloudEvent?> ReadOrRefuseAsync(HttpContext context, CloudEventFormatter formatter, ILogger logger)
    {
        try
        {
            return await ReadAsync(context.Request, formatter, logger);
        }
        // Whatever a body can provoke in a parser is the sender's fault: the genuine framework catches all as well.
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            Refuse(context, logger, e.Message);
            return null;
        }
    }

    public static void Refuse(HttpContext context, ILogger logger, string reason)
    {
        logger.LogError("{Reason}", reason);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static async Task<CloudEvent> ReadAsync(HttpRequest request, CloudEventFormatter formatter, ILogger logger)
    {
        var body = await BinaryDataUtilities.ToReadOnlyMemoryAsync(request.Body);
        if (MimeUtilities.IsCloudEventsContentType(request.ContentType))
            return formatter.DecodeStructuredModeMessage(body, MimeUtilities.CreateContentTypeOrNull(request.ContentType), null);
        return request.Headers.TryGetValue(HttpUtilities.SpecVersionHttpHeader, out var version)
            ? Binary(request, version.ToString(), body, formatter)
            : PubSubPush.Read(request, body, formatter, logger);
    }

    private static CloudEvent Binary(HttpRequest request, string version, ReadOnlyMemory<byte> body, CloudEventFormatter formatter)
    {
        var specVersion = CloudEventsSpecVersion.FromVersionId(version)
            ?? throw new ConversionException($"Unknown CloudEvents spec version '{version}'.");
        var cloudEvent = new CloudEvent(specVersion) { DataContentType = request.ContentType };
        foreach (var (header, value) in request.Headers)
        {
            var name = HttpUtilities.GetAttributeNameFromHeaderName(header);
            if (name is null || name == CloudEventsSpecVersion.SpecVersionAttribute.Name) continue;
            cloudEvent.SetAttributeFromString(name, HttpUtilities.DecodeHeaderValue(value.ToString()));
        }
        if (!cloudEvent.IsValid) throw new ConversionException("Request headers lack a required CloudEvents attribute.");
        if (!body.IsEmpty) formatter.DecodeBinaryModeEventData(body, cloudEvent);
        return cloudEvent;
    }
}

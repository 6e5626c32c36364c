using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>Serves an <see cref="ICloudEventFunction"/> over HTTP: 400 for what is no event, 500 for what the function throws.</summary>
public sealed class CloudEventAdapter(
    ICloudEventFunction function, CloudEventFormatter formatter, ILogger<CloudEventAdapter> logger) : IHttpFunction
{
    public async Task HandleAsync(HttpContext context)
    {
        var cloudEvent = await EventRequest.ReadOrRefuseAsync(context, formatter, logger);
        if (cloudEvent is not null) await function.HandleAsync(cloudEvent, context.RequestAborted);
    }
}

using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Framework;

/// <summary>Serves an <see cref="ICloudEventFunction{TData}"/> over HTTP: 400 for what is no event, 500 for what it throws.</summary>
public sealed class CloudEventAdapter<TData>(
    ICloudEventFunction<TData> function, CloudEventFormatter formatter, ILogger<CloudEventAdapter<TData>> logger) : IHttpFunction
    where TData : class
{
    public async Task HandleAsync(HttpContext context)
    {
        var cloudEvent = await EventRequest.ReadOrRefuseAsync(context, formatter, logger);
        if (cloudEvent is null) return;
        if (cloudEvent.Data is not (null or TData))
        {
            EventRequest.Refuse(context, logger, $"Event data is {cloudEvent.Data.GetType()}, not {typeof(TData)}.");
            return;
        }
        await function.HandleAsync(cloudEvent, (TData)cloudEvent.Data!, context.RequestAborted);
    }
}

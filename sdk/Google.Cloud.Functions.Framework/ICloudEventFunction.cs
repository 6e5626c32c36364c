using CloudNative.CloudEvents;

namespace Google.Cloud.Functions.Framework;

/// <summary>A function that takes CloudEvents and reads their data itself.</summary>
public interface ICloudEventFunction
{
    /// <summary>Handles one event; an exception becomes status 500, so that the sender delivers it again.</summary>
    Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken);
}

/// <summary>A function that takes CloudEvents with their data already read as <typeparamref name="TData"/>.</summary>
/// <typeparam name="TData">A type with a <see cref="CloudEventFormatterAttribute"/>, such as those of Google.Events.Protobuf.</typeparam>
public interface ICloudEventFunction<TData>
    where TData : class
{
    /// <summary>Handles one event; an exception becomes status 500, so that the sender delivers it again.</summary>
    /// <param name="data">Null where the event has no data.</param>
    Task HandleAsync(CloudEvent cloudEvent, TData data, CancellationToken cancellationToken);
}

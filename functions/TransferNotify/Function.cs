using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Microsoft.Extensions.Logging;

namespace RdsBq.TransferNotify;

/// <summary>
/// Receives every finished transfer run through Pub/Sub: proves it, publishes the run with its last table, tells Slack what is wrong.
/// Returning acknowledges the message; throwing answers 500 and has it delivered again.
/// </summary>
[FunctionsStartup(typeof(Startup))]
public sealed class Function(Verdicts verdicts, ILogger<Function> log) : ICloudEventFunction<MessagePublishedData>
{
    public async Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        // An event without a body has no data at all.
        var message = data?.Message;
        if (!RunFinished.TryRead(message?.Data.Memory ?? default, out var run, out var problem))
        {
            // Redelivery would not make it better: acknowledged, and said once.
            log.LogError("Message {Id} is not a transfer run's notification and is dropped: {Problem}. Check what publishes to this topic.", message?.MessageId, problem);
            return;
        }
        var began = TimeProvider.System.GetTimestamp();
        var judgement = await verdicts.Judge.JudgeAsync(run, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(began);
        // Other teams' transfers, our own of other data sources and events that claim what did not happen are none of its business.
        log.LogInformation("Run {RunTime} of {Config} ended {State}: {Judgement}. That took {Milliseconds:0} ms.", run.RunTime, run.Name.Split('/')[^3], run.State, judgement, took.TotalMilliseconds);
    }
}

using System.Text;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf;
using RdsBq.Local.Hosting;
using RdsBq.Local.PubSub;

namespace RdsBq.Local.Transfers;

/// <summary>
/// Publishes finished runs (https://cloud.google.com/bigquery/docs/transfer-run-notifications): the run's REST form, no table name,
/// templates as
/// written. On success <c>errorStatus</c> is there and empty.
/// </summary>
internal sealed class Notifications(Topics topics, Faults faults, CancellationToken stop)
{
    private static readonly Dictionary<string,
        string> Attributes = new() { ["eventType"] = "TRANSFER_RUN_FINISHED", ["payloadFormat"] = "JSON_API_V1" };

    /// <param name="run">As an answer would show it.</param>
    public void Send(TransferRun run)
    {
        if (run.NotificationPubsubTopic.Length == 0 || faults.Take("dts.notify", run.Name, "lose") is not null) return;
        var data = Encoding.UTF8.GetBytes(Json(run));
        var topic = run.NotificationPubsubTopic;
        if (faults.Take("dts.notify", run.Name, "delay") is { } delay)
        {
            _ = Task.Delay(delay.DelayMs, stop).ContinueWith(_ =>
                topics.Publish(topic, data, Attributes), stop, TaskContinuationOptions.NotOnCanceled, TaskScheduler.Default);
            return;
        }
        var times = faults.Take("dts.notify", run.Name, "duplicate") is null ? 1 : 3;
        for (var i = 0; i < times; i++) topics.Publish(topic, data, Attributes);
    }

    internal static string Json(TransferRun run) => JsonFormatter.Default.Format(run);
}

using System.Text;
using System.Text.Json.Nodes;
using RdsBq.Local;
using RdsBq.Tests.Clouds;

namespace RdsBq.EndToEnd.Tests;

/// <summary>One function over one set of local clouds, for tests that keep to run times of their own.</summary>
public sealed class FunctionFixture : IAsyncLifetime
{
    private int hours;

    internal GoogleSide Google { get; private set; } = null!;

    internal FunctionProcess Function { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Google = await GoogleSide.StartAsync();
        Function = await FunctionProcess.StartAsync(Google.Environment());
    }

    public async Task DisposeAsync()
    {
        await Function.DisposeAsync();
        await Google.DisposeAsync();
    }

    /// <summary>A run that is newer than all before it.</summary>
    internal Task<PlannedRun> PlanAsync(params (string View, long Rows)[] tables) =>
        PlannedRun.CreateAsync(Google, Google.Clock.GetUtcNow().AddHours(++hours - 500), tables);

    /// <summary>What the transfer service published last.</summary>
    internal ReadOnlyMemory<byte> LastNotification => Google.Topics.Published(Estate.NotificationTopic)[^1].Data;

    /// <summary>A notification as the transfer service writes them, changed.</summary>
    internal static byte[] Notification(Action<JsonObject> change)
    {
        var run = JsonNode.Parse(
            """
            {"name":"projects/409146382768/locations/asia-northeast1/transferConfigs/c1/runs/r1",
             "scheduleTime":"2026-04-01T17:06:00Z","runTime":"2026-04-01T17:05:00Z",
             "startTime":"2026-04-01T17:06:01Z","endTime":"2026-04-01T17:07:00Z","dataSourceId":"amazon_s3",
             "destinationDatasetId":"d","state":"FAILED",
             "params":{"access_key_id":"AKIANOTIFY","secret_access_key":"NOTIFYSECRET"},
             "errorStatus":{"code":3,"message":"no"},"userId":"-4410022905113871206"}
            """)!.AsObject();
        change(run);
        return Encoding.UTF8.GetBytes(run.ToJsonString());
    }
}

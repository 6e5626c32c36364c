namespace RdsBq.Local.Story;

/// <summary>
/// Holds the clouds' clock while an event is on its way to the function. The function takes real time; on a clock that runs a hundred times
/// as fast the two minutes that the job leaves it would be over before it has begun, and both would alert.
/// </summary>
internal sealed class Pace : IAsyncDisposable
{
    /// <summary>An event that is not taken for so long will not be by waiting.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource stop = new();
    private readonly LocalCloud cloud;
    private readonly double speed;
    private readonly Task running;

    public Pace(LocalCloud cloud)
    {
        this.cloud = cloud;
        speed = cloud.Clock.Speed;
        running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        // When the events that are on their way now began to be.
        long? since = null;
        while (!stop.IsCancellationRequested)
        {
            if (!cloud.Topics.IsDelivering) since = null;
            else since ??= TimeProvider.System.GetTimestamp();
            Run(at: since is { } begun && TimeProvider.System.GetElapsedTime(begun) < Longest ? 0 : speed);
            await Task.Delay(5, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        Run(at: speed);
    }

    private void Run(double at)
    {
        if (cloud.Clock.Speed != at) cloud.Clock.Speed = at;
    }
}

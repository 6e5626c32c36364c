namespace RdsBq.Local;

/// <summary><c>serve</c>: the local cloud alone, for the job, the function and stock clients to be run against by hand or by a test.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(LocalOptions options, TextWriter output, CancellationToken token)
    {
        await using var cloud = await LocalCloud.StartAsync(options, TimeProvider.System, token);
        foreach (var line in Exports.Lines(Exports.Settings(cloud).Concat(Exports.ForStockClients(cloud)))) await output.WriteLineAsync(line);
        await output.WriteLineAsync("ready");
        await output.FlushAsync(token);
        await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
        return 0;
    }
}

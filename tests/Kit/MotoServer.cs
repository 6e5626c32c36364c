using System.Text.RegularExpressions;

namespace RdsBq.Tests.Kit;

/// <summary>
/// moto's own server: RDS, STS and more in one process, not written by us (https://docs.getmoto.org/en/latest/docs/server_mode.html).
/// It picks a free port. Needs <c>moto_server</c> on PATH: guard the test with <see cref="RequiresFactAttribute"/>.
/// </summary>
public sealed partial class MotoServer : IAsyncDisposable
{
    private readonly Child process;

    private MotoServer(Child process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>The endpoint of every service, e.g. <c>http://127.0.0.1:41235/</c>.</summary>
    public Uri Address { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var process = Child.Start(Tools.Find("moto_server") ?? "moto_server", ["-H", "127.0.0.1", "-p", "0"]);
        try
        {
            await process.SeesAsync("CTRL+C", TimeSpan.FromSeconds(60));
            return new MotoServer(process, new Uri(Listening().Match(process.Error + process.Output).Groups[1].Value));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    [GeneratedRegex(@"Running on (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

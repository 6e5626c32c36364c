using Microsoft.Extensions.Time.Testing;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Google;
using RdsBq.Local;
using RdsBq.Local.Hosting;
using RdsBq.Local.Metadata;

namespace RdsBq.Cloud.Tests;

/// <summary>Access tokens from a metadata server, for tests whose other answers are scripted.</summary>
public sealed class Tokens : IAsyncLifetime
{
    private MetadataServer server = null!;

    public GoogleAuth Auth { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var clock = new LocalClock(TimeProvider.System);
        server = await MetadataServer.StartAsync(clock, new Journal(clock), new Faults());
        Auth = new GoogleAuth(server.Address.ToString());
        await Auth.GetAccessTokenAsync(default);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();
}

/// <summary>Our client of a BigQuery whose answers are scripted and whose time only passes when all wait for it.</summary>
internal sealed class StubbedBigQuery : IDisposable
{
    private readonly DateTimeOffset start;

    public StubbedBigQuery(Tokens tokens, params (int Status, string Body)?[] answers)
    {
        start = Time.GetUtcNow();
        Stub = new HttpStub(answers);
        Client = new BigQueryClient(Estate.Project, Estate.Location, "http://bigquery.test/", tokens.Auth, Stub, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public HttpStub Stub { get; }

    public BigQueryClient Client { get; }

    public IReadOnlyList<Seen> Requests => Stub.Requests;

    public TimeSpan Elapsed => Time.GetUtcNow() - start;

    /// <summary>Awaits the call while time passes, a quarter of a second at each look.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> call)
    {
        for (var i = 0; i < 20_000 && !call.IsCompleted; i++)
        {
            var before = Requests.Count;
            await Task.Delay(1);
            if (Requests.Count == before && !call.IsCompleted) Time.Advance(TimeSpan.FromSeconds(0.25));
        }
        Assert.True(call.IsCompleted, "The call does not end.");
        return await call;
    }

    public Task WhileTimePassesAsync(Task call) => WhileTimePassesAsync(call.ContinueWith(
        done =>
        {
            done.GetAwaiter().GetResult();
            return true;
        },
        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));

    public Task QueryAsync() => WhileTimePassesAsync(Client.ExecuteAsync("SELECT 1", default));

    public void Dispose()
    {
        Client.Dispose();
        Stub.Dispose();
    }
}

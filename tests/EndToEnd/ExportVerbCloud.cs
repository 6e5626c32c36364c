using RdsBq.Local;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The local AWS on a clock that only the test moves, and the shipped job as a process against it.</summary>
internal sealed class ExportVerbCloud : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-export-").FullName;
    private readonly ObjectStore store;
    private AwsCloud? cloud;

    private ExportVerbCloud()
    {
        Clock = new LocalClock(TimeProvider.System, 0);
        Journal = new Journal(Clock);
        store = new ObjectStore(Path.Combine(folder, "objects"), Clock);
    }

    public LocalClock Clock { get; }

    public Journal Journal { get; }

    public Faults Faults { get; } = new();

    public RdsWorld Rds => cloud!.Rds;

    /// <summary>What the job must never print.</summary>
    public static IReadOnlyList<string> Forbidden { get; } = ["ASIA", "eyJ", "ya29."];

    public static async Task<ExportVerbCloud> StartAsync()
    {
        var it = new ExportVerbCloud();
        var estate = Estate.Create(new Random(11));
        it.cloud = await AwsCloud.StartAsync(it.Clock, it.Journal, it.Faults, estate, it.store, (_, _, _) => Task.FromResult(new ExportOutcome(0.1, null)));
        return it;
    }

    /// <summary>Every setting of the job, pointing at this cloud; a null takes a variable away.</summary>
    public Dictionary<string, string?> Environment(params (string Name, string? Value)[] changes)
    {
        var query = cloud!.QueryAddress.ToString().TrimEnd('/');
        var metadata = cloud.Metadata.Address;
        var all = ExportVerbProcess.Settings();
        all["AWS_ENDPOINT_URL_RDS"] = query;
        all["AWS_ENDPOINT_URL_STS"] = query;
        all["AWS_ENDPOINT_URL_S3"] = cloud.S3Address.ToString().TrimEnd('/');
        all["AWS_ENDPOINT_URL_KMS"] = cloud.KmsAddress.ToString().TrimEnd('/');
        all["AWS_ENDPOINT_URL_IAM"] = query;
        all["GCE_METADATA_HOST"] = $"{metadata.Host}:{metadata.Port}";
        foreach (var (name, value) in changes) all[name] = value;
        return all;
    }

    public Task<Ended> RunAsync(string[] arguments, params (string Name, string? Value)[] changes) =>
        ExportVerbProcess.RunAsync(arguments, Environment(changes));

    public IReadOnlyList<string> Calls => [.. Journal.Entries.Select(e => e.Operation)];

    public int Count(string operation) => Calls.Count(o => o == operation);

    public async ValueTask DisposeAsync()
    {
        await cloud!.DisposeAsync();
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

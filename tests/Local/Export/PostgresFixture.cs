using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Export;

/// <summary>One cluster for a class of tests, started by the first that asks; each test makes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresCluster>> cluster = new(PostgresCluster.StartAsync);

    public Task<PostgresCluster> ClusterAsync => cluster.Value;

    public async Task<string> CreateAsync(string database, string sql)
    {
        var running = await cluster.Value;
        await running.ExecuteAsync($"create database {database}");
        await running.ExecuteAsync(sql, database);
        return running.ConnectionString(database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (cluster.IsValueCreated) await (await cluster.Value).DisposeAsync();
    }

    internal static async Task<int> CountAsync(SourceSnapshot snapshot, string name)
    {
        var table = snapshot.Tables.Single(t => t.Name == name);
        var sink = new CollectingSink();
        foreach (var partition in table.Partitions) await snapshot.ReadAsync(table, partition, table.Columns, sink, CancellationToken.None);
        return sink.Rows.Count;
    }
}

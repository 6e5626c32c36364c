using RdsBq.Local.Export;
using RdsBq.Local.Sources;
using RdsBq.Tests.Kit;

namespace RdsBq.Local.Tests.Export;

public sealed class PostgresExportTests
{
    [RequiresFact("initdb", "postgres", "pgbench")]
    public async Task A_pgbench_database_arrives_with_every_row_and_sum()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await cluster.RunClientAsync("pgbench", "-i", "-q", "-s", "1", "postgres");
        using var exporting = new Exporting();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await exporting.RunAsync(new PostgresSource(cluster.ConnectionString()), new ExportOptions { RowsPerFile = 30_000, RowsPerGroup = 20_000 });
        Console.WriteLine(watch.Elapsed);

        Assert.Equal(100_000, exporting.Rows("postgres/public.pgbench_accounts"));
        Assert.Equal(10, exporting.Rows("postgres/public.pgbench_tellers"));
        Assert.Equal(0, exporting.Rows("postgres/public.pgbench_history"));
        Assert.Equal(
            ["100000|5000050000|84"],
            exporting.Query($"select count(distinct aid), sum(aid), max(length(filler)) from read_parquet({exporting.Files("postgres/public.pgbench_accounts")})"));
        Assert.Equal(
            ["aid INT32 REQUIRED", "bid INT32 OPTIONAL", "abalance INT32 OPTIONAL", "filler BYTE_ARRAY OPTIONAL UTF8"],
            exporting.Footer("postgres/public.pgbench_accounts").Distinct());
    }
}

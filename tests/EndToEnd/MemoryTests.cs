using RdsBq.Bench;
using RdsBq.Local.Sources;

namespace RdsBq.EndToEnd.Tests;

/// <summary>What the shipped <c>load</c> may hold and read, measured from outside; <c>bench/</c> prints the figures.</summary>
public sealed class MemoryTests
{
    private const long MostMemory = 200_000_000;

    [Fact]
    public async Task Load_of_200_tables_and_20000_files_stays_below_200_MB()
    {
        await using var bench = await LoadBench.StartAsync(new ManyFiles(200, 100));

        var load = await bench.LoadAsync();

        Assert.Equal(20_000, load.Files);
        Assert.InRange(load.Process.PeakBytes, 1, MostMemory);
        Assert.InRange(load.ReadBytes, 1, load.ReadLimit);
        Assert.Contains("200 tables", load.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_of_large_files_reads_their_ends_only()
    {
        await using var bench = await LoadBench.StartAsync(new LargeFiles(60));

        var load = await bench.LoadAsync();

        Assert.Equal(60, load.Files);
        Assert.True(load.ExportBytes > 60 * 4_000_000L, $"{load.ExportBytes} bytes exported");
        // The limit for small files would allow 64 KB each; of files of this size a hundredth is less.
        Assert.InRange(load.ReadBytes, 1, load.ExportBytes / 100);
        Assert.InRange(load.Process.PeakBytes, 1, MostMemory);
    }
}

using System.Buffers.Binary;
using Amazon.Runtime;
using Amazon.S3;
using RdsBq.Local;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;
using RdsBq.Local.Rds;
using RdsBq.Local.S3;
using RdsBq.Cloud.Aws;
using RdsBq.Core;
using RdsBq.Core.Exports;

namespace RdsBq.Cloud.Tests.Aws;

/// <summary>Footers by ranges, over the wire, of files that DuckDB wrote.</summary>
public sealed class ExportFilesTests : IAsyncLifetime
{
    private const string Table = "rds/one/shop/public.orders/";
    private static readonly ExportLayout Layout = new(new ExportPlace(Estate.Bucket, "rds"), "one");

    private readonly string folder = Directory.CreateTempSubdirectory("rdsbq-files-").FullName;
    private readonly Journal journal;
    private readonly LocalClock clock = new(TimeProvider.System);
    private readonly ObjectStore store;
    private AwsCloud cloud = null!;
    private IAmazonS3 client = null!;
    private ExportFiles files = null!;

    public ExportFilesTests()
    {
        journal = new Journal(clock);
        store = new ObjectStore(Path.Combine(folder, "objects"), clock);
    }

    public async Task InitializeAsync()
    {
        var estate = Estate.Create(new Random(3));
        cloud = await AwsCloud.StartAsync(clock, journal, new Faults(), estate, store, (_, _, _) => Task.FromResult(new ExportOutcome(0, null)));
        var aws = new AwsClients(Estate.Region, new CloudClock(TimeProvider.System));
        client = aws.S3(cloud.S3Address.ToString(), new BasicAWSCredentials(estate.ReaderKeyId, estate.ReaderSecret));
        files = new ExportFiles(client, Estate.Bucket);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await cloud.DisposeAsync();
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Rows_bytes_and_columns_are_summed_per_table_over_batches()
    {
        var one = Put(Table + "1/part-00000-a.gz.parquet", "select i::bigint id, i::varchar note, date '2026-04-01' d from range(1000) t(i)");
        var two = Put(Table + "2/part-00003-b.gz.parquet", "select i::bigint id, i::varchar note, date '2026-04-01' d from range(234) t(i)");
        Put("rds/one/shop/public.items/1/part-00000-c.gz.parquet", "select 1::integer x");
        store.Put(Estate.Bucket, Table + "1/_SUCCESS", []);
        store.Put(Estate.Bucket, Layout.InfoKey, "{}"u8);

        var sums = await files.SumAsync(files.ListAsync(Layout.Root), Layout, CancellationToken.None);

        Assert.Equal(2, sums.Count);
        var orders = sums[Table];
        Assert.Equal((1234, one + two, 2, (string?)null), (orders.Rows, orders.Bytes, orders.Files, orders.Conflict));
        Assert.Equal([("id", "INT64", "INT_64"), ("note", "BYTE_ARRAY", "UTF8"), ("d", "INT32", "DATE")], orders.Columns.Select(c => (c.Name, c.Physical, c.Logical)));
    }

    [Fact]
    public async Task Files_that_disagree_are_told()
    {
        Put(Table + "1/part-00000-a.gz.parquet", "select 1::bigint id");
        Put(Table + "1/part-00001-b.gz.parquet", "select 'x' id");

        var sums = await files.SumAsync(files.ListAsync(Layout.Root), Layout, CancellationToken.None);

        Assert.NotNull(sums[Table].Conflict);
    }

    [Fact]
    public async Task A_long_footer_takes_two_reads_and_little_of_the_file()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 200).Select(n => $"hash(i + {n}) column_number_{n}"));
        var size = Put(Table + "1/part-00000-a.gz.parquet", $"select {columns} from range(20000) t(i)");

        var footer = await files.FooterAsync(await OnlyFileAsync(), CancellationToken.None);

        Assert.Equal((20000, 200), (footer.Rows, footer.Columns.Count));
        var reads = journal.Entries.Where(e => e.Operation == "s3.GetObject").ToList();
        Assert.Equal(2, reads.Count);
        Assert.True(reads.Sum(r => r.ResponseBytes) <= Math.Max(64 * 1024, size / 100), $"{reads.Sum(r => r.ResponseBytes)} of {size}");
    }

    [Theory]
    [InlineData("magic")]
    [InlineData("length")]
    [InlineData("negative")]
    [InlineData("footer")]
    [InlineData("rows")]
    [InlineData("middle")]
    [InlineData("short")]
    [InlineData("empty")]
    public async Task A_damaged_file_is_a_persons_business_and_is_named(string damage)
    {
        const string key = Table + "1/part-00000-a.gz.parquet";
        Put(key, "select i from range(10) t(i)");
        var bytes = await File.ReadAllBytesAsync(store.Find(Estate.Bucket, key)!.Path);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        if (damage == "magic") bytes[^1] = (byte)'X';
        if (damage == "length") BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), bytes.Length);
        if (damage == "negative") BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), -1);
        if (damage == "footer") bytes.AsSpan(bytes.Length - 8 - length, length).Fill(0xff);
        // Field 3 of the footer, an i64, before field 4, a list: 10 rows become 63.
        if (damage == "rows") bytes[bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x16, 0x14, 0x19]) + 1] = 0x7e;
        if (damage == "middle") bytes = [.. bytes[..20], .. bytes[60..]];
        store.Put(Estate.Bucket, key, damage switch { "short" => bytes.AsSpan(0, 9), "empty" => [], _ => bytes });

        var stop = await Assert.ThrowsAsync<StopException>(async () => await files.FooterAsync(await OnlyFileAsync(), CancellationToken.None));

        Assert.Equal(StopException.NeedsPerson, stop.ExitCode);
        Assert.Contains(key, stop.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_thousand_keys_are_all_listed()
    {
        for (var i = 0; i < 1100; i++) store.Put(Estate.Bucket, $"{Table}1/part-{i:d5}", []);
        var count = 0;

        await foreach (var file in files.ListAsync(Layout.Root)) count += file.Key.Length > 0 ? 1 : 0;

        Assert.Equal(1100, count);
    }

    private async Task<ExportFile> OnlyFileAsync()
    {
        ExportFile? only = null;
        await foreach (var file in files.ListAsync(Layout.Root)) only = file;
        return only!;
    }

    private long Put(string key, string sql)
    {
        var path = Path.Combine(folder, "one.parquet");
        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy ({sql}) to '{path}' (format parquet, compression gzip)";
        command.ExecuteNonQuery();
        return store.Put(Estate.Bucket, key, File.ReadAllBytes(path)).Size;
    }
}

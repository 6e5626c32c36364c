using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Parquet;
using RdsBq.Local;

namespace RdsBq.Bench;

/// <summary>What <c>load</c> is compared with: the same listing and the same sums, but every file read whole.</summary>
internal static class WholeObjects
{
    public const string Verb = "whole-objects";

    public static async Task<int> RunAsync(string export)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3"),
            AuthenticationRegion = Estate.Region, ForcePathStyle = true,
        };
        var keys = new BasicAWSCredentials(
            Environment.GetEnvironmentVariable("BENCH_KEY_ID"), Environment.GetEnvironmentVariable("BENCH_SECRET"));
        using var client = new AmazonS3Client(keys, config);
        long rows = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        await Parallel.ForEachAsync(Keys(client, $"{Estate.Prefix}/{export}/"), options, async (key, token) =>
        {
            using var answer = await client.GetObjectAsync(Estate.Bucket, key, token);
            using var content = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(content, token);
            await using var reader = await ParquetReader.CreateAsync(content, cancellationToken: token);
            Interlocked.Add(ref rows, reader.Metadata!.NumRows);
        });
        Console.WriteLine($"{rows} rows");
        return 0;
    }

    private static async IAsyncEnumerable<string> Keys(AmazonS3Client client, string prefix)
    {
        var request = new ListObjectsV2Request { BucketName = Estate.Bucket, Prefix = prefix };
        do
        {
            var page = await client.ListObjectsV2Async(request);
            foreach (var o in page.S3Objects.Where(o => o.Key.EndsWith(".parquet", StringComparison.Ordinal))) yield return o.Key;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }
}

using System.Text.Json;
using Polly;
using Polly.Retry;

namespace RdsBq.Cloud.BigQuery;

/// <summary>tabledata.insertAll. Answers 200 also for rows that were refused, and 404 for a while for a table that was created seconds ago.</summary>
/// <param name="time">For the waits.</param>
public sealed class Streaming(BigQueryClient client, TimeProvider time)
{
    /// <summary>Advice is 500 rows a request; the limit is 10 MB.</summary>
    private const int RowsPerRequest = 500;

    // 1, 2, 4 … 30 s, about three minutes in all: the longest silence after a table's creation that has been reported.
    private readonly ResiliencePipeline fresh = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<BigQueryException>(e => e.IsNotFound),
        MaxRetryAttempts = 10,
        Delay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(30),
        BackoffType = DelayBackoffType.Exponential,
    }).Build();

    /// <summary>Appends rows. A repeat within about a minute under the same insert id is dropped by BigQuery, best effort.</summary>
    public async Task AppendAsync(string dataset, string table, IEnumerable<(string InsertId, Dictionary<string, JsonElement> Row)> rows, CancellationToken token)
    {
        foreach (var chunk in rows.Chunk(RowsPerRequest))
        {
            var request = new InsertAllRequest([.. chunk.Select(r => new InsertRow(r.InsertId, r.Row))]);
            var answer = await fresh.ExecuteAsync(async ct => await client.PostAsync(
                $"datasets/{Uri.EscapeDataString(dataset)}/tables/{Uri.EscapeDataString(table)}/insertAll",
                request, BigQueryJson.Default.InsertAllRequest, BigQueryJson.Default.InsertAllResponse, ct), token);
            var refused = (answer.InsertErrors ?? []).SelectMany(e => e.Errors ?? []).FirstOrDefault(e => e.Reason != "stopped");
            if (answer.InsertErrors is { Count: > 0 })
                throw new BigQueryException(System.Net.HttpStatusCode.OK, refused?.Reason ?? "stopped", $"rows of {dataset}.{table} were refused: {refused?.Message} {refused?.Location}");
        }
    }
}

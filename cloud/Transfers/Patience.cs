using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace RdsBq.Cloud.Transfers;

/// <summary>Repeats calls of Google's gRPC services that fail for a cause that passes: quota, unavailable, no answer.</summary>
/// <param name="jitter">From 0 to below 1, for the waits: many calls that were refused together must not come again together.</param>
public sealed class Patience(TimeProvider time, Func<double> jitter, ILogger log)
{
    // 1, 2, 4 … 32 s with half of jitter, two minutes in all: Google's request quotas are counted by the minute.
    private readonly ResiliencePipeline retry = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<RpcException>(IsPassing),
        MaxRetryAttempts = 8,
        BackoffType = DelayBackoffType.Constant,
        DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
            TimeSpan.FromSeconds(Math.Min(32, Math.Pow(2, attempt.AttemptNumber)) * (0.5 + (jitter() / 2)))),
        OnRetry = attempt =>
        {
            log.LogWarning("{Call} answered {Status}; trying again in {Delay:0.0} s.",
                attempt.Context.OperationKey, (attempt.Outcome.Exception as RpcException)?.StatusCode, attempt.RetryDelay.TotalSeconds);
            return ValueTask.CompletedTask;
        },
    }).Build();

    /// <summary>Whether the next try may end otherwise.</summary>
    public static bool IsPassing(RpcException e) => !TransferClient.IsRefusal(e) || e.StatusCode == StatusCode.ResourceExhausted;

    /// <param name="call">For the log, to begin a sentence with.</param>
    /// <param name="run">May be run again: what is not idempotent looks before it repeats.</param>
    public async Task<T> RunAsync<T>(string call, Func<CancellationToken, Task<T>> run, CancellationToken token)
    {
        var context = ResilienceContextPool.Shared.Get(call, token);
        try
        {
            return await retry.ExecuteAsync(async c => await run(c.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}

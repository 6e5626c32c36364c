namespace SlackNet;

/// <summary>Status 429.</summary>
/// <param name="retryAfter">What the Retry-After header asks for; null where it is missing or no number.</param>
public class SlackRateLimitException(TimeSpan? retryAfter) : Exception
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

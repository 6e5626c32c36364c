using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace RdsBq.Cloud.Aws;

/// <summary>
/// The time as AWS tells it. Whether an export has settled is judged against times that AWS wrote, so AWS's clock decides: the machine's time plus the
/// offset that the <c>Date</c> header of the last answer showed. A machine whose clock is wrong cannot load too early. Timers stay the machine's.
/// </summary>
public sealed class CloudClock(TimeProvider machine) : TimeProvider
{
    // The header has whole seconds and took some time to get here: less than this says nothing.
    private static readonly TimeSpan Noise = TimeSpan.FromSeconds(2);

    private long offsetTicks;

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Learns from every answer of this client, refusals included: they may be all that AWS says.</summary>
    public T Watch<T>(T client)
        where T : AmazonServiceClient
    {
        client.AfterResponseEvent += (_, answer) =>
        {
            if (answer is WebServiceResponseEventArgs web && web.ResponseHeaders.TryGetValue("Date", out var date)) Learn(date);
        };
        client.ExceptionEvent += (_, refused) =>
        {
            if (refused is WebServiceExceptionEventArgs { Exception: AmazonServiceException { InnerException: HttpErrorResponseException answer } })
                Learn(answer.Response.GetHeaderValue("Date"));
        };
        return client;
    }

    /// <param name="date">An HTTP date; anything else is ignored.</param>
    public void Learn(string? date)
    {
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said)) return;
        var offset = said - machine.GetUtcNow();
        Interlocked.Exchange(ref offsetTicks, offset.Duration() < Noise ? 0 : offset.Ticks);
    }
}

using Microsoft.AspNetCore.Http.Features;

namespace RdsBq.Local.Hosting;

/// <summary>One request on its way through journal and faults.</summary>
internal sealed class Call(Journal journal, Faults faults, IWire wire)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        var name = await wire.NameAsync(context);
        if (context.Request.Body.CanSeek) context.Request.Body.Position = 0;
        var sequence = journal.Begin(name.Operation, name.Subject, name.Mutates);
        var fault = faults.TakeTransport(name.Operation, name.Subject);
        var counting = new CountingStream(context.Response.Body);
        var original = context.Features.Get<IHttpResponseBodyFeature>()!;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(counting, original));
        try
        {
            if (fault is null) await next(context);
            else await MeetAsync(fault, sequence, context, next);
        }
        finally
        {
            var cut = fault?.Action is "hang" or "drop" || context.RequestAborted.IsCancellationRequested;
            journal.End(sequence, cut ? 0 : context.Response.StatusCode, counting.Written, fault is null ? null : $"{fault.Action} {fault.When}");
        }
    }

    private async Task MeetAsync(Fault fault, int sequence, HttpContext context, RequestDelegate next)
    {
        if (fault.Action == "delay") await Task.Delay(fault.DelayMs, context.RequestAborted);
        if (fault.Action == "delay")
        {
            await next(context);
            return;
        }
        if (fault.When == "after")
        {
            // The effect happens; what it would have answered goes nowhere.
            var kept = context.Features.Get<IHttpResponseBodyFeature>()!;
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
            await next(context);
            context.Features.Set(kept);
        }
        switch (fault.Action)
        {
            case "hang":
                journal.Hang(sequence, $"{fault.Action} {fault.When}");
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case "drop":
                context.Abort();
                break;
            default:
                context.Response.Clear();
                if (fault.RetryAfter > 0) context.Response.Headers.RetryAfter = $"{fault.RetryAfter}";
                await wire.WriteErrorAsync(context, fault.Status, fault.Code, fault.Message);
                break;
        }
    }

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            Written += count;
            inner.Write(buffer, offset, count);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}

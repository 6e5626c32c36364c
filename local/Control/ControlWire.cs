using RdsBq.Local.Hosting;

namespace RdsBq.Local.Control;

/// <summary>The control port keeps a journal of its own that nobody reads.</summary>
internal sealed class ControlWire : IWire
{
    public ValueTask<CallName> NameAsync(HttpContext context) => ValueTask.FromResult(new CallName("local.control"));

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(message);
    }
}

using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RdsBq.Local.Hosting;

/// <summary>Names a call for the journal and for faults: its operation, its subject, whether it changes anything.</summary>
public sealed record CallName(string Operation, string Subject = "", bool Mutates = false);

/// <summary>How one service speaks: names a request (its body is buffered and may be read; position is reset afterwards) and words an error.</summary>
public interface IWire
{
    ValueTask<CallName> NameAsync(HttpContext context);

    Task WriteErrorAsync(HttpContext context, int status, string code, string message);
}

/// <summary>
/// One service's web server on loopback with ports that the system chose. Every request passes journal and faults before the service sees it.
/// A plaintext port speaks either HTTP/1.1 or HTTP/2: gRPC services ask for both and get two.
/// </summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication app;

    private Listener(WebApplication app, Uri http1, Uri? http2)
    {
        this.app = app;
        Http1 = http1;
        Http2 = http2;
    }

    public Uri Http1 { get; }

    /// <summary>The h2c address, where asked for.</summary>
    public Uri? Http2 { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<Listener> StartAsync(
        Journal journal, Faults faults, IWire wire, Action<IServiceCollection> services, Action<WebApplication> map, bool http2 = false, CancellationToken token = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Listener).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AllowSynchronousIO = true;
            kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http1);
            if (http2) kestrel.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2);
        });
        services(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.Use(next => context => new Call(journal, faults, wire).RunAsync(context, next));
        map(app);
        await app.StartAsync(token);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
        return new Listener(app, addresses[0], http2 ? addresses[1] : null);
    }

    public async ValueTask DisposeAsync()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(stop.Token);
        await app.DisposeAsync();
    }
}

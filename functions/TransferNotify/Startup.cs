using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace RdsBq.TransferNotify;

/// <summary>Program has refused bad settings before this runs.</summary>
public sealed class Startup : FunctionsStartup
{
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        services.AddSingleton(FunctionSettings.Read(FunctionSettings.OfThisProcess(), out _));
        services.AddSingleton<Verdicts>();
    }
}

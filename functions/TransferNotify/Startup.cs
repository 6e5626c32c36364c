using System.Diagnostics.CodeAnalysis;
using Google.Cloud.Functions.Hosting;
using Google.Events.Protobuf;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace RdsBq.TransferNotify;

/// <summary>Program has refused bad settings before this runs.</summary>
public sealed class Startup : FunctionsStartup
{
    // The framework makes an event's formatter from an attribute of the event's type, which the trimmer does not follow.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(ProtobufJsonCloudEventFormatter<MessagePublishedData>))]
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        services.AddSingleton(FunctionSettings.Read(FunctionSettings.OfThisProcess(), out _));
        services.AddSingleton<Verdicts>();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Google.Cloud.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>The parts that <see cref="EntryPoint"/> is made of, for hosts that need their own.</summary>
public static class FunctionsFrameworkWebHostBuilderExtensions
{
    /// <summary>Everything: options, logging, port, function and start-up classes.</summary>
    /// <exception cref="InvalidOperationException">A start-up class changed the function to one with other start-up classes.</exception>
    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    [RequiresDynamicCode(Trimming.AssemblyScan)]
    public static IWebHostBuilder ConfigureFunctionsFramework(this IWebHostBuilder builder, Assembly functionAssembly, string[] args)
    {
        var options = new ConfigurationBuilder().AddFunctionsEnvironment().AddFunctionsCommandLine(args).Build();
        var guess = FunctionTarget.Guess(options, functionAssembly);
        return builder
            .ConfigureAppConfiguration(configuration => configuration.AddFunctionsEnvironment().AddFunctionsCommandLine(args))
            .ConfigureLogging((context, logging) => logging.ClearProviders().AddFunctionsConsoleLogging(context))
            .ConfigureKestrelForFunctionsFramework()
            .ConfigureServices((context, services) => services.AddFunctionTarget(context, functionAssembly))
            .UseFunctionsStartups(functionAssembly, guess)
            .Configure((context, app) =>
            {
                CheckStartups(functionAssembly, guess, app.ApplicationServices.GetRequiredService<FunctionTarget>().Type);
                app.UseFunctionsFramework(context);
            });
    }

    /// <summary>Listens where the options say: any address in a container, else loopback.</summary>
    public static IWebHostBuilder ConfigureKestrelForFunctionsFramework(this IWebHostBuilder builder) =>
        builder.ConfigureKestrel((context, kestrel) =>
        {
            var options = FunctionsFrameworkOptions.From(context.Configuration);
            kestrel.Listen(options.IPAddress, options.Port);
        });

    /// <summary>Uses every start-up class that the assembly and the function's type name, in order.</summary>
    /// <param name="functionType">Null to look at the assembly only.</param>
    public static IWebHostBuilder UseFunctionsStartups(this IWebHostBuilder webHostBuilder, Assembly assembly, Type? functionType)
    {
        foreach (var attribute in FunctionsStartupAttribute.Find(assembly, functionType))
            webHostBuilder.UseFunctionsStartup((FunctionsStartup)Activator.CreateInstance(attribute.StartupType)!);
        return webHostBuilder;
    }

    public static IWebHostBuilder UseFunctionsStartup(this IWebHostBuilder webHostBuilder, FunctionsStartup startup) => webHostBuilder
        .ConfigureAppConfiguration(startup.ConfigureAppConfiguration)
        .ConfigureLogging(startup.ConfigureLogging)
        .ConfigureServices(startup.ConfigureServices)
        .ConfigureServices(services => services.AddSingleton(startup));

    private static void CheckStartups(Assembly assembly, Type? guess, Type actual)
    {
        if (guess == actual) return;
        var used = FunctionsStartupAttribute.Find(assembly, guess).Select(a => a.StartupType);
        var wanted = FunctionsStartupAttribute.Find(assembly, actual).Select(a => a.StartupType);
        if (!used.SequenceEqual(wanted))
            throw new InvalidOperationException($"The start-up classes of {actual.FullName} are not those that the host was started with.");
    }
}

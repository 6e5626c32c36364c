using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Serves one function over HTTP until the process is told to end (SIGTERM, Ctrl-C).</summary>
public static class EntryPoint
{
    /// <summary>Names the function's type, where the command line does not.</summary>
    public const string FunctionTargetEnvironmentVariable = "FUNCTION_TARGET";

    /// <summary>The port to listen on, where the command line does not say.</summary>
    public const string PortEnvironmentVariable = "PORT";

    /// <param name="functionAssembly">Where the function and its start-up attributes are.</param>
    /// <param name="args"><c>--target Namespace.Class</c> and <c>--port N</c>, or the target alone.</param>
    /// <returns>0 once the host has been shut down.</returns>
    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    [RequiresDynamicCode(Trimming.AssemblyScan)]
    public static async Task<int> StartAsync(Assembly functionAssembly, string[] args)
    {
        // Images set it by default; with the framework's own port chosen it would only cause a warning.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        using var host = Host.CreateDefaultBuilder()
            .ConfigureWebHostDefaults(web => web.ConfigureFunctionsFramework(functionAssembly, args))
            .Build();
        await host.RunAsync();
        return 0;
    }
}

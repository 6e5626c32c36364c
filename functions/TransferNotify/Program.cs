using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RdsBq.Core;
using RdsBq.TransferNotify;

// Refused here rather than at the first event: a function that cannot work must not take messages.
FunctionSettings.Read(FunctionSettings.OfThisProcess(), out var problems);
foreach (var problem in problems) await Console.Error.WriteLineAsync(problem.ToString());
if (problems.Count > 0) return StopException.BadSettings;

// What EntryPoint.StartAsync does, with the function named by its type: no assembly is searched, so the whole can be trimmed. And of a web host no more than a function
// needs: HTTPS ends before it, and there are no files of settings to read and to watch.
await new HostBuilder()
    .ConfigureWebHost(
        web => web
            .UseKestrelCore()
            .ConfigureAppConfiguration(configuration => configuration.AddFunctionsEnvironment().AddFunctionsCommandLine(args))
            .ConfigureLogging((context, logging) => logging.AddFunctionsConsoleLogging(context).AddFilter("Microsoft.AspNetCore", LogLevel.Warning))
            .ConfigureKestrelForFunctionsFramework()
            .ConfigureServices(services => services.AddFunctionTarget<Function>())
            .UseFunctionsStartups(typeof(Function).Assembly, typeof(Function))
            .Configure((context, app) => app.UseFunctionsFramework(context)),
        // Images name a port for ASP.NET, which is not the function's.
        options => options.SuppressEnvironmentConfiguration = true)
    .Build()
    .RunAsync();
return 0;

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

// What EntryPoint.StartAsync does, with the function named by its type: no assembly is searched, so the whole can be trimmed.
await Host.CreateDefaultBuilder()
    .ConfigureWebHostDefaults(web => web
        .ConfigureAppConfiguration(configuration => configuration.AddFunctionsEnvironment().AddFunctionsCommandLine(args))
        .ConfigureLogging((context, logging) => logging.ClearProviders().AddFunctionsConsoleLogging(context).AddFilter("Microsoft.AspNetCore", LogLevel.Warning))
        .ConfigureKestrelForFunctionsFramework()
        .ConfigureServices(services => services.AddFunctionTarget<Function>())
        .UseFunctionsStartups(typeof(Function).Assembly, typeof(Function))
        .Configure((context, app) => app.UseFunctionsFramework(context)))
    .Build()
    .RunAsync();
return 0;

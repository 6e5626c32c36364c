using Google.Cloud.Functions.Hosting;
using Google.Cloud.Functions.Hosting.Logging;
using Microsoft.AspNetCore.Hosting;

namespace Microsoft.Extensions.Logging;

/// <summary>The framework's console logging.</summary>
public static class FunctionsFrameworkLoggingExtensions
{
    /// <summary>One JSON object a line in Cloud Run, one readable line elsewhere.</summary>
    public static ILoggingBuilder AddFunctionsConsoleLogging(this ILoggingBuilder builder, WebHostBuilderContext context) =>
        builder.AddProvider(new ConsoleLoggerProvider(
            FunctionsFrameworkOptions.From(context.Configuration).JsonLogging, System.Console.Out));
}

using Google.Cloud.Functions.Hosting;

namespace Microsoft.Extensions.Configuration;

/// <summary>Where the framework's options come from.</summary>
public static class FunctionsFrameworkConfigurationExtensions
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--target"] = $"{FunctionsFrameworkOptions.Section}:{nameof(FunctionsFrameworkOptions.FunctionTarget)}",
        ["--port"] = $"{FunctionsFrameworkOptions.Section}:{nameof(FunctionsFrameworkOptions.Port)}",
    };

    /// <summary>PORT, FUNCTION_TARGET, DOTNET_RUNNING_IN_CONTAINER (listen on any address) and K_SERVICE (log in JSON).</summary>
    public static IConfigurationBuilder AddFunctionsEnvironment(this IConfigurationBuilder builder) => builder.Add(new EnvironmentSource());

    /// <summary><c>--target</c> and <c>--port</c>; a single argument is the target.</summary>
    public static IConfigurationBuilder AddFunctionsCommandLine(this IConfigurationBuilder builder, string[] args) => args switch
    {
        null or [] => builder,
        ["%LAUNCHER_ARGS%"] => throw new InvalidOperationException("Unable to launch Web SDK project with launch settings."),
        [var target] => builder.AddCommandLine(["--target", target], Switches),
        _ => builder.AddCommandLine(args, Switches),
    };
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Google.Cloud.Functions.Framework;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Which type is the function, and what serves it.</summary>
internal sealed record FunctionTarget(System.Type Type)
{
    /// <summary>What dependency injection and the choice of adapter look at.</summary>
    public const DynamicallyAccessedMemberTypes Members =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces;

    /// <summary>The named type, or the only function in the assembly.</summary>
    /// <exception cref="ArgumentException">No function, or several and no name.</exception>
    /// <exception cref="InvalidOperationException">The named type is not there.</exception>
    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    public static System.Type Find(IConfiguration configuration, Assembly assembly)
    {
        if (FunctionsFrameworkOptions.From(configuration).FunctionTarget is { } name)
            return assembly.GetType(name) ?? throw new InvalidOperationException($"Can't load specified function type '{name}'");
        var functions = Functions(assembly);
        return functions.Count switch
        {
            0 => throw new ArgumentException("No valid Cloud Function types found."),
            1 => functions[0],
            _ => throw new ArgumentException(
                "Multiple Cloud Function types found. Please specify the function to run via the command line or the "
                + $"{EntryPoint.FunctionTargetEnvironmentVariable} environment variable."),
        };
    }

    /// <summary>As <see cref="Find"/>, but null where a start-up class may yet decide.</summary>
    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    public static System.Type? Guess(IConfiguration configuration, Assembly assembly) =>
        FunctionsFrameworkOptions.From(configuration).FunctionTarget is null && Functions(assembly).Count != 1
            ? null
            : Find(configuration, assembly);

    public static void AddTo(IServiceCollection services, [DynamicallyAccessedMembers(Members)] System.Type type)
    {
        services.AddSingleton(new FunctionTarget(type));
        if (typeof(IHttpFunction).IsAssignableFrom(type))
        {
            services.AddScoped(typeof(IHttpFunction), type);
        }
        else if (typeof(ICloudEventFunction).IsAssignableFrom(type))
        {
            services.AddScoped<IHttpFunction, CloudEventAdapter>().AddScoped(typeof(ICloudEventFunction), type);
            services.TryAddSingleton<CloudEventFormatter>(_ => new JsonEventFormatter());
        }
        else if (DataInterface(type) is { } dataInterface)
        {
            var data = dataInterface.GenericTypeArguments[0];
            services.AddScoped(typeof(IHttpFunction), Adapter(data)).AddScoped(dataInterface, type);
            // One that is registered already wins, and need not be made by reflection.
            if (services.All(service => service.ServiceType != typeof(CloudEventFormatter))
                && CloudEventFormatterAttribute.CreateFormatter(data) is { } formatter)
                services.AddSingleton(formatter);
        }
        else
        {
            throw new InvalidOperationException($"Function type '{type.FullName}' doesn't support any known function interfaces.");
        }
    }

    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    private static List<System.Type> Functions(Assembly assembly) =>
        [.. assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false } && IsFunction(type))];

    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    private static bool IsFunction(System.Type type) =>
        typeof(IHttpFunction).IsAssignableFrom(type)
        || typeof(ICloudEventFunction).IsAssignableFrom(type)
        || DataInterface(type) is not null;

    private static System.Type? DataInterface([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] System.Type type)
    {
        var matches = type.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICloudEventFunction<>))
            .ToList();
        return matches.Count == 1 ? matches[0] : null;
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(CloudEventAdapter<>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(CloudEventAdapter<object>))]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "TData is only required to be a class, as the interface has it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2073", Justification = "The dependencies above keep the constructors.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Classes share the code of CloudEventAdapter<object>, kept above.")]
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private static System.Type Adapter(System.Type data) => typeof(CloudEventAdapter<>).MakeGenericType(data);
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the function: one object a request, made by dependency injection.</summary>
public static class FunctionsFrameworkServiceCollectionExtensions
{
    /// <summary>The function that the configuration names, or the only one in the assembly.</summary>
    [RequiresUnreferencedCode(Trimming.AssemblyScan)]
    public static IServiceCollection AddFunctionTarget(this IServiceCollection services, WebHostBuilderContext context, Assembly assembly)
    {
        FunctionTarget.AddTo(services, FunctionTarget.Find(context.Configuration, assembly));
        return services;
    }

    public static IServiceCollection AddFunctionTarget<[DynamicallyAccessedMembers(FunctionTarget.Members)] TFunction>(
        this IServiceCollection services) => services.AddFunctionTarget(typeof(TFunction));

    public static IServiceCollection AddFunctionTarget(
        this IServiceCollection services, [DynamicallyAccessedMembers(FunctionTarget.Members)] Type type)
    {
        FunctionTarget.AddTo(services, type);
        return services;
    }
}

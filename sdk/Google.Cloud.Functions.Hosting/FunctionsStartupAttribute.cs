using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Names a <see cref="FunctionsStartup"/>, on the function's assembly or on its class (base classes count).</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true)]
public class FunctionsStartupAttribute : Attribute
{
    public FunctionsStartupAttribute(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] System.Type startupType) =>
        StartupType = startupType;

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
    public System.Type StartupType { get; set; }

    /// <summary>Lower numbers run first; equal numbers run by the type's full name.</summary>
    public int Order { get; set; }

    internal static IEnumerable<FunctionsStartupAttribute> Find(Assembly assembly, System.Type? functionType) =>
        assembly.GetCustomAttributes<FunctionsStartupAttribute>()
            .Concat(functionType?.GetCustomAttributes<FunctionsStartupAttribute>(inherit: true) ?? [])
            .OrderBy(attribute => attribute.Order)
            .ThenBy(attribute => attribute.StartupType.FullName, StringComparer.Ordinal);
}

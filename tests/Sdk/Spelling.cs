using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RdsBq.Tests.Sdk;

/// <summary>How <see cref="Surface"/> writes types and members: like C#, without nullable annotations (upstreams may lack them).</summary>
internal static class Spelling
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(byte)] = "byte",
    };

    /// <summary>Namespace and name of a type that is described, e.g. <c>A.B.Outer.Inner&lt;T&gt;</c>.</summary>
    public static string Owner(Type type) =>
        type.DeclaringType is { } outer ? $"{Owner(outer)}.{Of(type)}" : $"{type.Namespace}.{Of(type)}";

    /// <summary>Name of a type that is mentioned.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (type.IsByRef) return "ref " + Of(type.GetElementType()!);
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    /// <summary>Null for what callers can't reach or name, and for nested types, which have lines of their own.</summary>
    public static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo c when IsVisible(c) => $"{Of(c.DeclaringType!)}({Parameters(c)}){(c.IsPublic ? "" : ": protected")}",
        MethodInfo m when IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{m.Name}{Generic(m)}({Parameters(m)}): {Modifiers(m)}{Of(m.ReturnType)}",
        PropertyInfo p when p.GetAccessors(nonPublic: true).Where(IsVisible).ToList() is { Count: > 0 } accessors =>
            $"{p.Name} {{ {Accessors(p)} }}: {Modifiers(accessors.Find(a => a.IsPublic) ?? accessors[0])}{Of(p.PropertyType)}",
        FieldInfo { IsSpecialName: false } f when f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly => $"{f.Name}: {Field(f)}",
        EventInfo e when IsVisible(e.AddMethod!) => $"{e.Name}: {Modifiers(e.AddMethod!)}event {Of(e.EventHandlerType!)}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodBase method) => (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "");

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : "";

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {Of(field.FieldType)} = {Value(field.GetRawConstantValue())}"
        : (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "")
            + Of(field.FieldType);

    private static string Accessors(PropertyInfo property)
    {
        var set = property.SetMethod is { } method && IsVisible(method)
            ? method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;"
            : "";
        return $"{(property.GetMethod is { } get && IsVisible(get) ? "get; " : "")}{set}".TrimEnd();
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "") + Of(parameter.ParameterType) + " " + parameter.Name
        + (parameter.HasDefaultValue ? Default(parameter) : "");

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType ? " = default" : $" = {Value(parameter.DefaultValue)}";

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

using System.CodeDom.Compiler;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace RdsBq.Tests.Sdk;

/// <summary>
/// The public and protected members of an assembly, one a line, sorted. What protoc and its gRPC plug-in write from contracts/ (they mark
/// their members) is named by its type only: messages, enums and services follow the .proto files.
/// </summary>
internal static class Surface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        var owner = Spelling.Owner(type);
        yield return $"{owner}: {Kind(type)}";
        if (typeof(Delegate).IsAssignableFrom(type)) yield break;
        foreach (var member in type.GetMembers(Declared).Where(m => !IsGenerated(m)))
        {
            if (Spelling.Member(member) is { } line) yield return $"{owner}.{line}";
        }
    }

    private static string Kind(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type)) return "delegate " + Spelling.Member(type.GetMethod("Invoke")!);
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        if (type.IsValueType) return "struct";
        if (type is { IsAbstract: true, IsSealed: true }) return "static class";
        var parent = type.BaseType is { } b && b != typeof(object) ? $" : {Spelling.Of(b)}" : "";
        return (type.IsAbstract ? "abstract class" : "class") + parent;
    }

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(GeneratedCodeAttribute), inherit: false)
        || member.IsDefined(typeof(OriginalNameAttribute), inherit: false)
        || member is FieldInfo { DeclaringType: { IsEnum: true, DeclaringType: { } message } } && typeof(IMessage).IsAssignableFrom(message)
        || member is PropertyInfo property && typeof(IDescriptor).IsAssignableFrom(property.PropertyType)
        || member is FieldInfo { IsLiteral: true } && member.Name.EndsWith("FieldNumber", StringComparison.Ordinal);
}

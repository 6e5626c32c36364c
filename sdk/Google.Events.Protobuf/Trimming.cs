using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Events.Protobuf.Cloud.PubSub.V1;

namespace Google.Events.Protobuf;

/// <summary>The formatter is only named in an attribute, which a trimmed build does not count as a use of its constructor.</summary>
internal static class Trimming
{
    [ModuleInitializer]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor,
        typeof(ProtobufJsonCloudEventFormatter<MessagePublishedData>))]
    internal static void KeepFormatters() => Keep(typeof(ProtobufJsonCloudEventFormatter<MessagePublishedData>));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] System.Type formatter) =>
        GC.KeepAlive(formatter);
}

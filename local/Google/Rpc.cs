using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Google.Cloud.SecretManager.V1;

namespace RdsBq.Local.Google;

/// <summary>One REST binding of a method, from its google.api.http annotation.</summary>
/// <param name="Variable">The field that the path fills, e.g. <c>parent</c> or <c>transfer_config.name</c>.</param>
/// <param name="Path">Matches a request path; its first group is the variable's value.</param>
internal sealed record RestBinding(string Verb, string Template, string Variable, string Body, Regex Path);

/// <summary>One method of one of the services, under either transport.</summary>
/// <param name="Operation">As the journal names it: <c>dts.StartManualTransferRuns</c>.</param>
internal sealed record Rpc(string Service, string Operation, MethodDescriptor Method, IReadOnlyList<RestBinding> Bindings)
{
    private static readonly Dictionary<string, string> ServiceNames = new()
    {
        [DataTransferService.Descriptor.FullName] = "dts",
        [SecretManagerService.Descriptor.FullName] = "secretmanager",
        [Publisher.Descriptor.FullName] = "pubsub",
        [Subscriber.Descriptor.FullName] = "pubsub",
        // Every service has policies of its own under this name; Pub/Sub's are the ones that are here.
        [IAMPolicy.Descriptor.FullName] = "pubsub",
    };

    private static readonly Dictionary<string, Rpc> ByPath =
        new[] { DataTransferService.Descriptor, SecretManagerService.Descriptor, Publisher.Descriptor, Subscriber.Descriptor, IAMPolicy.Descriptor }
            .SelectMany(s => s.Methods).Select(Describe).ToDictionary(r => $"/{r.Method.Service.FullName}/{r.Method.Name}");

    public static IEnumerable<Rpc> All => ByPath.Values;

    public bool Mutates => !(Method.Name.StartsWith("Get", StringComparison.Ordinal)
        || Method.Name.StartsWith("List", StringComparison.Ordinal)
        || Method.Name.StartsWith("Test", StringComparison.Ordinal)
        || Method.Name.StartsWith("Access", StringComparison.Ordinal) || Method.Name.StartsWith("Check", StringComparison.Ordinal));

    /// <summary>The field whose value the routing header must repeat (AIP-4222).</summary>
    public string RoutingField => Bindings[0].Variable;

    public static Rpc? OfGrpcPath(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>The operation that a gRPC path asks for, also where it is not part of the contract.</summary>
    public static string OperationOf(string grpcPath)
    {
        var parts = grpcPath.TrimStart('/').Split('/', 2);
        return $"{ServiceNames.GetValueOrDefault(parts[0], parts[0])}.{(parts.Length > 1 ? parts[1] : "")}";
    }

    public RestBinding? BindingOf(HttpRequest request) =>
        Bindings.FirstOrDefault(b => b.Verb == request.Method && b.Path.IsMatch(request.Path.Value!));

    public static string? ValueOf(IMessage message, string field)
    {
        object? value = message;
        foreach (var step in field.Split('.'))
            value = value is IMessage inner ? inner.Descriptor.FindFieldByName(step)?.Accessor.GetValue(inner) : null;
        return value as string;
    }

    private static Rpc Describe(MethodDescriptor method)
    {
        var service = ServiceNames[method.Service.FullName];
        var rule = method.GetOptions().GetExtension(AnnotationsExtensions.Http);
        return new Rpc(service, $"{service}.{method.Name}", method, [.. rule.AdditionalBindings.Prepend(rule).Select(Bind)]);
    }

    private static RestBinding Bind(HttpRule rule)
    {
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            _ => ("PATCH", rule.Patch),
        };
        var open = template.IndexOf('{', StringComparison.Ordinal);
        var equals = template.IndexOf('=', StringComparison.Ordinal);
        var close = template.IndexOf('}', StringComparison.Ordinal);
        var value = Regex.Escape(template[(equals + 1)..close]).Replace(@"\*", "[^/:]+", StringComparison.Ordinal);
        var path = new Regex($"^{Regex.Escape(template[..open])}({value}){Regex.Escape(template[(close + 1)..])}$");
        return new RestBinding(verb, template, template[(open + 1)..equals], rule.Body, path);
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace RdsBq.Local.Tests.Google;

/// <summary>One way to call a service of the contracts. Failures are <see cref="RpcException"/>s whichever way is taken.</summary>
internal abstract class Transport : IDisposable
{
    public string? Token { get; init; } = GoogleRig.Token;

    public abstract Task<T> SendAsync<T>(MethodDescriptor method, IMessage request)
        where T : class, IMessage<T>, new();

    public abstract void Dispose();

    protected static string RoutingField(MethodDescriptor method) => TemplateOf(Rule(method)).Split('{', '=')[1];

    protected static string Field(IMessage message, string path)
    {
        object value = message;
        foreach (var step in path.Split('.')) value = ((IMessage)value).Descriptor.FindFieldByName(step).Accessor.GetValue((IMessage)value);
        return (string)value;
    }

    protected static HttpRule Rule(MethodDescriptor method) => method.GetOptions().GetExtension(AnnotationsExtensions.Http);

    protected static string TemplateOf(HttpRule rule) => rule.Get + rule.Put + rule.Post + rule.Delete + rule.Patch;
}

internal sealed class GrpcTransport(Uri address) : Transport
{
    private readonly GrpcChannel channel = GrpcChannel.ForAddress(address);

    public bool Routed { get; init; } = true;

    public override async Task<T> SendAsync<T>(MethodDescriptor method, IMessage request)
    {
        var call = new Method<IMessage, T>(
            MethodType.Unary, method.Service.FullName, method.Name,
            Marshallers.Create<IMessage>(m => m.ToByteArray(), _ => throw new NotSupportedException()),
            Marshallers.Create<T>(m => m.ToByteArray(), bytes =>
            {
                var message = new T();
                message.MergeFrom(bytes);
                return message;
            }));
        var headers = new global::Grpc.Core.Metadata();
        if (Token is not null) headers.Add("authorization", $"Bearer {Token}");
        if (Routed) headers.Add("x-goog-request-params",
            $"{RoutingField(method)}={Uri.EscapeDataString(Field(request, RoutingField(method)))}");
        return await channel.CreateCallInvoker().AsyncUnaryCall(call, null, new CallOptions(headers, DateTime.UtcNow.AddSeconds(30)),
            request);
    }

    public override void Dispose() => channel.Dispose();
}

internal sealed class RestTransport(Uri address) : Transport
{
    private readonly HttpClient client = new() { BaseAddress = address };

    public override async Task<T> SendAsync<T>(MethodDescriptor method, IMessage request)
    {
        var rules = Rule(method).AdditionalBindings.Prepend(Rule(method));
        var located = Field(request, RoutingField(method)).Contains("/locations/", StringComparison.Ordinal);
        var rule = rules.First(r => TemplateOf(r).Contains("/locations/", StringComparison.Ordinal) == located);
        using var message = new HttpRequestMessage(new HttpMethod(rule.PatternCase.ToString().ToUpperInvariant()), Path(rule, request));
        if (rule.Body.Length > 0)
        {
            var body = rule.Body == "*" ? request : (IMessage)request.Descriptor.FindFieldByName(rule.Body).Accessor.GetValue(request);
            message.Content = new StringContent(JsonFormatter.Default.Format(body), Encoding.UTF8, "application/json");
        }
        if (Token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await client.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.IsSuccessStatusCode) return JsonParser.Default.Parse<T>(text);
        var error = JsonNode.Parse(text)!["error"]!;
        Assert.Equal((int)answer.StatusCode, (int)error["code"]!);
        var code = Enum.Parse<StatusCode>(((string)error["status"]!).Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        throw new RpcException(new Status(code, (string)error["message"]!));
    }

    public override void Dispose() => client.Dispose();

    private static string Path(HttpRule rule, IMessage request)
    {
        var template = TemplateOf(rule);
        var variable = template[(template.IndexOf('{', StringComparison.Ordinal) + 1)..template.IndexOf('=', StringComparison.Ordinal)];
        var path = template[..template.IndexOf('{', StringComparison.Ordinal)] + Field(request, variable)
            + template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..];
        if (rule.Body == "*") return path;
        var query = request.Descriptor.Fields.InDeclarationOrder().Where(f => f.Name != rule.Body
            && f.Name != variable).SelectMany(f => Query(f, request));
        return $"{path}?{string.Join('&', query)}";
    }

    private static IEnumerable<string> Query(FieldDescriptor field, IMessage request)
    {
        var json = JsonNode.Parse(JsonFormatter.Default.Format(request))![field.JsonName];
        return json switch
        {
            null => [],
            JsonArray many => many.Select(v => $"{field.JsonName}={Uri.EscapeDataString(v!.ToString())}"),
            _ => [$"{field.JsonName}={Uri.EscapeDataString(json.ToString())}"],
        };
    }
}

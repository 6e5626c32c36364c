using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RdsBq.Tests.Kit;

/// <summary>
/// A CloudFormation template as JSON, short tags in their long form, and what its functions come to for given parameters
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html). An unknown function or name throws.
/// </summary>
public sealed partial class AwsTemplate
{
    private readonly Dictionary<string, string> known;

    /// <param name="parameters">Over the defaults.</param>
    /// <param name="known">What references to resources come to: <c>Bucket</c> for Ref, <c>Bucket.Arn</c> for GetAtt; pseudo parameters as well.</param>
    public AwsTemplate(string yaml, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> known)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        Root = (JsonObject)Json(stream.Documents[0].RootNode)!;
        this.known = new Dictionary<string, string>(known);
        foreach (var (name, parameter) in Root["Parameters"]!.AsObject())
        {
            if (parameters.GetValueOrDefault(name) is { } given) this.known[name] = given;
            else if (parameter!["Default"] is { } value) this.known[name] = value.ToString();
        }
    }

    public static string Path => System.IO.Path.Combine(Tools.RepoRoot, "infra", "aws", "template.yaml");

    /// <summary>As written.</summary>
    public JsonObject Root { get; }

    public static AwsTemplate Read(IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> known) =>
        new(File.ReadAllText(Path), parameters, known);

    /// <summary>A resource's properties, or a part of them (<c>"KeyPolicy"</c>), resolved.</summary>
    public JsonNode? Properties(string resource, string? name = null)
    {
        var all = Root["Resources"]![resource]!["Properties"]!;
        return Resolve(name is null ? all : all[name]);
    }

    public JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } o when o.First() is { Key: "Ref" or ['F', 'n', ':', ':', ..] } f => Call(f.Key, f.Value!),
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Resolve(p.Value))).Where(p => p.Value is not null)),
        JsonArray a => new JsonArray([.. a.Select(Resolve).Where(v => v is not null)]),
        _ => node?.DeepClone(),
    };

    public bool Holds(string condition) => Truth(Root["Conditions"]![condition]!);

    private JsonNode? Call(string function, JsonNode argument) => function switch
    {
        "Ref" => (string)argument! == "AWS::NoValue" ? null : JsonValue.Create(Known((string)argument!)),
        "Fn::GetAtt" => JsonValue.Create(Known(string.Join('.', argument.AsArray()))),
        "Fn::Sub" when argument is JsonArray both => JsonValue.Create(Substitute((string)both[0]!, both[1]!.AsObject())),
        "Fn::Sub" => JsonValue.Create(Substitute((string)argument!, [])),
        "Fn::FindInMap" => Resolve(argument.AsArray().Aggregate(Root["Mappings"]!, (map, key) => map[Resolve(key)!.ToString()]!)),
        "Fn::If" => Resolve(argument[Holds((string)argument[0]!) ? 1 : 2]),
        _ => throw new NotSupportedException(function),
    };

    private bool Truth(JsonNode condition) => condition.AsObject().Single() switch
    {
        { Key: "Fn::Not" } not => !Truth(not.Value![0]!),
        { Key: "Fn::Equals" } equals => JsonNode.DeepEquals(Resolve(equals.Value![0]), Resolve(equals.Value![1])),
        { Key: var other } => throw new NotSupportedException(other),
    };

    private string Substitute(string text, JsonObject own) =>
        Variable().Replace(text, m => own[m.Groups[1].Value] is { } value ? Resolve(value)!.ToString() : Known(m.Groups[1].Value));

    private string Known(string name) => known.GetValueOrDefault(name) ?? throw new KeyNotFoundException($"Nothing is known of {name}.");

    private static JsonNode? Json(YamlNode node)
    {
        JsonNode? plain = node switch
        {
            YamlMappingNode map => new JsonObject(map.Select(p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value!, Json(p.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
            _ => Scalar((YamlScalarNode)node),
        };
        if (node.Tag.IsEmpty || node.Tag.Value is not ['!', not '!', ..]) return plain;
        return node.Tag.Value[1..] switch
        {
            "Ref" => new JsonObject { ["Ref"] = plain },
            "GetAtt" => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. ((string)plain!).Split('.', 2).Select(p => (JsonNode)p)]) },
            var function => new JsonObject { ["Fn::" + function] = plain },
        };
    }

    // What is quoted is text; what is not may be a number or a truth value.
    private static JsonValue Scalar(YamlScalarNode node) => node switch
    {
        { Style: ScalarStyle.Plain, Value: "true" or "false" } => JsonValue.Create(node.Value == "true"),
        { Style: ScalarStyle.Plain } when node.Tag.IsEmpty && int.TryParse(node.Value, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(node.Value ?? ""),
    };

    [GeneratedRegex(@"\$\{([A-Za-z0-9.:]+)\}")]
    private static partial Regex Variable();
}

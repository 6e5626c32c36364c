using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace RdsBq.Local.Google;

/// <summary>
/// The transfer service's discovery document (https://developers.google.com/discovery/v1/reference/apis), derived from the contract.
/// Google's <c>bq</c> asks the endpoint itself for it (<c>/$discovery/rest?version=v1</c>) and learns paths and parameters from it.
/// </summary>
internal static class Discovery
{
    private static readonly string[] StandardParameters = ["$.xgafv", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint",
        "quotaUser", "uploadType"];

    public static JsonObject Transfers(string root)
    {
        var schemas = new JsonObject();
        var resources = new JsonObject();
        foreach (var rpc in Rpc.All.Where(r => r.Service == "dts"))
        {
            foreach (var binding in rpc.Bindings) Place(resources, schemas, rpc, binding);
        }
        return new JsonObject
        {
            ["kind"] = "discovery#restDescription",
            ["id"] = "bigquerydatatransfer:v1",
            ["name"] = "bigquerydatatransfer",
            ["version"] = "v1",
            ["title"] = "BigQuery Data Transfer API",
            ["protocol"] = "rest",
            ["rootUrl"] = root,
            ["baseUrl"] = root,
            ["basePath"] = "",
            ["servicePath"] = "",
            ["batchPath"] = "batch",
            ["parameters"] = new JsonObject(StandardParameters.Select(p => KeyValuePair.Create(p, (JsonNode?)Text("query")))),
            ["schemas"] = schemas,
            ["resources"] = resources,
        };
    }

    private static void Place(JsonObject resources, JsonObject schemas, Rpc rpc, RestBinding binding)
    {
        var template = binding.Template;
        var variable = template[(template.IndexOf('{', StringComparison.Ordinal) + 1)..template.IndexOf('}', StringComparison.Ordinal)];
        var tail = template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..];
        var resource = resources;
        JsonObject? owner = null;
        // projects/*/locations/*/transferConfigs nests as projects.locations.transferConfigs.
        foreach (var segment in $"{variable.Split('=')[1]}{tail.Split(':')[0]}".Split('/').Where(s => s != "*"))
        {
            owner = Child(resource, segment);
            resource = Child(owner, "resources");
        }
        var argument = binding.Variable.Split('.')[^1];
        var input = rpc.Method.InputType;
        var parameters = new JsonObject { [argument] = Text("path") };
        parameters[argument]!["required"] = true;
        foreach (var field in input.Fields.InDeclarationOrder().Where(f => binding.Body != "*" && f.Name != binding.Body
            && f.Name != argument))
        {
            var parameter = Text("query");
            if (field.IsRepeated) parameter["repeated"] = true;
            if (field.FieldType == FieldType.Int32) parameter["type"] = "integer";
            parameters[field.JsonName] = parameter;
        }
        var method = new JsonObject
        {
            ["id"] = $"bigquerydatatransfer.{rpc.Method.Name}.{binding.Template}",
            ["path"] = $"v1/{{+{argument}}}{tail}",
            ["httpMethod"] = binding.Verb,
            ["parameters"] = parameters,
            ["parameterOrder"] = new JsonArray(argument),
            ["response"] = Reference(schemas, rpc.Method.OutputType),
        };
        if (binding.Body.Length > 0)
            method["request"] = Reference(schemas, binding.Body == "*" ? input : input.FindFieldByName(binding.Body).MessageType);
        Child(owner!, "methods")[MethodName(rpc, tail)] = method;
    }

    private static string MethodName(Rpc rpc, string tail)
    {
        if (tail.Split(':') is [_, var verb]) return verb;
        return rpc.Method.Name.StartsWith("Update", StringComparison.Ordinal)
            ? "patch"
            : new[] { "get", "list", "create", "delete" }.Single(n => rpc.Method.Name.StartsWith(n, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonObject Reference(JsonObject schemas, MessageDescriptor message)
    {
        schemas[message.Name] ??= new JsonObject { ["id"] = message.Name, ["type"] = "object", ["properties"] = new JsonObject() };
        return new JsonObject { ["$ref"] = message.Name };
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child) parent[name] = child = [];
        return child;
    }

    private static JsonObject Text(string location) => new() { ["type"] = "string", ["location"] = location };
}

using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RdsBq.Tests.Infra.Gcp;

/// <summary>
/// What Google's APIs have been told to make: a thing is not found before it is created, then answered as it was given. Etags mean nothing.
/// Shapes from the APIs' discovery documents; only what the scripts call.
/// </summary>
internal sealed partial class GoogleState
{
    public const string Number = "123456789012";

    // Where a thing of a collection says its own id; and what a listing calls them.
    private static readonly Dictionary<string, (Func<Call, string> Id, string List)> Collections = new(StringComparer.Ordinal)
    {
        ["iam/serviceAccounts"] = (c => $"{c.Body!["accountId"]}@{c.Path.Split('/')[3]}.iam.gserviceaccount.com", "accounts"),
        ["iam/roles"] = (c => (string)c.Body!["roleId"]!, "roles"),
        ["secretmanager/secrets"] = (c => c.Query["secretId"], "secrets"),
        ["artifactregistry/repositories"] = (c => c.Query["repositoryId"], "repositories"),
        ["storage/b"] = (c => (string)c.Body!["name"]!, "items"),
        ["run/jobs"] = (c => (string)c.Body!["metadata"]!["name"]!, "items"),
        ["run/services"] = (c => (string)c.Body!["metadata"]!["name"]!, "items"),
        ["cloudscheduler/jobs"] = (c => ((string)c.Body!["name"]!).Split('/')[^1], "jobs"),
        ["monitoring/alertPolicies"] = (_ => "7001", "alertPolicies"),
        ["monitoring/notificationChannels"] = (_ => "9001", "notificationChannels"),
        ["cloudbuild/builds"] = (_ => "b1", "builds"),
        ["bigquery/datasets"] = (c => (string)c.Body!["datasetReference"]!["datasetId"]!, "datasets"),
        ["serviceusage/services"] = (_ => throw new NotSupportedException(), "services"),
    };

    private readonly SortedDictionary<string, JsonObject> things = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> policies = new(StringComparer.Ordinal);
    private int made;

    /// <summary>The things made, by service and path without the version.</summary>
    public IReadOnlyDictionary<string, JsonObject> Things => things;

    /// <summary>"role member", of the policy of a thing.</summary>
    public IEnumerable<string> Policy(string thing) =>
        policies.TryGetValue(thing, out var policy)
            ? policy["bindings"]!.AsArray().SelectMany(b => b!["members"]!.AsArray().Select(m => $"{b["role"]} {m}"))
            : [];

    /// <summary>Everything that has a policy.</summary>
    public IEnumerable<string> Governed => policies.Keys.Order(StringComparer.Ordinal);

    /// <summary>Calls whose path ends with this are refused for want of a right.</summary>
    public string? Refuse { get; set; }

    /// <summary>Something that is there before.</summary>
    public void Seed(string thing, string json) => things[thing] = JsonNode.Parse(json)!.AsObject();

    public void SeedPolicy(string thing, string json) => policies[thing] = JsonNode.Parse(json)!.AsObject();

    public (int Status, JsonNode Body) Answer(Call call)
    {
        if (Refuse is not null && call.Path.EndsWith(Refuse, StringComparison.Ordinal)) return Error(403, "A permission is missing.");
        // A service account's project may be left open: its name tells it.
        var key = AnyProject().Replace(call.Service + Version().Replace(call.Path, "/"), "iam/projects/$2/serviceAccounts/$1@$2.");
        var (thing, verb) = key.LastIndexOf(':') is > 0 and var colon ? (key[..colon], key[(colon + 1)..]) : (key, "");
        if (key == "cloudresourcemanager/projects/" + key.Split('/')[^1] && call.Method == "GET")
            return (200, new JsonObject { ["projectId"] = key.Split('/')[^1], ["projectNumber"] = Number, ["lifecycleState"] = "ACTIVE" });
        if (call.Service == "storage" && key.EndsWith("/iam", StringComparison.Ordinal))
            return Iam(key[..^4], call.Method == "GET" ? null : call.Body);
        return (call.Method, verb) switch
        {
            (_, "getIamPolicy") => Iam(thing, null),
            (_, "setIamPolicy") => Iam(thing, call.Body!["policy"]!),
            ("POST", "batchEnable") => Enable(thing, call),
            ("POST", "generateServiceIdentity") => (200, Done(new JsonObject { ["email"] = "service-" + Number, ["uniqueId"] = "1" })),
            ("GET", "") => Get(key),
            ("POST", "") => Create(key, call),
            ("PUT", "") => Put(key, call),
            ("PATCH", "") => Patch(key, call),
            _ => Unknown(call),
        };
    }

    private (int, JsonNode) Get(string key)
    {
        if (things.TryGetValue(key, out var thing)) return (200, thing.DeepClone());
        if (key.EndsWith("/operations/done", StringComparison.Ordinal)) return (200, Done(new JsonObject(), Name(key)));
        var collection = $"{key.Split('/')[0]}/{key.Split('/')[^1]}";
        if (!Collections.TryGetValue(collection, out var known)) return NotFound(key);
        var items = things.Where(t => t.Key.StartsWith(key + "/", StringComparison.Ordinal)).Select(t => t.Value.DeepClone());
        return (200, new JsonObject { [known.List] = new JsonArray([.. items]) });
    }

    private (int, JsonNode) Create(string key, Call call)
    {
        if (!Collections.TryGetValue($"{call.Service}/{key.Split('/')[^1]}", out var known)) return Unknown(call);
        var id = known.Id(call);
        // Numbers that the API gives: the next one.
        if (call.Service == "monitoring") id += (++made).ToString(CultureInfo.InvariantCulture);
        var place = $"{key}/{id}";
        if (things.ContainsKey(place)) return Error(409, $"{place} already exists.");
        var body = call.Service == "iam" ? call.Body!["serviceAccount"] ?? call.Body["role"] : call.Body;
        things[place] = Filled(call.Service, place, id, body!.DeepClone().AsObject());
        return (200, call.Service switch
        {
            "artifactregistry" => Done(things[place].DeepClone(), $"{Name(key[..key.LastIndexOf('/')])}/operations/done"),
            "cloudbuild" => Build(Name(place), id),
            _ => things[place].DeepClone(),
        });
    }

    private (int, JsonNode) Put(string key, Call call)
    {
        // Pub/Sub makes things by PUT; Cloud Run replaces them.
        if (call.Service == "pubsub" && things.ContainsKey(key)) return Error(409, $"{key} already exists.");
        if (call.Service != "pubsub" && !things.ContainsKey(key)) return NotFound(key);
        things[key] = Filled(call.Service, key, key.Split('/')[^1], call.Body!.DeepClone().AsObject());
        return (200, things[key].DeepClone());
    }

    private (int, JsonNode) Patch(string key, Call call)
    {
        if (!things.TryGetValue(key, out var thing)) return NotFound(key);
        foreach (var (name, value) in (call.Body!["subscription"] ?? call.Body).AsObject()) thing[name] = value?.DeepClone();
        return (200, thing.DeepClone());
    }

    private (int, JsonNode) Iam(string thing, JsonNode? policy)
    {
        if (thing.Split('/')[0] != "cloudresourcemanager" && !things.ContainsKey(Unplaced(thing))) return NotFound(thing);
        if (policy is not null) policies[thing] = policy.DeepClone().AsObject();
        var found = policies.GetValueOrDefault(thing) ?? new JsonObject { ["etag"] = "BwY=", ["bindings"] = new JsonArray() };
        return (200, found.DeepClone());
    }

    private (int, JsonNode) Enable(string project, Call call)
    {
        foreach (var id in call.Body!["serviceIds"]!.AsArray())
        {
            var place = $"{project}/{id}".Replace("services/services", "services", StringComparison.Ordinal);
            var config = new JsonObject { ["name"] = (string)id! };
            things[place] = new JsonObject { ["name"] = Name(place), ["state"] = "ENABLED", ["config"] = config };
        }
        return (200, Done(new JsonObject()));
    }

    /// <summary>What the APIs add by themselves, as far as gcloud asks for it.</summary>
    private static JsonObject Filled(string service, string place, string id, JsonObject body)
    {
        var name = Name(place);
        switch (service)
        {
            case "run": return Ready(id, body);
            case "bigquery":
                body["access"] ??= new JsonArray(
                    new JsonObject { ["role"] = "WRITER", ["specialGroup"] = "projectWriters" },
                    new JsonObject { ["role"] = "OWNER", ["userByEmail"] = "admin@example.com" },
                    new JsonObject { ["role"] = "READER", ["specialGroup"] = "projectReaders" });
                body["etag"] = "e1";
                break;
            case "iam" when place.Contains("/serviceAccounts/", StringComparison.Ordinal):
                body["email"] = id;
                body["uniqueId"] = "100000000000000000001";
                body["name"] = name;
                break;
            case "storage": body["etag"] = "CAE="; break;
            default: body["name"] = name; break;
        }
        return body;
    }

    // Cloud Run answers at once, and is ready at the next look.
    private static JsonObject Ready(string id, JsonObject body)
    {
        var metadata = body["metadata"]!.AsObject();
        metadata["generation"] = ((int?)metadata["generation"] ?? 0) + 1;
        metadata["resourceVersion"] = "AA";
        string[] types = ["Ready", "ConfigurationsReady", "RoutesReady"];
        JsonArray conditions = [.. types.Select(t => new JsonObject { ["type"] = t, ["status"] = "True" })];
        body["status"] = new JsonObject
        {
            ["observedGeneration"] = metadata["generation"]!.DeepClone(), ["conditions"] = conditions,
            ["url"] = $"https://{id}-abcdef-an.a.run.app",
            ["latestReadyRevisionName"] = $"{id}-00001", ["latestCreatedRevisionName"] = $"{id}-00001",
        };
        return body;
    }

    // Cloud Run's policies are asked for by another path than its things.
    private string Unplaced(string thing) => things.Keys.FirstOrDefault(
        k => k == thing || (thing.StartsWith("run/", StringComparison.Ordinal) && k.StartsWith("run/", StringComparison.Ordinal)
            && string.Join('/', k.Split('/')[^2..]) == string.Join('/', thing.Split('/')[^2..])), "");

    private static JsonObject Build(string name, string id)
    {
        var build = new JsonObject { ["name"] = name, ["id"] = id, ["projectId"] = name.Split('/')[1], ["status"] = "QUEUED", ["logUrl"] = "https://example.com" };
        const string Type = "type.googleapis.com/google.devtools.cloudbuild.v1.BuildOperationMetadata";
        return new JsonObject { ["name"] = "operations/b1", ["metadata"] = new JsonObject { ["@type"] = Type, ["build"] = build } };
    }

    // A thing's name is its place without the service.
    private static string Name(string place) => place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static JsonObject Done(JsonNode response, string name = "operations/done") =>
        new() { ["name"] = name, ["done"] = true, ["response"] = response };

    private static (int, JsonNode) Unknown(Call call) => Error(400, $"The recorder knows no {call}.");

    private static (int, JsonNode) NotFound(string what) => Error(404, $"Not found: {what}");

    private static (int, JsonNode) Error(int code, string message) => (code, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["code"] = code, ["message"] = message, ["status"] = Status(code),
            ["errors"] = new JsonArray(new JsonObject { ["reason"] = code == 404 ? "notFound" : "duplicate", ["message"] = message }),
        },
    });

    private static string Status(int code) => code switch
    {
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ALREADY_EXISTS",
        _ => "INVALID_ARGUMENT",
    };

    [GeneratedRegex(@"^iam/projects/-/serviceAccounts/([^@]+)@([^.]+)\.")]
    private static partial Regex AnyProject();

    [GeneratedRegex(@"^/(storage/v1/|bigquery/v2/|apis/(?:run\.googleapis\.com|serving\.knative\.dev)/v1/|v\d+(?:beta\d+)?/)")]
    private static partial Regex Version();
}

using System.Net;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>A request's operation and the names in its path; the same with and without <c>/bigquery/v2</c> (some clients drop it for
/// emulators).</summary>
/// <param name="Operation">E.g. <c>tables.get</c>; for what isn't known here, method and path.</param>
internal sealed record Route(string Operation, bool Known, string Project = "", string Dataset = "", string Table = "", string Job = "")
{
    public bool Mutates =>
        Known && !(
            Operation.EndsWith(".get", StringComparison.Ordinal) || Operation.EndsWith(".list", StringComparison.Ordinal)
                || Operation == "jobs.getQueryResults");

    /// <summary>Null for paths that are not BigQuery's.</summary>
    public static Route? Parse(string method, PathString path)
    {
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => WebUtility.UrlDecode(p.Replace("+", "%2B", StringComparison.Ordinal))).ToArray();
        if (parts is ["upload" or "resumable", "bigquery", "v2", ..])
            return new Route($"{method} /{string.Join('/', parts[..3])} (uploads)", false);
        var prefixed = parts is ["bigquery", "v2", ..];
        if (prefixed) parts = parts[2..];
        if (parts is not ["projects", var project, "datasets" or "queries" or "jobs", ..])
            return prefixed ? new Route($"{method} /{string.Join('/', parts)}", false) : null;
        var names = new Route("", true, project);
        return (method, parts[2..]) switch
        {
            ("GET", ["datasets"]) => names with { Operation = "datasets.list" },
            ("POST", ["datasets"]) => names with { Operation = "datasets.insert" },
            (_, ["datasets", var d]) when Verb(method) is { } verb => names with { Operation = "datasets." + verb, Dataset = d },
            ("GET", ["datasets", var d, "tables"]) => names with { Operation = "tables.list", Dataset = d },
            ("POST", ["datasets", var d, "tables"]) => names with { Operation = "tables.insert", Dataset = d },
            (_, ["datasets", var d, "tables", var t]) when Verb(method) is { } verb =>
                names with { Operation = "tables." + verb, Dataset = d, Table = t },
            ("POST", ["datasets", var d, "tables", var t, "insertAll"]) =>
                names with { Operation = "tabledata.insertAll", Dataset = d, Table = t },
            ("GET", ["datasets", var d, "tables", var t, "data"]) => names with { Operation = "tabledata.list", Dataset = d, Table = t },
            ("POST", ["queries"]) => names with { Operation = "jobs.query" },
            ("GET", ["queries", var j]) => names with { Operation = "jobs.getQueryResults", Job = j },
            ("POST", ["jobs"]) => names with { Operation = "jobs.insert" },
            ("GET", ["jobs"]) => names with { Operation = "jobs.list" },
            ("GET", ["jobs", var j]) => names with { Operation = "jobs.get", Job = j },
            ("POST", ["jobs", var j, "cancel"]) => names with { Operation = "jobs.cancel", Job = j },
            _ => new Route($"{method} /{string.Join('/', parts[2..])}", false, project),
        };
    }

    private static string? Verb(string method) => method switch
    {
        "GET" => "get",
        "PATCH" => "patch",
        "PUT" => "update",
        "DELETE" => "delete",
        _ => null,
    };
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RdsBq.Local.BigQuery.Values;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>jobs.* (reference/rest/v2/jobs). Jobs are done when their insert returns.</summary>
internal sealed partial class JobCalls(Warehouse warehouse)
{
    private static readonly TimeSpan RequestIdMemory = TimeSpan.FromMinutes(15);
    private readonly Dictionary<string, (DateTimeOffset At, JsonObject Answer)> requestIds = [];

    private Catalog Catalog => warehouse.Catalog;

    public JsonObject Query(Request request)
    {
        var requestId = request.Body["requestId"]?.ToString();
        if (requestId is not null && requestIds.TryGetValue(requestId, out var known) && known.At + RequestIdMemory > Catalog.Now)
            return known.Answer.DeepClone().AsObject();
        CheckLocation(request.Body["location"]?.ToString());
        var configuration = new JsonObject { ["query"] = request.Body.DeepClone() };
        var job = warehouse.RunQuery(
            $"job_{Guid.NewGuid():N}", configuration, request.Body, request.Body["dryRun"]?.GetValue<bool>() ?? false);
        if (!job.DryRun) warehouse.Keep(job);
        var answer = Results(job, request, "bigquery#queryResponse");
        if (requestId is not null) requestIds[requestId] = (Catalog.Now, answer.DeepClone().AsObject());
        return answer;
    }

    public JsonObject QueryResults(Request request)
    {
        var job = Find(request);
        return job.Error is null ? Results(job, request, "bigquery#getQueryResultsResponse") : throw job.Error;
    }

    public JsonObject Insert(Request request)
    {
        var configuration = request.Body["configuration"] as JsonObject
            ?? throw BigQueryException.Invalid("Required parameter is missing: configuration");
        CheckLocation(request.Body["jobReference"]?["location"]?.ToString());
        var id = request.Body["jobReference"]?["jobId"]?.ToString() ?? $"job_{Guid.NewGuid():N}";
        if (!JobId().IsMatch(id))
            throw BigQueryException.Invalid(
                $"Invalid job ID \"{id}\". Job IDs must be alphanumeric (plus underscores and dashes) and must be at most 1024 characters long.");
        if (warehouse.FindJob(id) is not null) throw BigQueryException.Duplicate($"Job {Catalog.Project}:{Catalog.Location}.{id}");
        var dryRun = configuration["dryRun"]?.GetValue<bool>() ?? false;
        var kept = configuration.DeepClone().AsObject();
        try
        {
            var job = configuration switch
            {
                { } c when c["query"] is JsonObject query => warehouse.RunQuery(id, kept, query, dryRun),
                { } c when c["copy"] is JsonObject copy => Copy(id, kept, copy),
                { } c when c["load"] is not null => throw BigQueryException.Missing("load jobs by REST: data transfers load here"),
                { } c when c["extract"] is not null => throw BigQueryException.Missing("extract jobs"),
                _ => throw BigQueryException.Invalid("Required parameter is missing: query, copy, load or extract"),
            };
            if (!dryRun) warehouse.Keep(job);
            return Shown(job);
        }
        catch (BigQueryException e) when (!dryRun && e.Status != 501)
        {
            // The job exists and has failed: jobs.get answers 200 with errorResult.
            var failed = new Job(id, kept, Catalog.Now) { Error = e };
            warehouse.Keep(failed);
            return Shown(failed);
        }
    }

    public JsonObject Get(Request request) => Shown(Find(request));

    public JsonObject Cancel(Request request) => new() { ["kind"] = "bigquery#jobCancelResponse", ["job"] = Shown(Find(request)) };

    public JsonObject List(Request request)
    {
        var (page, next) = Resources.Page([.. warehouse.Jobs.OrderByDescending(j => j.At)], request, 1000);
        var answer = new JsonObject { ["kind"] = "bigquery#jobList" };
        List<JsonNode> items = [.. page.Select(job =>
        {
            var item = Shown(job);
            item["state"] = "DONE";
            if (item["status"]!["errorResult"] is { } error) item["errorResult"] = error.DeepClone();
            return item;
        })];
        if (items.Count > 0) answer["jobs"] = new JsonArray([.. items]);
        if (next is not null) answer["nextPageToken"] = next;
        return answer;
    }

    private Job Copy(string id, JsonObject configuration, JsonObject copy)
    {
        var sources = copy["sourceTables"] as JsonArray ?? [copy["sourceTable"]?.DeepClone()];
        if (copy["operationType"]?.ToString() is not (null or "COPY")) throw BigQueryException.Missing($"{copy["operationType"]} jobs");
        if (sources is not [JsonObject source]) throw BigQueryException.Missing("copies from several tables");
        var table = Catalog.Table(source["datasetId"]!.ToString(), source["tableId"]!.ToString());
        if (table.ViewQuery is not null)
            throw BigQueryException.Invalid(
                $"{Catalog.Project}:{table.Dataset}.{table.Id} is not allowed for this operation because it is currently a VIEW.");
        var fields = table.Fields ?? throw BigQueryException.Invalid($"Table {table.Dataset}.{table.Id} does not have a schema.");
        var disposition = copy["writeDisposition"]?.ToString() ?? "WRITE_EMPTY";
        warehouse.Write(
            copy["destinationTable"]!.AsObject(), disposition, fields, $"SELECT * FROM {table.Physical}", table.Resource["schema"], copy["createDisposition"]?.ToString());
        return new Job(id, configuration, Catalog.Now) { StatementType = "" };
    }

    private Job Find(Request request)
    {
        CheckLocation(request.Text("location"));
        return warehouse.FindJob(request.Route.Job) ?? throw BigQueryException.NotFound($"Job {Catalog.Project}:{request.Route.Job}");
    }

    private void CheckLocation(string? location)
    {
        if (!string.IsNullOrEmpty(location) && !location.Equals(Catalog.Location, StringComparison.OrdinalIgnoreCase))
            throw BigQueryException.NotFound($"Job in location {location}");
    }

    private JsonObject Results(Job job, Request request, string kind)
    {
        var answer = new JsonObject { ["kind"] = kind, ["jobComplete"] = true, ["jobReference"] = Reference(job), ["totalBytesProcessed"] = "0", ["cacheHit"] = false };
        answer["schema"] = Schema(job.Fields);
        if (job.DryRun) return answer;
        if (job.Affected is { } affected)
        {
            answer["numDmlAffectedRows"] = affected.ToString();
            answer["dmlStats"] = new JsonObject { [$"{(job.StatementType == "INSERT" ? "inserted" : job.StatementType == "DELETE" ? "deleted" : "updated")}RowCount"] = affected.ToString() };
        }
        answer["totalRows"] = job.TotalRows.ToString();
        if (job.Fields.Count == 0) return answer;
        var results = job.ResultTable ?? throw BigQueryException.NotFound($"Results of job {job.Id} are no longer kept");
        var start = long.TryParse(request.Text("pageToken"), out var token) ? token : request.Number("startIndex") ?? 0;
        var count = Math.Min(request.Number("maxResults") ?? 100_000, 100_000);
        if (count > 0 && start < job.TotalRows)
            answer["rows"] = warehouse.Page(
                results, job.Fields, start, count, TableDataCalls.Int64(request), [.. job.Fields.Select((_, i) => $"c{i}")]);
        if (start + count < job.TotalRows) answer["pageToken"] = (start + count).ToString();
        return answer;
    }

    private JsonObject Shown(Job job)
    {
        var status = new JsonObject { ["state"] = "DONE" };
        if (job.Error is { } error)
        {
            status["errorResult"] = new JsonObject { ["reason"] = error.Reason, ["location"] = error.Location, ["message"] = error.Message };
            status["errors"] = new JsonArray(status["errorResult"]!.DeepClone());
        }
        var at = job.At.ToUnixTimeMilliseconds().ToString();
        var statistics = new JsonObject { ["creationTime"] = at, ["startTime"] = at, ["endTime"] = at, ["totalBytesProcessed"] = "0" };
        if (job.Configuration["query"] is not null && job.Error is null) statistics["query"] = Statistics(job);
        return new JsonObject
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{Catalog.Project}:{Catalog.Location}.{job.Id}",
            ["jobReference"] = Reference(job),
            ["configuration"] = Configuration(job),
            ["status"] = status,
            ["statistics"] = statistics,
            ["user_email"] = "local@example.com",
        };
    }

    private static JsonObject Configuration(Job job)
    {
        var shown = job.Configuration.DeepClone().AsObject();
        shown["jobType"] = shown["copy"] is null ? "QUERY" : "COPY";
        return shown;
    }

    private JsonObject Statistics(Job job)
    {
        var shown = new JsonObject { ["statementType"] = job.StatementType, ["totalBytesProcessed"] = "0", ["totalBytesBilled"] = "0", ["cacheHit"] = false };
        if (job.Affected is { } affected) shown["numDmlAffectedRows"] = affected.ToString();
        if (job.DryRun) shown["schema"] = Schema(job.Fields);
        if (job.DdlOperation is not { } operation || job.Target is not { } target) return shown;
        shown["ddlOperationPerformed"] = operation;
        shown["ddlTargetTable"] = new JsonObject { ["projectId"] = Catalog.Project, ["datasetId"] = target.Dataset, ["tableId"] = target.Id };
        return shown;
    }

    private JsonObject Reference(Job job) => new() { ["projectId"] = Catalog.Project, ["jobId"] = job.Id, ["location"] = Catalog.Location };

    private static JsonObject Schema(IReadOnlyList<Field> fields) =>
        new() { ["fields"] = new JsonArray([.. fields.Select(f => f.ToJson())]) };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,1024}\z")]
    private static partial Regex JobId();
}

using System.Text.Json.Nodes;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.BigQuery.Rest;

/// <summary>BigQuery v2 over HTTP: alone (<see cref="StartAsync"/>), or mapped into a port that Google's services share (<see
/// cref="Map"/>).</summary>
public sealed class BigQueryService : IAsyncDisposable
{
    private readonly Warehouse warehouse;
    private readonly Func<string, bool> isValidToken;
    private readonly Dictionary<string, Func<Request, JsonObject>> calls;
    private Listener? listener;

    /// <param name="isValidToken">Whether a bearer token is good now.</param>
    public BigQueryService(Warehouse warehouse, Func<string, bool> isValidToken)
    {
        this.warehouse = warehouse;
        this.isValidToken = isValidToken;
        var (datasets, tables, data, jobs) = (
            new DatasetCalls(warehouse.Catalog), new TableCalls(warehouse), new TableDataCalls(warehouse), new JobCalls(warehouse));
        calls = new()
        {
            ["datasets.get"] = datasets.Get,
            ["datasets.insert"] = datasets.Insert,
            ["datasets.patch"] = datasets.Patch,
            ["datasets.update"] = datasets.Update,
            ["datasets.list"] = datasets.List,
            ["datasets.delete"] = datasets.Delete,
            ["tables.get"] = tables.Get,
            ["tables.insert"] = tables.Insert,
            ["tables.patch"] = tables.Patch,
            ["tables.update"] = tables.Update,
            ["tables.list"] = tables.List,
            ["tables.delete"] = tables.Delete,
            ["tabledata.insertAll"] = data.InsertAll,
            ["tabledata.list"] = data.List,
            ["jobs.query"] = jobs.Query,
            ["jobs.getQueryResults"] = jobs.QueryResults,
            ["jobs.insert"] = jobs.Insert,
            ["jobs.get"] = jobs.Get,
            ["jobs.list"] = jobs.List,
            ["jobs.cancel"] = jobs.Cancel,
        };
    }

    /// <summary>Where it listens, once started alone; without <c>/bigquery/v2</c>.</summary>
    public Uri Address => listener?.Http1 ?? throw new InvalidOperationException("This service is mapped into another's port.");

    public static async Task<BigQueryService> StartAsync(
        Warehouse warehouse, Func<string, bool> isValidToken, Journal journal, Faults faults, CancellationToken token = default)
    {
        var service = new BigQueryService(warehouse, isValidToken);
        service.listener = await Listener.StartAsync(journal, faults, new BigQueryWire(), _ => { }, app => service.Map(app), token: token);
        return service;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] patterns = ["/bigquery/v2/{**rest}", "/upload/bigquery/v2/{**rest}", "/resumable/bigquery/v2/{**rest}", "/projects/{project}/datasets/{**rest}", "/projects/{project}/queries/{**rest}", "/projects/{project}/jobs/{**rest}"];
        foreach (var pattern in patterns) routes.Map(pattern, AnswerAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await BigQueryWire.WriteAsync(context, 200, await CallAsync(context));
        }
        catch (BigQueryException e)
        {
            await BigQueryWire.ErrorAsync(context, e.Status, e.Reason, e.Message, e.Location);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or InvalidCastException)
        {
            // A body of another shape than the documented one, found while it was read.
            await BigQueryWire.ErrorAsync(context, 400, "invalid", $"Invalid JSON payload received. {e.Message}");
        }
    }

    private async Task<JsonObject> CallAsync(HttpContext context)
    {
        var route = Route.Parse(context.Request.Method, context.Request.Path)!;
        const string scheme = "Bearer ";
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || !isValidToken(authorization[scheme.Length..]))
        {
            throw new BigQueryException(
                401, "authError", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.", "Authorization");
        }
        if (!route.Known) throw BigQueryException.Missing(route.Operation);
        var body = await BigQueryWire.ReadAsync(context.Request);
        if (body.ContainsKey(BigQueryWire.Malformed)) throw new BigQueryException(400, "parseError", "Parse Error");
        if (route.Project != warehouse.Catalog.Project) throw BigQueryException.NotFound($"Project {route.Project}");
        var ifMatch = context.Request.Headers.IfMatch.ToString();
        lock (warehouse.Gate) return calls[route.Operation](new Request(route, body, context.Request.Query, ifMatch));
    }
}

using System.Security.Cryptography;
using System.Xml.Linq;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Aws;

/// <summary>
/// The query protocol's web server (RDS, STS, IAM): <c>POST /</c> with a form, or GET with a query. Which service is meant follows from
/// Version and Action, because all of them share one address.
/// </summary>
public sealed class QueryServer : IAsyncDisposable
{
    private readonly Listener listener;

    private QueryServer(Listener listener) => this.listener = listener;

    public Uri Address => listener.Http1;

    internal static async Task<QueryServer> StartAsync(
        LocalClock clock, Journal journal, Faults faults, CredentialStore credentials, IReadOnlyList<IQueryService> services,
        CancellationToken token)
    {
        var wire = new QueryWire(services, new SigV4(credentials, clock, AuthWords.Query), clock);
        return new QueryServer(await Listener.StartAsync(journal, faults, wire, _ => { }, app => app.Run(wire.AnswerAsync), token: token));
    }

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}

internal sealed class QueryWire(IReadOnlyList<IQueryService> services, SigV4 signatures, TimeProvider clock) : IWire
{
    private const string RequestIdHeader = "x-amzn-RequestId";

    public async ValueTask<CallName> NameAsync(HttpContext context)
    {
        var request = await QueryRequest.ReadAsync(context.Request, context.RequestAborted);
        context.Items[typeof(QueryRequest)] = request;
        var service = ServiceOf(request);
        var operation = service.Operations.GetValueOrDefault(request.Action);
        var subject = operation?.SubjectField is { } field ? request.Text(field) ?? "" : "";
        return new CallName($"{service.Name}.{request.Action}", subject, operation?.Mutates ?? false);
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var request = (QueryRequest)context.Items[typeof(QueryRequest)]!;
        var service = ServiceOf(request);
        try
        {
            var operation = Find(service, request);
            var caller = operation.Signed
                ? signatures.Verify(context.Request, Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), service.Name,
                    service.Regions)
                : null;
            var id = AwsHeaders.Stamp(context, service.Time ?? clock, RequestIdHeader);
            XNamespace ns = service.Namespace;
            var result = operation.Run(new QueryCall(request, caller, id, ns)).ToList();
            var root = new XElement(
                ns + (request.Action + "Response"),
                new XElement(ns + (request.Action + "Result"), result),
                new XElement(ns + "ResponseMetadata", new XElement(ns + "RequestId", id)));
            await AwsHeaders.WriteXmlAsync(context, StatusCodes.Status200OK, "text/xml", root);
        }
        catch (AwsException refused)
        {
            await WriteErrorAsync(context, refused.Status, refused.Code, refused.Message);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError, "InternalFailure", broken.ToString());
        }
    }

    public Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        var request = (QueryRequest)context.Items[typeof(QueryRequest)]!;
        var service = ServiceOf(request);
        XNamespace ns = service.Namespace;
        var id = AwsHeaders.Stamp(context, service.Time ?? clock, RequestIdHeader);
        var root = new XElement(
            ns + "ErrorResponse",
            new XElement(
                ns + "Error",
                new XElement(ns + "Type", status < 500 ? "Sender" : "Receiver"),
                new XElement(ns + "Code", code),
                new XElement(ns + "Message", message)),
            new XElement(ns + "RequestId", id));
        return AwsHeaders.WriteXmlAsync(context, status, "text/xml", root);
    }

    private static QueryOperation Find(IQueryService service, QueryRequest request)
    {
        if (request.Action.Length == 0) throw new AwsException(400, "MissingAction", "The request is missing an Action parameter.");
        if (request.Version == service.Version)
        {
            if (service.Operations.TryGetValue(request.Action, out var operation)) return operation;
            if (service.KnownActions.Contains(request.Action)) throw AwsException.LeftOut($"{service.Name}.{request.Action}");
        }
        throw new AwsException(400, "InvalidAction", $"Could not find operation {request.Action} for version {request.Version}");
    }

    private IQueryService ServiceOf(QueryRequest request) =>
        services.FirstOrDefault(s => s.Version == request.Version)
        ?? services.FirstOrDefault(s => s.KnownActions.Contains(request.Action))
        ?? services[0];
}

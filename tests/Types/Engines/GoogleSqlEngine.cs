using Grpc.Core;
using Grpc.Net.Client;
using RdsBq.Tests.Kit;
using RdsBq.Types.Tests.Engines.Wire;

namespace RdsBq.Types.Tests.Engines;

/// <summary>A table for <see cref="GoogleSqlEngine"/>: column names and TypeKind numbers, and rows of cells.</summary>
internal sealed record EngineTable(string Name, IReadOnlyList<(string Name, int Kind)> Columns, IReadOnlyList<IReadOnlyList<Value>> Rows);

/// <param name="Columns">Names and TypeKind numbers (type.proto).</param>
internal sealed record EngineAnswer(IReadOnlyList<(string Name, int Kind)> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows);

/// <summary>
/// Google's reference implementation of GoogleSQL (github.com/google/zetasql), which BigQuery's dialect is one flavour of: as a local gRPC server,
/// from the package that .ci/run installs. Guard the test with <c>RequiresFact("googlesql")</c>.
/// </summary>
internal sealed class GoogleSqlEngine : IAsyncDisposable
{
    // options.proto: what BigQuery does not switch on, and what it does though the engine calls it unfinished.
    private const int TimestampNanos = 5;
    private const int JsonStrictNumberParsing = 52;
    private const int IntervalType = 49;
    private const int ViewColumnOptions = 86;
    private const int External = 1;

    // resolved_node_kind.proto
    private const int CreateView = 41;

    private readonly Child process;
    private readonly GrpcChannel channel;
    private readonly ZetaSqlLocalService.ZetaSqlLocalServiceClient client;
    private readonly LanguageOptions language;

    private GoogleSqlEngine(Child process, GrpcChannel channel, LanguageOptions language)
    {
        (this.process, this.channel, this.language) = (process, channel, language);
        client = new ZetaSqlLocalService.ZetaSqlLocalServiceClient(channel);
    }

    public static async Task<GoogleSqlEngine> StartAsync()
    {
        var port = Tools.FreePort();
        var process = Child.Start(Tools.Find("googlesql") ?? "googlesql", ["localhost", $"{port}"], folder: Path.GetTempPath());
        GrpcChannel? channel = null;
        try
        {
            await process.SeesAsync("Server listening", TimeSpan.FromSeconds(60));
            channel = GrpcChannel.ForAddress($"http://localhost:{port}", new GrpcChannelOptions { MaxReceiveMessageSize = 64 << 20 });
            var client = new ZetaSqlLocalService.ZetaSqlLocalServiceClient(channel);
            var language = await client.GetLanguageOptionsAsync(new LanguageOptionsRequest { MaximumFeatures = true }, deadline: Soon());
            language.ProductMode = External;
            language.EnabledLanguageFeatures.Remove(TimestampNanos);
            language.EnabledLanguageFeatures.Remove(JsonStrictNumberParsing);
            language.EnabledLanguageFeatures.Add(new[] { IntervalType, ViewColumnOptions }.Except(language.EnabledLanguageFeatures));
            if (!language.SupportedStatementKinds.Contains(CreateView)) language.SupportedStatementKinds.Add(CreateView);
            return new GoogleSqlEngine(process, channel, language);
        }
        catch
        {
            channel?.Dispose();
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Analyses a statement, DDL too, and does not run it.</summary>
    /// <exception cref="RpcException">As in <see cref="QueryAsync"/>.</exception>
    public async Task AnalyzeAsync(string sql, EngineTable table)
    {
        var request = new AnalyzeRequest { SqlStatement = sql, Options = Options(), SimpleCatalog = Catalog(table) };
        await client.AnalyzeAsync(request, deadline: Soon());
    }

    /// <summary>Analyses and runs a query over one table. Texts come back as they are, all else in the wire's form.</summary>
    /// <exception cref="RpcException">The engine refuses the query or fails in it; its words are in the status.</exception>
    public async Task<EngineAnswer> QueryAsync(string sql, EngineTable table)
    {
        var data = new TableData();
        foreach (var cells in table.Rows)
        {
            var row = new TableData.Types.Row();
            row.Cell.Add(cells);
            data.Row.Add(row);
        }
        var request = new EvaluateQueryRequest
        {
            Sql = sql,
            Options = Options(),
            SimpleCatalog = Catalog(table),
            TableContent = { [table.Name] = new TableContent { TableData = data } },
        };
        var answer = await client.EvaluateQueryAsync(request, deadline: Soon());
        return new EngineAnswer(
            [.. answer.Prepared.Columns.Select(c => (c.Name, c.Type.TypeKind))],
            [.. answer.Content.TableData.Row.Select(r => (IReadOnlyList<string?>)[.. r.Cell.Select(Text)])]);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await process.DisposeAsync();
    }

    private AnalyzerOptions Options() => new() { LanguageOptions = language, DefaultTimezone = "UTC" };

    private Catalog Catalog(EngineTable table)
    {
        var described = new Table { Name = table.Name };
        described.Column.Add(table.Columns.Select(c => new Column { Name = c.Name, Type = new Wire.Type { TypeKind = c.Kind } }));
        var functions = new BuiltinFunctions { LanguageOptions = language };
        return new Catalog { Name = "catalog", BuiltinFunctionOptions = functions, Table = { described } };
    }

    private static string? Text(Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.None => null,
        Value.ValueOneofCase.StringValue => value.StringValue,
        Value.ValueOneofCase.Int64Value => $"{value.Int64Value}",
        _ => value.ToString(),
    };

    private static DateTime Soon() => DateTime.UtcNow.AddSeconds(60);
}

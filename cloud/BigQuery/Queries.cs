using System.Text.Json;

namespace RdsBq.Cloud.BigQuery;

/// <summary>GoogleSQL through jobs.query, all pages.</summary>
public static class Queries
{
    private const long ServerWaitMs = 30_000;

    /// <summary>
    /// Runs one statement and yields its rows as text by column name (null for NULL; timestamps as microseconds since 1970).
    /// Parameters are named; types by value: string, long, bool, DateTimeOffset.
    /// </summary>
    public static async IAsyncEnumerable<IReadOnlyDictionary<string, string?>> QueryAsync(
        this BigQueryClient client, string sql, IReadOnlyDictionary<string, object>? parameters,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var request = new QueryRequest(
            sql, UseLegacySql: false, client.Location, parameters is null ? null : "NAMED", parameters?.Select(Parameter).ToList(), new FormatOptions(true), ServerWaitMs);
        var answer = await client.PostAsync("queries", request, BigQueryJson.Default.QueryRequest, BigQueryJson.Default.QueryResponse, token);
        string[]? columns = null;
        while (true)
        {
            if (answer.JobComplete)
            {
                columns ??= [.. (answer.Schema?.Fields ?? []).Select(f => f.Name)];
                foreach (var row in answer.Rows ?? []) yield return Read(columns, row);
                if (answer.PageToken is null) yield break;
            }
            answer = await client.GetAsync(NextPath(answer, client.Location), BigQueryJson.Default.QueryResponse, token);
        }
    }

    /// <summary>Runs a statement whose rows do not matter (DDL). Only for statements that may be repeated: the call is retried.</summary>
    public static async Task ExecuteAsync(this BigQueryClient client, string sql, CancellationToken token)
    {
        await foreach (var _ in client.QueryAsync(sql, null, token))
        {
            // DDL answers no rows.
        }
    }

    private static string NextPath(QueryResponse answer, string location)
    {
        var job = answer.JobReference ?? throw new InvalidOperationException("BigQuery answered an unfinished query without a jobReference.");
        var page = answer.PageToken is null ? "" : $"&pageToken={Uri.EscapeDataString(answer.PageToken)}";
        return $"queries/{Uri.EscapeDataString(job.JobId)}?location={Uri.EscapeDataString(job.Location ?? location)}&timeoutMs={ServerWaitMs}&formatOptions.useInt64Timestamp=true{page}";
    }

    private static Dictionary<string, string?> Read(string[] columns, RowResource row) =>
        columns.Zip(row.F).ToDictionary(
            pair => pair.First,
            pair => pair.Second.V.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.Undefined => null,
                JsonValueKind.String => pair.Second.V.GetString(),
                _ => pair.Second.V.GetRawText(),
            });

    private static QueryParameter Parameter(KeyValuePair<string, object> parameter)
    {
        var (type, value) = parameter.Value switch
        {
            string text => ("STRING", text),
            long number => ("INT64", number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            bool truth => ("BOOL", truth ? "true" : "false"),
            DateTimeOffset instant => ("TIMESTAMP", instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'+00:00'", System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new ArgumentException($"No BigQuery type for parameter {parameter.Key}.", nameof(parameter)),
        };
        return new QueryParameter(parameter.Key, new QueryParameterType(type), new QueryParameterValue(value));
    }
}

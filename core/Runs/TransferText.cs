namespace RdsBq.Core.Runs;

/// <summary>Literal text inside DTS's run-time templates (https://cloud.google.com/bigquery/docs/s3-transfer-parameters).</summary>
internal static class TransferText
{
    public static string Escape(string literal) => literal
        .Replace("{", "\\{", StringComparison.Ordinal)
        .Replace("}", "\\}", StringComparison.Ordinal);
}

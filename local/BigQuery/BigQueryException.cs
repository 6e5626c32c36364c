namespace RdsBq.Local.BigQuery;

/// <summary>A refusal in BigQuery's terms: HTTP status, reason and message.</summary>
public sealed class BigQueryException(int status, string reason, string message, string location = "") : Exception(message)
{
    public int Status => status;

    public string Reason => reason;

    /// <summary>The parameter, column or <c>query</c> that the refusal is about; may be empty.</summary>
    public string Location => location;

    public static BigQueryException NotFound(string what) => new(404, "notFound", $"Not found: {what}");

    public static BigQueryException Duplicate(string what) => new(409, "duplicate", $"Already Exists: {what}");

    public static BigQueryException Invalid(string message, string location = "") => new(400, "invalid", message, location);

    public static BigQueryException InvalidQuery(string message) => new(400, "invalidQuery", message, "query");

    /// <summary>A feature that the real service has and this one does not: answered by name, never by a guess.</summary>
    public static BigQueryException Missing(string feature) =>
        new(501, "notImplemented", $"The local BigQuery does not implement {feature}.");
}

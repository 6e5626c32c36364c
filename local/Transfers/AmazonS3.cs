using System.Globalization;
using System.Text.RegularExpressions;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;
using Kind = Google.Cloud.BigQuery.DataTransfer.V1.DataSourceParameter.Types.Type;

namespace RdsBq.Local.Transfers;

/// <summary>The data source <c>amazon_s3</c>: its parameters (https://cloud.google.com/bigquery/docs/s3-transfer) and what they may
/// hold.</summary>
internal static partial class AmazonS3
{
    public const string Id = "amazon_s3";

    private static readonly string[] DecimalTypes = ["NUMERIC", "BIGNUMERIC", "STRING"];

    public static IReadOnlyList<DataSourceParameter> Parameters { get; } =
    [
        Of("destination_table_name_template", "Destination table", Kind.String, required: true, immutable: true),
        Of("data_path", "Amazon S3 URI", Kind.String, required: true, immutable: true),
        Of("access_key_id", "Access key ID", Kind.String, required: true),
        Of("secret_access_key", "Secret access key", Kind.String, required: true),
        Of("file_format", "File format", Kind.String, allowed: ["CSV", "JSON", "AVRO", "PARQUET", "ORC"]),
        Of("write_disposition", "Write disposition", Kind.String, allowed: ["WRITE_APPEND", "WRITE_TRUNCATE", "APPEND", "MIRROR"]),
        Of("max_bad_records", "Number of errors allowed", Kind.Integer),
        Of("decimal_target_types", "Decimal target types", Kind.String),
        Of("ignore_unknown_values", "Ignore unknown values", Kind.Boolean),
        Of("field_delimiter", "Field delimiter", Kind.String),
        Of("skip_leading_rows", "Header rows to skip", Kind.Integer),
        Of("allow_quoted_newlines", "Allow quoted newlines", Kind.Boolean),
        Of("allow_jagged_rows", "Allow jagged rows", Kind.Boolean),
    ];

    public static string Text(Struct parameters, string id, string fallback = "") =>
        parameters.Fields.TryGetValue(id, out var value) && value.StringValue.Length > 0 ? value.StringValue : fallback;

    public static bool Truncates(Struct parameters) =>
        Text(parameters, "write_disposition", "WRITE_APPEND") is "WRITE_TRUNCATE" or "MIRROR";

    public static IReadOnlyList<string> DecimalTargets(Struct parameters) => Text(parameters, "decimal_target_types", "NUMERIC").Split(',');

    public static DataSource Describe(string name) => new()
    {
        Name = name,
        DataSourceId = Id,
        DisplayName = "Amazon S3",
        Description = "Transfer from Amazon S3 to BigQuery",
        TransferType = TransferType.Batch,
        SupportsMultipleTransfers = true,
        UpdateDeadlineSeconds = 86_400,
        DefaultSchedule = "every 24 hours",
        SupportsCustomSchedule = true,
        Parameters = { Parameters },
        HelpUrl = "https://cloud.google.com/bigquery/docs/s3-transfer",
        MinimumScheduleInterval = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
    };

    /// <exception cref="RpcException">INVALID_ARGUMENT, or UNIMPLEMENTED for a file format that is not loaded here.</exception>
    public static void Check(Struct parameters, string displayName, DateTimeOffset now)
    {
        foreach (var (id, value) in parameters.Fields)
        {
            var known = Parameters.FirstOrDefault(p => p.ParamId == id)
                ?? throw GoogleError.Invalid($"Unknown parameter '{id}' for data source {Id}.");
            CheckValue(known, value, displayName);
        }
        foreach (var p in Parameters.Where(p => p.Required && Text(parameters, p.ParamId).Length == 0))
            throw GoogleError.Invalid($"Missing required parameter '{p.ParamId}'.");
        CheckTemplates(parameters, now);
        var decimals = DecimalTargets(parameters);
        if (decimals.Except(DecimalTypes).Any() || decimals.Distinct().Count() != decimals.Count)
            throw GoogleError.Invalid("Parameter 'decimal_target_types' is a list of NUMERIC, BIGNUMERIC, STRING without duplicates.");
        var format = Text(parameters, "file_format", "CSV");
        if (format != "PARQUET")
            throw GoogleError.Of(StatusCode.Unimplemented, $"The local cloud loads file_format PARQUET only, not {format}.");
    }

    private static void CheckValue(DataSourceParameter known, Value value, string displayName)
    {
        if (value.KindCase != Value.KindOneofCase.StringValue)
        {
            var given = value.KindCase.ToString().Replace("Value", "_value", StringComparison.Ordinal).ToLowerInvariant();
            throw GoogleError.Invalid(
                $"Parameter type required for {known.ParamId}: {known.Type.ToString().ToUpperInvariant()}, Parameter type provided in transfer config: {given}. Config name: {displayName}");
        }
        var fits = known.Type switch
        {
            Kind.Integer => int.TryParse(value.StringValue, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            Kind.Boolean => value.StringValue is "true" or "false",
            _ => known.AllowedValues.Count == 0 || known.AllowedValues.Contains(value.StringValue),
        };
        if (!fits && value.StringValue.Length > 0)
            throw GoogleError.Invalid($"Invalid value '{value.StringValue}' for parameter '{known.ParamId}'.");
    }

    private static void CheckTemplates(Struct parameters, DateTimeOffset now)
    {
        try
        {
            // The bucket is checked before templates are expanded: it takes none.
            DataPath.Parse(Text(parameters, "data_path"));
            RunTimeTemplate.Expand(Text(parameters, "data_path"), now);
            var table = RunTimeTemplate.Expand(Text(parameters, "destination_table_name_template"), now);
            if (!TableId().IsMatch(table)) throw new FormatException($"Invalid destination table name '{table}'.");
        }
        catch (FormatException e)
        {
            throw GoogleError.Invalid(e.Message);
        }
    }

    private static DataSourceParameter Of(string id, string name, Kind type, bool required = false, bool immutable = false,
        string[]? allowed = null) =>
        new()
        {
            ParamId = id, DisplayName = name, Type = type, Required = required, Immutable = immutable,
            AllowedValues = { allowed ?? [] }
        };

    [GeneratedRegex(@"^[\p{L}\p{N}_ -]{1,1024}(\$[0-9]{8})?$")]
    private static partial Regex TableId();
}

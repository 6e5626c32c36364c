using System.Text.Json;
using System.Text.Json.Serialization;

namespace RdsBq.Cloud.BigQuery;

// BigQuery v2 REST resources, the members that are read or written here. Every int64 is a JSON string in answers.
// https://cloud.google.com/bigquery/docs/reference/rest

internal sealed record DatasetReference(string ProjectId, string DatasetId);

/// <summary>A dataset whose views may read this one.</summary>
internal sealed record AuthorisedDataset(DatasetReference? Dataset, List<string>? TargetTypes);

internal sealed record AccessEntry(AuthorisedDataset? Dataset);

internal sealed record DatasetResource(
    DatasetReference DatasetReference, string? Location, long? DefaultTableExpirationMs = null, List<AccessEntry>? Access = null);

internal sealed record TableReference(string ProjectId, string DatasetId, string TableId);

internal sealed record PolicyTagsResource(List<string>? Names);

/// <summary><c>policyTags</c> is sent only where there are some: naming it at all takes rights on the taxonomy.</summary>
internal sealed record FieldResource(
    string Name, string Type, string? Mode, string? Description = null, PolicyTagsResource? PolicyTags = null, List<FieldResource>? Fields = null);

internal sealed record SchemaResource(List<FieldResource>? Fields);

internal sealed record ViewResource(string? Query);

/// <summary>What tables.patch is given: what is null stays as it is.</summary>
internal sealed record TablePatch(long? ExpirationTime = null, SchemaResource? Schema = null);

internal sealed record TableResource(
    TableReference TableReference, SchemaResource? Schema = null, string? Description = null, Dictionary<string, string>? Labels = null,
    long? ExpirationTime = null, long? NumRows = null, string? FriendlyName = null, ViewResource? View = null, string? Type = null);

internal sealed record TableListResource(List<TableResource>? Tables, string? NextPageToken);

internal sealed record InsertRow(string InsertId, Dictionary<string, JsonElement> Json);

internal sealed record InsertAllRequest(List<InsertRow> Rows);

internal sealed record InsertError(int Index, List<ErrorDetail>? Errors);

internal sealed record InsertAllResponse(List<InsertError>? InsertErrors);

internal sealed record QueryParameterType(string Type);

internal sealed record QueryParameterValue(string? Value);

internal sealed record QueryParameter(string Name, QueryParameterType ParameterType, QueryParameterValue ParameterValue);

internal sealed record FormatOptions(bool UseInt64Timestamp);

/// <summary><c>useLegacySql</c> is always sent: its default is true.</summary>
internal sealed record QueryRequest(
    string Query, bool UseLegacySql, string Location, string? ParameterMode, List<QueryParameter>? QueryParameters, FormatOptions FormatOptions, long TimeoutMs,
    bool? DryRun = null);

internal sealed record JobReference(string ProjectId, string JobId, string? Location);

internal sealed record CellResource(JsonElement V);

internal sealed record RowResource(List<CellResource> F);

internal sealed record QueryResponse(
    bool JobComplete, JobReference? JobReference, SchemaResource? Schema, List<RowResource>? Rows, string? PageToken, List<ErrorDetail>? Errors);

internal sealed record ErrorDetail(string? Reason, string? Message, string? Location);

internal sealed record ErrorBody(int Code, string? Message, List<ErrorDetail>? Errors);

internal sealed record ErrorResponse(ErrorBody? Error);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(DatasetResource))]
[JsonSerializable(typeof(TableResource))]
[JsonSerializable(typeof(TablePatch))]
[JsonSerializable(typeof(TableListResource))]
[JsonSerializable(typeof(InsertAllRequest))]
[JsonSerializable(typeof(InsertAllResponse))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class BigQueryJson : JsonSerializerContext;

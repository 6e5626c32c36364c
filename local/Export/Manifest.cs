using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RdsBq.Local.Rds;
using RdsBq.Local.Sources;

namespace RdsBq.Local.Export;

/// <summary>The two kinds of JSON file that RDS puts beside an export's data. AWS documents neither; members and spelling are those of real
/// files.</summary>
internal sealed class Manifest
{
    private readonly List<JsonObject> entries = [];
    private readonly List<JsonObject> skipped = [];
    private readonly List<JsonObject> general = [];

    public double Gigabytes { get; private set; }

    /// <summary>RDS's WarningMessage, or null where nothing was left out.</summary>
    public string? WarningMessage => skipped.Count + general.Count == 0 ? null : new JsonObject
    {
        ["skippedTables"] = Copy(skipped),
        ["skippedObjectives"] = new JsonArray(),
        ["general"] = Copy(general),
    }.ToJsonString(Plain);

    public void Exported(
        string target, TableExport table, IEnumerable<(SourceColumn Column, ParquetType Type)> columns, DateTimeOffset start,
        DateTimeOffset end)
    {
        var size = table.Size / (double)(1L << 30);
        Gigabytes += size;
        entries.Add(new JsonObject
        {
            ["tableStatistics"] = new JsonObject
            {
                ["extractionStartTime"] = Time(start),
                ["extractionEndTime"] = Time(end),
                ["partitioningInfo"] = new JsonObject
                {
                    ["numberOfPartitions"] = table.Batches,
                    ["numberOfCompletedPartitions"] = table.Batches,
                },
            },
            ["schemaMetadata"] = new JsonObject
            {
                ["originalTypeMappings"] = new JsonArray([.. columns.Select(c => Mapping(c.Column, c.Type))]),
            },
            ["status"] = "COMPLETE",
            ["sizeGB"] = size,
            ["target"] = target,
        });
    }

    public void Skipped(string target, string reason)
    {
        entries.Add(Warning(target, reason));
        skipped.Add(new JsonObject { ["target"] = target, ["reason"] = reason });
    }

    /// <summary>A database whose tables RDS could not list; its own <c>rdsadmin</c> is one.</summary>
    public void Unlisted(string database)
    {
        const string reason = "FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE";
        entries.Add(Warning(database, reason));
        if (general.Count == 0) general.Add(new JsonObject { ["reason"] = reason });
    }

    /// <summary>The export_tables_info files: name and content.</summary>
    public IEnumerable<(string Name, byte[] Content)> TableFiles(string taskId, int perFile)
    {
        var from = 1;
        foreach (var chunk in entries.Chunk(perFile))
        {
            var content = new JsonObject { ["perTableStatus"] = Copy(chunk) };
            yield return ($"export_tables_info_{taskId}_from_{from}_to_{from + chunk.Length - 1}.json", Bytes(content));
            from += chunk.Length;
        }
    }

    public byte[] Info(ExportJob job, string path, DateTimeOffset end) => Bytes(new JsonObject
    {
        ["exportTaskIdentifier"] = job.TaskId,
        ["sourceArn"] = job.SnapshotArn,
        ["exportOnly"] = new JsonArray([.. job.Only.Select(o => (JsonNode)o)]),
        ["snapshotTime"] = Time(job.SnapshotTime),
        ["taskStartTime"] = Time(job.TaskStartTime),
        ["taskEndTime"] = Time(end),
        ["s3Bucket"] = job.Bucket,
        ["s3Prefix"] = job.Prefix,
        ["exportedFilesPath"] = path,
        ["iamRoleArn"] = job.IamRoleArn,
        ["kmsKeyId"] = job.KmsKeyId,
        ["status"] = "COMPLETE",
        ["percentProgress"] = 100,
        ["totalExportedDataInGB"] = Gigabytes,
    });

    private static JsonObject Mapping(SourceColumn column, ParquetType type) => new()
    {
        ["columnName"] = column.Name,
        ["originalType"] = column.Type,
        ["expectedExportedType"] = type.ToString(),
        ["originalCharMaxLength"] = column.Length,
        ["originalNumPrecision"] = column.Precision,
        ["originalDateTimePrecision"] = column.TimePrecision,
    };

    private static JsonObject Warning(string target, string reason) =>
        new() { ["status"] = "COMPLETE", ["target"] = target, ["warningMessage"] = reason };

    private static JsonArray Copy(IEnumerable<JsonObject> items) => new([.. items.Select(i => i.DeepClone())]);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    private static byte[] Bytes(JsonObject content) => JsonSerializer.SerializeToUtf8Bytes(content, Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

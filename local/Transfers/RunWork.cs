using System.Security.Cryptography;
using System.Text;
using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.BigQuery;
using RdsBq.Local.Google;
using RdsBq.Local.S3;

namespace RdsBq.Local.Transfers;

/// <summary>What one run does: expand, list, choose, load. The wording of the log is the service's where it is documented
/// (transfer-troubleshooting).</summary>
internal sealed class RunWork(TransferNeeds needs, TransferOptions options)
{
    /// <param name="watermark">Start of the config's last successful run.</param>
    public async Task<RunOutcome> ExecuteAsync(string runName, TransferConfig config, DateTimeOffset runTime, DateTimeOffset? watermark,
        CancellationToken token)
    {
        var parameters = config.Params;
        var table = RunTimeTemplate.Expand(AmazonS3.Text(parameters, "destination_table_name_template"), runTime);
        var path = DataPath.Parse(RunTimeTemplate.Expand(AmazonS3.Text(parameters, "data_path"), runTime));
        if (needs.Faults.Take("dts.run", table, "fail") is { } fail)
            return RunOutcome.Failed(GoogleError.CodeOf(fail.Code, fail.Status), (true, fail.Message));
        if (needs.Faults.Take("dts.run", table, "cancel") is not null) return new RunOutcome(TransferState.Cancelled, StatusCode.Cancelled,
            []);
        if (Refused(parameters, path) is { } refusal) return RunOutcome.Failed(refusal.StatusCode, (true, refusal.Detail));

        var cutoff = needs.Clock.GetUtcNow() - options.Visibility;
        var copied = needs.Objects.List(path.Bucket, path.Prefix).Where(o => o.LastModified <= cutoff).ToList();
        var since = AmazonS3.Truncates(parameters) ? null : watermark;
        var files = copied.Where(o => path.Matches(o.Key) && (since is null || o.LastModified > since)).ToList();
        var moved = (false, $"Moving data from Amazon S3 to Google Cloud complete: Moved {copied.Count} object(s).");
        if (files.Count == 0 || needs.Faults.Take("dts.run", table, "nothing") is not null)
        {
            return new RunOutcome(TransferState.Succeeded, StatusCode.OK,
                [moved, (false, $"No new files found matching {path.Uri}."), (false, "Summary: succeeded 0 jobs, failed 0 jobs.")]);
        }
        if (TooMuch(path, files) is { } limit) return RunOutcome.Failed(StatusCode.ResourceExhausted, (true, limit));
        if (needs.Faults.Take("dts.run", table, "short") is not null) files.RemoveAt(files.Count - 1);
        return await LoadAsync(runName, config, table, files, moved, token);
    }

    private async Task<RunOutcome> LoadAsync(
        string runName, TransferConfig config, string table, List<StoredObject> files, (bool IsError, string Text) moved,
            CancellationToken token)
    {
        var job = new LoadJob(
            config.DestinationDatasetId, table, [.. files.Select(f => f.Path)], AmazonS3.Truncates(config.Params),
                AmazonS3.DecimalTargets(config.Params));
        var outcome = await needs.Load(job, token);
        var id = $"bqts_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runName)))[..24]}";
        if (outcome.Error is null)
        {
            var line = (false, $"Job {id} (table {table}) completed successfully. Number of records: {outcome.Rows}, with errors: 0.");
            return new RunOutcome(TransferState.Succeeded, StatusCode.OK,
                [moved, line, (false, "Summary: succeeded 1 jobs, failed 0 jobs.")]);
        }
        var code = outcome.Error.StartsWith("Not found",
            StringComparison.OrdinalIgnoreCase) ? StatusCode.NotFound : StatusCode.InvalidArgument;
        var error = $"Job {id} (table {table}) failed with error {GoogleError.NameOf(code)}: {outcome.Error}; JobID: {Estate.ProjectNumber}:{id}";
        return RunOutcome.Failed(code, moved, (true, error));
    }

    /// <summary>What S3 says to the key that the config carries.</summary>
    private Status? Refused(Struct parameters, DataPath path)
    {
        var secret = AmazonS3.Text(parameters, "access_key_id") switch
        {
            var id when id == needs.Estate.ReaderKeyId => needs.Estate.ReaderSecret,
            var id when id == needs.Estate.AdminKeyId => needs.Estate.AdminSecret,
            _ => null,
        };
        if (secret is null) return new Status(StatusCode.PermissionDenied,
            "The AWS Access Key Id you provided does not exist in our records.");
        if (secret != AmazonS3.Text(parameters, "secret_access_key"))
        {
            return new Status(StatusCode.PermissionDenied,
                "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        }
        return needs.Objects.RegionOf(path.Bucket) is null
            ? new Status(StatusCode.NotFound,
                "Failed to obtain the location of the source S3 bucket. Additional details: The specified bucket does not exist")
            : null;
    }

    private string? TooMuch(DataPath path, List<StoredObject> files)
    {
        var most = path.Wildcards > 1 ? options.MaximumFilesOfManyWildcards : options.MaximumFiles;
        if (files.Count > most) return FormattableString.Invariant($"Number of files in transfer exceeds limit of {most:n0}.");
        return files.Sum(f => f.Size) > options.MaximumBytes ? $"Size of files in transfer exceeds limit of {options.MaximumBytes} bytes." : null;
    }
}

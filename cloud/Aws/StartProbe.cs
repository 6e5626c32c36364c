using Amazon.RDS;
using Amazon.Runtime;
using RdsBq.Core.Checks;
using RdsBq.Core.Diagnosis;

namespace RdsBq.Cloud.Aws;

/// <summary>Asks for the right to start exports, without starting one: see <see cref="StartQuestion"/>.</summary>
public sealed class StartProbe(IAmazonRDS client)
{
    /// <param name="impossible">Of a snapshot that can't exist, else as a real start would be.</param>
    public Task<Answer> AskAsync(StartExport impossible, CancellationToken token) => AwsErrors.MapAsync(async () =>
    {
        try
        {
            var task = await client.StartExportTaskAsync(RdsExports.Request(impossible), token);
            return Answer.NotOk($"RDS took a snapshot that can't exist, for export task {task.ExportTaskIdentifier}", $"Cancel the task: {AwsMends.Cancel}");
        }
        catch (AmazonServiceException e)
        {
            return StartQuestion.Of(Diagnoses.Bare(e.ErrorCode), AwsErrors.Said(e)) ?? Answer.Of(AwsErrors.OfExport(e, impossible));
        }
    });
}

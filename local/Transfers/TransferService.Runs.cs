using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using RdsBq.Local.Google;
using Attempt = Google.Cloud.BigQuery.DataTransfer.V1.ListTransferRunsRequest.Types.RunAttempt;

namespace RdsBq.Local.Transfers;

/// <summary>Runs and their logs (https://cloud.google.com/bigquery/docs/working-with-transfers).</summary>
internal sealed partial class TransferService
{
    private static readonly TimeSpan Stagger = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBackfill = TimeSpan.FromDays(180);

    public override Task<StartManualTransferRunsResponse> StartManualTransferRuns(StartManualTransferRunsRequest request,
        ServerCallContext context)
    {
        lock (engine.Gate)
        {
            var config = Find(request.Parent);
            IReadOnlyList<DateTimeOffset> runTimes = request.TimeCase switch
            {
                StartManualTransferRunsRequest.TimeOneofCase.RequestedRunTime => [RunTime(request.RequestedRunTime)],
                StartManualTransferRunsRequest.TimeOneofCase.RequestedTimeRange =>
                    RunTimes(config, request.RequestedTimeRange.StartTime, request.RequestedTimeRange.EndTime),
                _ => throw GoogleError.Invalid("Either 'requested_run_time' or 'requested_time_range' must be specified."),
            };
            return Task.FromResult(new StartManualTransferRunsResponse { Runs = { Start(config, runTimes) } });
        }
    }

    public override Task<ScheduleTransferRunsResponse> ScheduleTransferRuns(ScheduleTransferRunsRequest request, ServerCallContext context)
    {
        lock (engine.Gate)
        {
            var config = Find(request.Parent);
            return Task.FromResult(new ScheduleTransferRunsResponse
            {
                Runs = { Start(config,
                RunTimes(config, request.StartTime, request.EndTime)) }
            });
        }
    }

    public override Task<TransferRun> GetTransferRun(GetTransferRunRequest request, ServerCallContext context)
    {
        lock (engine.Gate) return Task.FromResult(Shapes.Show(FindRun(request.Name).Run, engine.Options));
    }

    public override Task<Empty> DeleteTransferRun(DeleteTransferRunRequest request, ServerCallContext context)
    {
        lock (engine.Gate)
        {
            var run = FindRun(request.Name);
            run.Config.Runs.Remove(run);
        }
        return Task.FromResult(new Empty());
    }

    public override Task<ListTransferRunsResponse> ListTransferRuns(ListTransferRunsRequest request, ServerCallContext context)
    {
        lock (engine.Gate)
        {
            IEnumerable<RunEntry> runs = Find(request.Parent).Runs.AsEnumerable().Reverse();
            if (request.RunAttempt == Attempt.Latest) runs = runs.DistinctBy(r => r.Run.RunTime.ToDateTime().Date);
            if (request.States.Count > 0) runs = runs.Where(r => request.States.Contains(r.Run.State));
            var (items, next) = Page.Of(runs.ToList(), request.PageSize, request.PageToken);
            return Task.FromResult(new ListTransferRunsResponse
            {
                TransferRuns = { items.Select(r => Shapes.Show(r.Run, engine.Options)) },
                NextPageToken = next
            });
        }
    }

    public override Task<ListTransferLogsResponse> ListTransferLogs(ListTransferLogsRequest request, ServerCallContext context)
    {
        lock (engine.Gate)
        {
            var lines = FindRun(request.Parent).Log.Where(m => request.MessageTypes.Count == 0
                || request.MessageTypes.Contains(m.Severity)).ToList();
            var (items, next) = Page.Of(lines, request.PageSize, request.PageToken);
            return Task.FromResult(new ListTransferLogsResponse { TransferMessages = { items }, NextPageToken = next });
        }
    }

    /// <summary>The same request twice starts twice the runs: there is no key to tell them by.</summary>
    private IEnumerable<TransferRun> Start(ConfigEntry config, IReadOnlyList<DateTimeOffset> runTimes)
    {
        if (config.Config.Disabled)
            throw GoogleError.Of(StatusCode.FailedPrecondition, "Transfer config is disabled: no run can be started.");
        var now = engine.Now;
        return runTimes.Select((runTime, i) =>
            Shapes.Show(engine.AddRun(config, runTime, now + (Stagger * i), "").Run, engine.Options)).ToList();
    }

    private DateTimeOffset RunTime(Timestamp requested)
    {
        var runTime = requested.ToDateTimeOffset();
        return runTime <= engine.Now ? runTime : throw GoogleError.Invalid("requested_run_time must not be in the future.");
    }

    private List<DateTimeOffset> RunTimes(ConfigEntry config, Timestamp? startTime, Timestamp? endTime)
    {
        if (config.ScheduleText is not { } schedule)
            throw GoogleError.Invalid("Starting transfer run with on-demand schedule requires 'requested_run_time' to be specified.");
        if (startTime is null || endTime is null || startTime >= endTime)
            throw GoogleError.Invalid("The start time must be before the end time.");
        var (start, end) = (startTime.ToDateTimeOffset(), endTime.ToDateTimeOffset());
        if (end > engine.Now) throw GoogleError.Invalid("The end time must not be in the future.");
        if (end - start > LongestBackfill) throw GoogleError.Invalid($"A backfill spans at most {LongestBackfill.Days} days.");
        if (config.Runs.Exists(r => !r.IsOver && r.Run.Schedule.Length == 0))
            throw GoogleError.Of(StatusCode.FailedPrecondition, "A backfill of this transfer config is under way.");
        List<DateTimeOffset> times = [];
        for (var t = start; t < end; t += Schedule.Parse(schedule).Granularity) times.Add(t);
        return times;
    }

    private RunEntry FindRun(string name)
    {
        var scope = Scope.Of(name, "Invalid transfer run name.");
        var ids = scope.Ids("transferConfigs/*/runs/*", "Invalid transfer run name.");
        var config = engine.In(scope.Location ?? "us").FirstOrDefault(c => c.Id == ids[0]);
        return config?.Runs.Find(r => r.Id == ids[1]) ?? throw GoogleError.NotFound("Requested entity was not found.");
    }
}

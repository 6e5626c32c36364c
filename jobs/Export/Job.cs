using Microsoft.Extensions.Logging;
using RdsBq.Core.Transfers;
using RdsBq.Export.Checking;
using RdsBq.Export.Loading;
using RdsBq.Export.Logging;
using RdsBq.Export.Planning;
using RdsBq.Export.Publishing;
using RdsBq.Export.Reporting;
using RdsBq.Export.Settings;
using RdsBq.Export.Syncing;
using RdsBq.Export.Verbs;

namespace RdsBq.Export;

/// <summary>The whole job: what <c>Program</c> runs, and what the tests run.</summary>
internal sealed class Job(
    IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter error, TimeProvider time, bool terminal, CancellationToken token)
{
    private readonly LogSink sink = new(error);

    /// <param name="terminal">Standard error is a terminal: progress may redraw itself there.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args, IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter error, TimeProvider time, bool terminal, CancellationToken token)
    {
        var job = new Job(environment, output, error, time, terminal, token);
        return CommandLine.InvokeAsync(args, output, error,
        [
            ExportArguments.Command(job.ExportAsync), LoadArguments.Command(job.LoadAsync), SyncArguments.Command(job.SyncAsync),
            PlanArguments.Command(job.PlanAsync), StatusArguments.Command(job.StatusAsync), PublishArguments.Command(job.PublishAsync), DoctorArguments.Command(job.DoctorAsync),
        ]);
    }

    private Task<int> ExportAsync(ExportArguments arguments) => RunAsync("export", async wiring =>
    {
        var run = await ToldAsync(wiring, wiring.ExportVerb(), arguments.Again);
        await output.WriteLineAsync(run.ToString());
        if (!arguments.Wait) return Ending.Success;
        var follower = wiring.ExportFollower(arguments.Poll);
        var progress = new ExportProgress(wiring.Log, sink, error, terminal);
        var result = await progress.ShowAsync($"export task {run.Task.Id}", report => follower.FollowAsync(run, report, token));
        await output.WriteLineAsync(result.Line);
        return result.ExitCode;
    });

    // A person hears of it in the channel, and the caller by the exit code.
    private async Task<ExportedRun> ToldAsync(Wiring wiring, ExportVerb verb, bool again)
    {
        try
        {
            var run = await verb.RunAsync(again, token);
            await wiring.ExportTeller().TellAsync(null, run.How == "nothing to do" ? verb.Seen : null, run.Task.Id, token);
            return run;
        }
        catch (Core.StopException stop)
        {
            await wiring.ExportTeller().TellAsync(stop, verb.Seen, null, token);
            throw;
        }
    }

    private Task<int> LoadAsync(LoadArguments arguments) => RunAsync("load", async wiring =>
    {
        var result = await wiring.LoadTick(arguments.Retry)(token);
        await output.WriteLineAsync(result.Line);
        return result.ExitCode;
    });

    private Task<int> SyncAsync(SyncArguments arguments) => RunAsync("sync", async wiring =>
    {
        var options = new SyncOptions(arguments.Rotate, arguments.Prune, arguments.Enable);
        var report = await wiring.SyncVerb().RunAsync(options, arguments.DryRun, token);
        foreach (var line in arguments.Json ? [SyncJson.Of(report)] : report.Lines()) await output.WriteLineAsync(line);
        return report.Stop() is { } stop ? throw stop : Ending.Success;
    });

    private Task<int> PlanAsync(PlanArguments arguments) => RunAsync("plan", async wiring =>
    {
        var plan = await wiring.Plan()(token);
        if (arguments.Json) await output.WriteLineAsync(plan.ToJson());
        else await output.WriteLineAsync(new Screen(output, IsPlain).Draw(console => PlanScreen.Write(plan, console)));
        if (plan.Problems.Count > 0) throw Core.StopException.ForPerson(string.Join(Environment.NewLine, plan.Problems), "Mend the lines in the list of target tables (TARGET_TABLES).");
        return arguments.ExitCode && plan.Changes ? Core.StopException.ChangesPending : Ending.Success;
    });

    // https://no-color.org
    private bool IsPlain => environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };

    private Task<int> StatusAsync(StatusArguments arguments) => RunAsync("status", wiring => wiring.StatusVerb(output, IsPlain).RunAsync(arguments, token));

    private Task<int> PublishAsync(PublishArguments arguments) => RunAsync("publish", async wiring =>
    {
        await output.WriteLineAsync(await wiring.PublishVerb(output, IsPlain).RunAsync(arguments, token));
        return Ending.Success;
    });

    private Task<int> DoctorAsync(DoctorArguments arguments) => RunAsync("doctor", wiring => wiring.DoctorVerb(output, IsPlain).RunAsync(arguments, token));

    // Settings first, then the verb; whatever ends it becomes an exit code here and nowhere else.
    private async Task<int> RunAsync(string verb, Func<Wiring, Task<int>> run)
    {
        using var provider = new LineLoggerProvider(sink, FormatOf(verb), time);
        using var loggers = new LoggerFactory([provider]);
        var log = loggers.CreateLogger(verb);
        if (!JobSettings.TryRead(environment, out var settings, out var problems)) return Close(log, Ending.Of(problems));
        try
        {
            using var wiring = new Wiring(settings, log, time);
            return await run(wiring);
        }
#pragma warning disable CA1031 // The boundary of the process: every failure becomes an exit code and two last lines.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Close(log, Ending.Of(e, token.IsCancellationRequested));
        }
    }

    private LineFormat FormatOf(string verb) => environment.ContainsKey(CloudRunJob) ? LineFormats.Structured([KeyValuePair.Create("verb", verb)]) : LineFormats.Plain;

    // Cloud Run sets it to the job's name (https://cloud.google.com/run/docs/container-contract#jobs-env-vars).
    private const string CloudRunJob = "CLOUD_RUN_JOB";

    private static int Close(ILogger log, Ending ending)
    {
        foreach (var line in ending.Lines) log.Log(ending.Level, "{Line}", line);
        return ending.ExitCode;
    }
}

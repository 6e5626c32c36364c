using Grpc.Core;
using Microsoft.Extensions.Logging;
using RdsBq.Cloud.BigQuery;
using RdsBq.Cloud.Transfers;
using RdsBq.Core;
using RdsBq.Core.Settings;

namespace RdsBq.Export;

/// <summary>How a run of the job ends: its exit code, and the last words on standard error. The one place that knows both.</summary>
/// <param name="Lines">The reason, then what to do about it; none where all went well.</param>
internal sealed record Ending(int ExitCode, LogLevel Level, IReadOnlyList<string> Lines)
{
    public const int Success = 0;

    public static readonly Ending Well = new(Success, LogLevel.Information, []);

    /// <param name="stopped">The process was asked to stop.</param>
    public static Ending Of(Exception e, bool stopped) => e switch
    {
        StopException stop => new(stop.ExitCode, LevelOf(stop.ExitCode), [stop.Message, $"What to do: {stop.Mend}"]),
        OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } when stopped => new(
            StopException.TryAgain, LogLevel.Warning, ["Stopped by a signal before the end.", "What to do: run it again; it goes on from what is there."]),
        BigQueryException refused => Of(BigQueryErrors.Of(refused), stopped),
        RpcException refused => Of(GoogleErrors.Of(refused, "A call to Google"), stopped),
        HttpRequestException or TimeoutException => Of(StopException.Passing(
            $"No answer: {FirstLine(e.Message)}", "Nothing to do: the next run tries again. If it lasts, check the network.", e), stopped),
        // The message may be anyone's; the log redacts what looks like a credential, and the stack stays out.
        _ => new(StopException.NeedsPerson, LogLevel.Error, [$"Unexpected {e.GetType().Name}: {FirstLine(e.Message)}", "What to do: run it again; if it recurs, report this line."]),
    };

    /// <summary>Every problem in one message, one line each.</summary>
    public static Ending Of(IReadOnlyList<SettingsProblem> problems) => new(
        StopException.BadSettings, LogLevel.Error, [.. problems.Select(p => p.ToString()), $"{problems.Count} setting{(problems.Count == 1 ? "" : "s")} can't be used; nothing was called."]);

    private static LogLevel LevelOf(int exitCode) => exitCode == StopException.TryAgain ? LogLevel.Warning : LogLevel.Error;

    public static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('\r');
}

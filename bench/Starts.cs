using System.Diagnostics;
using RdsBq.Tests.Kit;

namespace RdsBq.Bench;

/// <summary>What starting cost.</summary>
/// <param name="First">From the process's start to the answer to its first event.</param>
/// <param name="Median">Of the events after it, each alone; milliseconds.</param>
/// <param name="PeakBytes">After all of them.</param>
public sealed record Start(TimeSpan First, double Median, long PeakBytes);

/// <summary>Starts a function and has it handle events one by one.</summary>
internal static class Starts
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="bodies">Of Pub/Sub's pushes.</param>
    public static async Task<Start> MeasureAsync(FunctionBuild build, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> bodies)
    {
        var port = Tools.FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        var own = new Dictionary<string, string?>(environment) { ["PORT"] = $"{port}" };
        var began = Stopwatch.GetTimestamp();
        await using var child = Child.Start(build.Program, build.Arguments, own, AppContext.BaseDirectory);
        await PostAsync(http, bodies[0], child, began);
        var first = Stopwatch.GetElapsedTime(began);
        var took = new List<double>();
        foreach (var body in bodies.Skip(1)) took.Add(await PostAsync(http, body, child, Stopwatch.GetTimestamp()));
        return new Start(first, took.Order().ElementAt(took.Count / 2), Measured.PeakOf(child.Id));
    }

    /// <returns>Milliseconds from request to answer.</returns>
    public static async Task<double> PostAsync(HttpClient http, string body, Child child, long since)
    {
        while (true)
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = new("application/json");
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await http.PostAsync(new Uri("/", UriKind.Relative), content);
                answer.EnsureSuccessStatusCode();
                return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && !child.HasExited && Stopwatch.GetElapsedTime(since) < Limit)
            {
                // It does not listen yet.
                await Task.Delay(2);
            }
        }
    }
}

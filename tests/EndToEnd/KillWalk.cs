using RdsBq.Local.Hosting;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>One place to kill at: the Index-th call of an operation in one phase of the way, before or after it takes effect.</summary>
/// <param name="Changes">The world may have changed by the time that it is reached.</param>
internal sealed record KillPoint(string Phase, string Operation, int Index, string When, bool Changes)
{
    public override string ToString() => $"{Phase}: {When} {Operation} #{Index + 1}";
}

/// <summary>Lists kill points from a journal, and brings a process to one of them.</summary>
internal static class KillWalk
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Both sides of every call. Calls that go out at once have no order of their own, so a call is known by its operation and number:
    /// whichever of them comes k-th is the one that is hit.
    /// </summary>
    public static IEnumerable<KillPoint> Points(string phase, IEnumerable<JournalEntry> calls)
    {
        var counts = new Dictionary<string, int>();
        var changes = false;
        foreach (var call in calls.Where(c => c.Operation != "pubsub.push"))
        {
            var index = counts[call.Operation] = counts.GetValueOrDefault(call.Operation, -1) + 1;
            changes |= call.Mutates;
            yield return new KillPoint(phase, call.Operation, index, "before", changes);
            yield return new KillPoint(phase, call.Operation, index, "after", changes);
        }
    }

    /// <summary>
    /// Points that leave the world as it was can follow each other in one world, each victim being the rerun of the one before; every other
    /// point gets a world of its own.
    /// </summary>
    public static IReadOnlyList<KillPoint[]> Chains(IEnumerable<KillPoint> points)
    {
        var all = points.ToLookup(p => p.Changes);
        return [.. all[true].Select(p => new[] { p }), .. all[false].GroupBy(p => p.Phase).SelectMany(g => g.Chunk(12))];
    }

    /// <summary>From now on the call of this point never answers.</summary>
    /// <returns>How many calls have hung before: what <see cref="KillAsync"/> goes on from.</returns>
    public static int Arm(CloudRun run, KillPoint point)
    {
        run.Cloud.Faults.Add(new Fault(point.Operation, "hang", When: point.When, Skip: point.Index));
        return Hung(run);
    }

    /// <summary>Waits until the process hangs at the armed point, kills it (SIGKILL), and takes the fault away.</summary>
    public static async Task KillAsync(CloudRun run, int hung, Child child)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Hung(run) == hung)
        {
            var said = $"\n{child.Output}\n{child.Error}";
            if (child.HasExited) throw new InvalidOperationException($"ended with {child.ExitCode} before the call{said}");
            if (TimeProvider.System.GetElapsedTime(started) > Limit) throw new TimeoutException($"the call did not come{said}");
            await Task.Delay(5);
        }
        child.Kill();
        run.Cloud.Faults.Clear();
    }

    /// <summary>Walks every chain in two lanes, each with a cloud of its own; what fails is told together.</summary>
    public static async Task AllAsync(IReadOnlyList<KillPoint[]> chains, Func<Task<CloudRun>> start, Func<CloudRun, KillPoint[], Task> walk)
    {
        var waiting = new System.Collections.Concurrent.ConcurrentQueue<KillPoint[]>(chains);
        var broken = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Lane(), Lane());
        Assert.True(broken.IsEmpty, $"{broken.Count} of {chains.Count} walks broke the promise:\n{string.Join('\n', broken)}");

        async Task Lane()
        {
            await using var run = await start();
            while (waiting.TryDequeue(out var chain))
            {
                try
                {
                    await run.Cloud.ResetAsync();
                    await walk(run, chain);
                    await SecretsCheck.AssertWorldCleanAsync(run);
                }
                catch (Exception e)
                {
                    broken.Add($"{string.Join(", ", chain.AsEnumerable())}: {e.Message}");
                    if (broken.Count > 5) waiting.Clear();
                }
            }
            SecretsCheck.AssertSaidNothing(run);
        }
    }

    private static int Hung(CloudRun run) =>
        run.Cloud.Journal.Entries.Count(e => e.Fault is { } fault && fault.StartsWith("hang", StringComparison.Ordinal));
}

using RdsBq.Core.Reports;

namespace RdsBq.Core.Alerts;

/// <summary>What is too long for a run's message and goes to its thread: one reply a cause, not one a table.</summary>
internal static class ThreadDetails
{
    private const int Most = 8;
    private const int Characters = 2800;

    /// <param name="named">As many lines as the message itself has.</param>
    public static IReadOnlyList<ThreadDetail> Of(IReadOnlyList<Trouble> troubles, int named)
    {
        var logs = troubles.Where(t => t is { Kind: TroubleKind.Failed, Detail: not null })
            .GroupBy(t => t.Finding?.Id ?? SlackText.Fingerprint(t.Detail!.Split('\n')[0]), StringComparer.Ordinal)
            .Select(g => (Key: $"failed {g.Key}", First: g.OrderBy(t => t.Since).ThenBy(t => t.Table, StringComparer.Ordinal).First()))
            .Select(g => new ThreadDetail(g.Key, $"The log of {g.First.Table}", SlackText.Cut(g.First.Detail!, Characters)));
        var exports = troubles.Where(t => t is { Kind: TroubleKind.ExportFailed, Detail: not null })
            .Select(t => new ThreadDetail("export failed", "What RDS says", SlackText.Cut(t.Detail!, Characters)));
        var stops = troubles.Where(t => t.Kind is TroubleKind.Overdue or TroubleKind.Stale && t.Detail != t.What)
            .Select(t => new ThreadDetail($"{t.Kind} {SlackText.Fingerprint(t.Detail!)}".ToLowerInvariant(), t.What, SlackText.Cut(t.Detail!, Characters)));
        var values = troubles.Where(t => t is { Kind: TroubleKind.Uncast, Detail: not null })
            .Select(t => new ThreadDetail($"uncast {t.Table}", $"{t.Table}: values that the view shows as NULL", SlackText.Cut(t.Detail!, Characters)));
        return [.. logs.Concat(exports).Concat(stops).Concat(values).Concat(Rest(troubles, named)).Take(Most)];
    }

    /// <summary>What the export left out and what has changed does not grow any more: as much of it as there is room for.</summary>
    private static IEnumerable<ThreadDetail> Rest(IReadOnlyList<Trouble> troubles, int named)
    {
        foreach (var (kind, key, title) in ((TroubleKind, string, string)[])[(TroubleKind.Skipped, "skipped", "Left out by the export"), (TroubleKind.Changed, "changed", "Changed at the source")])
        {
            var own = troubles.Where(t => t.Kind == kind).ToList();
            if (own.Count > named) yield return new ThreadDetail(key, title, Fit([.. own.Select(t => SlackText.OneLine(t.Line))]));
        }
    }

    private static string Fit(List<string> lines)
    {
        var (text, count) = ("", 0);
        foreach (var line in lines)
        {
            if (text.Length + line.Length + 1 > Characters) break;
            text += line + "\n";
            count++;
        }
        return count == lines.Count ? text.TrimEnd() : $"{text}and {Words.Number(lines.Count - count)} more: the ledger has them all";
    }
}

using RdsBq.Core.Diagnosis;
using RdsBq.Core.Reports;

namespace RdsBq.Core.Alerts;

/// <summary>
/// The causes that are known of a run's open troubles, the most frequent first. 500 tables that failed for one reason need one mend, said once: a table's line
/// then says that it failed, and where there are several causes, for which.
/// </summary>
internal sealed class Causes
{
    private const int Most = 3;

    public static readonly Causes None = new([]);

    private readonly List<(Finding Finding, int Tables)> named;

    private Causes(List<(Finding Finding, int Tables)> named) => this.named = named;

    public IEnumerable<Advice> Advice => named.Select((n, i) => new Advice(Number(i, n.Tables) + n.Finding.Cause, n.Finding.Mend, n.Finding.Command, n.Finding.Page));

    public static Causes Of(IReadOnlyList<Trouble> troubles) => new(
    [
        .. troubles.Where(t => t is { IsOpen: true, Finding: not null }).GroupBy(t => t.Finding!.Id, StringComparer.Ordinal)
            .OrderBy(g => g.Min(t => t.Kind)).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(Most)
            .Select(g => (g.First().Finding!, g.Count())),
    ]);

    public string LineOf(Trouble trouble)
    {
        var cause = trouble is { IsOpen: true, Kind: TroubleKind.Failed } ? named.FindIndex(n => n.Finding.Id == trouble.Finding?.Id) : -1;
        return cause >= 0 && named.Count > 1 ? $"{trouble.Line} (cause {cause + 1})" : trouble.Line;
    }

    private string Number(int cause, int tables) => named.Count > 1 ? $"Cause {cause + 1}, {Words.Count(tables, "table")}: " : "";
}

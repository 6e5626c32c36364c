using RdsBq.Tests.Kit;

namespace RdsBq.Tests.Infra;

/// <summary>Every shell script of the repository.</summary>
public sealed class ShellScripts
{
    [RequiresFact("shellcheck")]
    public async Task Shellcheck_finds_nothing_in_them()
    {
        var scripts = Runnable().ToList();
        Assert.Contains("infra/gcp/bootstrap.sh", scripts);
        // -x follows what a script sources, -a reports what is found there too.
        await using var child = Child.Start(Tools.Find("shellcheck")!, ["-x", "-a", .. scripts]);
        Assert.True(await child.WaitAsync(TimeSpan.FromMinutes(2)) == 0, child.Output + child.Error);
    }

    [Fact]
    public void They_stop_at_the_first_error_and_explain_themselves()
    {
        Assert.All(Runnable(), s => Assert.Contains("\nset -euo pipefail\n", Repo.Text(s), StringComparison.Ordinal));
        Assert.All(Infra().Where(Starts), s => Assert.Matches(@"(?m)^#   --help +\S", Repo.Text(s)));
        Assert.All(Infra().Where(Starts), s => Assert.Matches(@"(?m)^#   --dry-run +\S", Repo.Text(s)));
    }

    [Fact]
    public void Each_is_sourced_by_one_or_runs_by_itself() =>
        Assert.All(Infra().Where(s => !Starts(s)), s => Assert.Contains(
            Runnable(), r => Repo.Text(r).Contains($"/{Path.GetFileName(s)}\"", StringComparison.Ordinal)));

    private static IEnumerable<string> Infra() => Repo.Ending(".sh").Where(s => s.StartsWith("infra/gcp/", StringComparison.Ordinal));

    private static IEnumerable<string> Runnable() => Repo.Ending(".sh").Append(".ci/run").Where(Starts);

    private static bool Starts(string script) => Repo.Text(script).StartsWith("#!", StringComparison.Ordinal);
}

using RdsBq.Core.Transfers;

namespace RdsBq.Core.Checks;

/// <summary>Whether the transfer configs that are there can be used as they are. Which tables are wanted is for <c>plan</c> to say.</summary>
public static class ConfigJudge
{
    private const int MostNames = 3;

    /// <param name="configs">Every S3 config of the project and location, others' too.</param>
    public static Answer Judge(IReadOnlyList<ConfigSummary> configs, ConfigScope scope, string topic)
    {
        var ours = configs.Where(scope.Holds).OrderBy(c => c.DisplayName, StringComparer.Ordinal).ToList();
        if (ours.Count == 0) return Answer.Ok("none yet; load makes them");
        var off = ours.Where(c => c.Disabled).ToList();
        var elsewhere = ours.Where(c => c.NotificationTopic != topic).ToList();
        var otherwise = ours.Where(c => c.LoadOptions != LoadOptions.Wanted).ToList();
        List<string> problems =
        [
            .. Problem(off, "switched off"), .. Problem(elsewhere, $"not telling {topic}"), .. Problem(otherwise, "loading with other options"),
        ];
        return problems.Count == 0
            ? Answer.Ok($"{ours.Count}, all on and telling {topic}")
            : Answer.NotOk($"of {ours.Count} {string.Join("; ", problems)}", off.Count > 0 ? "Make them right: rdsbq sync --enable" : "Make them right: rdsbq sync");
    }

    private static IEnumerable<string> Problem(List<ConfigSummary> configs, string what)
    {
        if (configs.Count == 0) yield break;
        var names = string.Join(", ", configs.Take(MostNames).Select(c => c.DisplayName));
        yield return $"{configs.Count} {(configs.Count == 1 ? "is" : "are")} {what} ({names}{(configs.Count > MostNames ? ", …" : "")})";
    }
}

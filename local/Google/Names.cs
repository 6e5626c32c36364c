using System.Text.RegularExpressions;
using Grpc.Core;

namespace RdsBq.Local.Google;

/// <summary>The head of every resource name: project by id or number, location in any case.</summary>
/// <param name="Location">Lower case; null where the name has none.</param>
/// <param name="Rest">What follows, e.g. <c>transferConfigs/x/runs/y</c>.</param>
internal sealed partial record Scope(string? Location, string Rest)
{
    public static Scope Of(string name, string problem)
    {
        if (Head().Match(name) is not { Success: true } match) throw GoogleError.Invalid(problem);
        var project = match.Groups["project"].Value;
        if (project != Estate.Project && project != $"{Estate.ProjectNumber}")
            throw GoogleError.Of(StatusCode.PermissionDenied, "The caller does not have permission");
        var location = match.Groups["location"];
        return new Scope(location.Success ? location.Value.ToLowerInvariant() : null, match.Groups["rest"].Value);
    }

    /// <summary>The ids of a name of this shape, e.g. <c>transferConfigs/*/runs/*</c>, or an INVALID_ARGUMENT.</summary>
    public IReadOnlyList<string> Ids(string shape, string problem)
    {
        var match = Regex.Match(Rest, "^" + Regex.Escape(shape).Replace(@"\*", "([^/]+)", StringComparison.Ordinal) + "$");
        return match.Success ? [.. match.Groups.Values.Skip(1).Select(g => g.Value)] : throw GoogleError.Invalid(problem);
    }

    [GeneratedRegex("^projects/(?<project>[^/]+)(/locations/(?<location>[^/]+))?(/(?<rest>.+))?$")]
    private static partial Regex Head();
}

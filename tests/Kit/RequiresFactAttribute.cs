using Xunit;

namespace RdsBq.Tests.Kit;

/// <summary>A fact that needs programs which may be absent; it skips with the reason where they are, and CI sets <c>CI</c> so that it cannot.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs)
    {
        Programs = programs;
        var missing = programs.Where(p => Tools.Find(p) is null).ToList();
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("CI") is null)
            Skip = $"needs {string.Join(", ", missing)}, which this machine does not have";
    }

    public IReadOnlyList<string> Programs { get; }
}

using Xunit;

namespace RdsBq.Tests.Kit;

/// <summary>As <see cref="RequiresFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = new RequiresFactAttribute(programs).Skip;
    }

    public IReadOnlyList<string> Programs { get; }
}

namespace RdsBq.Core.Runs;

/// <summary>A stretch of a template: literal text, or one part of the run time (then <see cref="Literal"/> is empty).</summary>
internal readonly record struct TemplatePiece(RunTimeUnit? Field, string Literal)
{
    public int Length => Field is { } unit ? unit.Width() : Literal.Length;
}

namespace RdsBq.Core.Settings;

/// <summary>One setting that can't be used. All problems are reported at once.</summary>
/// <param name="Value">As given; never shown for secrets; null where the setting is missing.</param>
/// <param name="Expected">What would be accepted, in words that tell the mend.</param>
public sealed record SettingsProblem(string Name, string? Value, string Expected)
{
    public override string ToString() => Value is null ? $"{Name} is not set; expected {Expected}" : $"{Name}='{Value}'; expected {Expected}";
}

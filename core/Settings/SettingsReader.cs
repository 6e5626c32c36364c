using System.Globalization;

namespace RdsBq.Core.Settings;

/// <summary>
/// Reads settings and gathers every problem, so that all of them are reported at once. An empty variable counts as not set.
/// </summary>
public sealed class SettingsReader(IReadOnlyDictionary<string, string> environment)
{
    // Far beyond any use, and safe to add to any date of this century.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    private readonly List<SettingsProblem> problems = [];

    public IReadOnlyList<SettingsProblem> Problems => problems;

    /// <summary>The value; empty, with a problem noted, where it is missing or not valid.</summary>
    public string Required(string name, string expected, Func<string, bool>? valid = null)
    {
        if (Value(name) is null) Refuse(name, null, expected);
        return Maybe(name, expected, valid) ?? "";
    }

    public string Optional(string name, string fallback, string expected, Func<string, bool>? valid = null) =>
        Maybe(name, expected, valid) ?? fallback;

    public string? Maybe(string name, string expected, Func<string, bool>? valid = null)
    {
        var value = Value(name);
        if (value is null || valid is null || valid(value)) return value;
        Refuse(name, value, expected);
        return null;
    }

    /// <summary>A whole number above zero with its unit: 90s, 15m, 26h, 7d.</summary>
    public TimeSpan Duration(string name, TimeSpan fallback)
    {
        const string expected = "a duration such as 90s, 15m, 26h or 7d";
        var value = Value(name);
        if (value is null) return fallback;
        if (TryDuration(value, out var duration)) return duration;
        Refuse(name, value, expected);
        return fallback;
    }

    public T Choice<T>(string name, T fallback, IReadOnlyDictionary<string, T> choices)
    {
        var value = Value(name);
        if (value is null) return fallback;
        foreach (var (word, choice) in choices)
        {
            if (string.Equals(word, value, StringComparison.OrdinalIgnoreCase)) return choice;
        }
        Refuse(name, value, "one of " + string.Join(", ", choices.Keys.Order(StringComparer.Ordinal)));
        return fallback;
    }

    /// <summary>
    /// Notes a problem. Where a setting names a secret, its value is not shown: people paste the secret itself there by mistake.
    /// </summary>
    public void Refuse(string name, string? value, string expected)
    {
        var shown = value is not null && name.EndsWith("_SECRET", StringComparison.Ordinal) ? "(not shown)" : value;
        problems.Add(new SettingsProblem(name, shown, expected));
    }

    private string? Value(string name) => environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var read = int.TryParse(text.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (seconds == 0 || !read || number is 0 || number > Longest.TotalSeconds / seconds) return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}

namespace RdsBq.Local.Sources;

/// <summary>Random-looking numbers that are a function of seed, table and row alone, so that any row can be made without the ones before
/// it.</summary>
internal readonly struct Dice(ulong state)
{
    public static Dice Of(int seed, string table, long row)
    {
        var state = (ulong)seed;
        foreach (var letter in table) state = Mix(state ^ letter);
        return new Dice(Mix(state ^ (ulong)row));
    }

    /// <summary>The row's <paramref name="salt"/>-th number.</summary>
    public ulong Roll(int salt) => Mix(state + ((ulong)salt * 0x9E3779B97F4A7C15));

    /// <summary>From 0 to <paramref name="sides"/> - 1.</summary>
    public int Roll(int salt, int sides) => (int)(Roll(salt) % (ulong)sides);

    public string Pick(int salt, params ReadOnlySpan<string> of) => of[Roll(salt, of.Length)];

    // SplitMix64's finisher (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

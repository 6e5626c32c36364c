using RdsBq.Core.Runs;

namespace RdsBq.Core.Exports;

/// <summary>
/// What RDS takes as an ExportTaskIdentifier (its own error message states the letters; 60 is what it was seen to refuse above).
/// </summary>
public static class ExportTaskIds
{
    public const int MaxLength = 60;

    private static readonly RunTime AnyRunTime = RunTime.At(DateTimeOffset.UnixEpoch);

    /// <summary>
    /// Why the ids of a template can't be used; null when every one can. Upper case is refused although RDS takes it: whether AWS folds the
    /// case is not documented, and the id is the folder that DTS looks for, letter by letter.
    /// </summary>
    public static string? Problem(RunTimeTemplate template)
    {
        // Every run time renders with the same length and with digits in the same places, so that one id speaks for all.
        var id = template.Format(AnyRunTime);
        if (id.Length > MaxLength) return $"its ids are {id.Length} characters long; RDS takes {MaxLength}";
        if (id[0] is not (>= 'a' and <= 'z')) return $"its ids begin with '{id[0]}'; RDS wants a letter, and this project a lower-case one";
        foreach (var letter in id)
        {
            if (letter is >= 'A' and <= 'Z')
                return $"its ids hold '{letter}'; only lower case is safe, because the id is also a folder's name";
            if (letter is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return $"its ids hold '{letter}'; RDS takes only letters, digits and hyphens";
        }
        if (id[^1] == '-') return "its ids end with a hyphen, which RDS refuses";
        return id.Contains("--", StringComparison.Ordinal) ? "its ids hold two hyphens in a row, which RDS refuses" : null;
    }
}

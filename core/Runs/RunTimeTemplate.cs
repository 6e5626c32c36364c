using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RdsBq.Core.Runs;

/// <summary>
/// Text such as <c>export-id-{env}-{run_time|"%Y%m%d-%H%M"}</c>: renders run times, reads them back, and writes the same template for DTS,
/// so that the id which an export gets is the folder that its transfer run looks in. Formats: %Y %m %d %H %M, %F, %%; always UTC.
/// </summary>
public sealed class RunTimeTemplate
{
    private static readonly Dictionary<string, string> NoNames = [];
    private readonly IReadOnlyList<TemplatePiece> pieces;
    private readonly RunTimeUnit unit;
    private readonly string transfer;

    private RunTimeTemplate(string text, TemplateParser read)
    {
        Text = text;
        pieces = read.Pieces;
        unit = read.Finest;
        transfer = read.Transfer;
    }

    /// <summary>As it was written, names unresolved.</summary>
    public string Text { get; }

    /// <summary>Time between two texts that differ: a minute, an hour or a day; null for months and years, which vary.</summary>
    public TimeSpan? FixedStep => unit.FixedStep();

    /// <param name="names">Values of the placeholders other than run_time and run_date.</param>
    /// <param name="problem">Why the text is refused.</param>
    public static bool TryParse(
        string text,
        IReadOnlyDictionary<string, string> names,
        [NotNullWhen(true)] out RunTimeTemplate? template,
        [NotNullWhen(false)] out string? problem)
    {
        var parser = new TemplateParser(text, names);
        problem = parser.Read();
        template = problem is null ? new RunTimeTemplate(text, parser) : null;
        return template is not null;
    }

    /// <exception cref="FormatException">The text is refused; the message is the reason.</exception>
    public static RunTimeTemplate Parse(string text, IReadOnlyDictionary<string, string>? names = null) =>
        TryParse(text, names ?? NoNames, out var template, out var problem) ? template : throw new FormatException(problem);

    /// <summary>
    /// The first minute of the unit (minute, hour, day, month, year) that holds the instant: all that the template can tell apart.
    /// </summary>
    public RunTime Truncate(DateTimeOffset instant) => RunTime.At(unit.Truncate(instant));

    /// <summary>The first later run time that renders differently.</summary>
    public RunTime Next(RunTime t) => RunTime.At(unit.After(unit.Truncate(t.Instant)));

    public string Format(RunTime t)
    {
        var text = new StringBuilder();
        foreach (var (field, literal) in pieces)
        {
            if (field is { } part) text.Append(part.Of(t.Instant).ToString($"D{part.Width()}", CultureInfo.InvariantCulture));
            else text.Append(literal);
        }
        return text.ToString();
    }

    /// <summary>
    /// The inverse of <see cref="Format"/>: gives the truncated run time of a text that this template rendered, and refuses every other
    /// text.
    /// </summary>
    public bool TryRead(string text, out RunTime t)
    {
        t = default;
        Span<int> values = [-1, -1, -1, -1, -1];
        var rest = text.AsSpan();
        foreach (var piece in pieces)
        {
            if (rest.Length < piece.Length || !Matches(piece, rest[..piece.Length], values)) return false;
            rest = rest[piece.Length..];
        }
        return rest.IsEmpty && TryBuild(values, out t);
    }

    /// <summary>The template in DTS's syntax: names resolved, placeholders of the run time kept, literals escaped.</summary>
    public string ToTransferTemplate() => transfer;

    public override string ToString() => Text;

    private static bool Matches(TemplatePiece piece, ReadOnlySpan<char> text, Span<int> values)
    {
        if (piece.Field is not { } field) return text.SequenceEqual(piece.Literal);
        if (text.ContainsAnyExceptInRange('0', '9')) return false;
        var value = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        ref var seen = ref values[(int)field];
        var agrees = seen < 0 || seen == value;
        seen = value;
        return agrees;
    }

    private static bool TryBuild(ReadOnlySpan<int> values, out RunTime t)
    {
        t = default;
        var (year, month, day) = (values[0], values[1] < 0 ? 1 : values[1], values[2] < 0 ? 1 : values[2]);
        var (hour, minute) = (Math.Max(values[3], 0), Math.Max(values[4], 0));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
            return false;
        t = RunTime.At(new DateTimeOffset(year, month, day, hour, minute, 0, TimeSpan.Zero));
        return true;
    }
}

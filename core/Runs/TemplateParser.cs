using System.Text;

namespace RdsBq.Core.Runs;

/// <summary>Reads a template's text into pieces, and into the same template as DTS writes it. The first problem ends the reading.</summary>
internal sealed class TemplateParser(string text, IReadOnlyDictionary<string, string> names)
{
    private readonly List<TemplatePiece> pieces = [];
    private readonly StringBuilder transfer = new();

    public IReadOnlyList<TemplatePiece> Pieces => pieces;

    public string Transfer => transfer.ToString();

    public RunTimeUnit Finest { get; private set; }

    /// <summary>The reason why the text is refused; null when it is a template.</summary>
    public string? Read()
    {
        for (var at = 0; at < text.Length; at++)
        {
            var problem = text[at] switch
            {
                '\\' => ReadEscape(ref at),
                '{' => ReadBraces(ref at),
                '}' => "a } without its {; a literal one is written \\}",
                _ => ReadLiteral(text[at]),
            };
            if (problem is not null) return problem;
        }
        return CheckUnits();
    }

    private string? ReadLiteral(char letter)
    {
        AddLiteral(letter.ToString());
        return null;
    }

    private string? ReadEscape(ref int at)
    {
        at++;
        if (at >= text.Length || text[at] is not ('{' or '}')) return "a backslash may only stand before { or }";
        AddLiteral(text[at].ToString());
        return null;
    }

    private string? ReadBraces(ref int at)
    {
        var end = text.IndexOf('}', at);
        if (end < 0) return "a { without its }; a literal one is written \\{";
        var body = text[(at + 1)..end];
        at = end;
        if (body.Any(char.IsWhiteSpace)) return $"{{{body}}} has a blank inside the braces, which DTS refuses";
        if (body == "run_date") return AddPlaceholder(body, "%Y%m%d");
        return body.StartsWith("run_time", StringComparison.Ordinal) ? ReadRunTime(body) : ReadName(body);
    }

    private string? ReadName(string name)
    {
        if (!names.TryGetValue(name, out var value))
            return $"{{{name}}} is not known; known are {string.Join(", ", ["run_time", "run_date", .. names.Keys.Order(StringComparer.Ordinal)])}";
        if (value.Contains('\\', StringComparison.Ordinal))
            return $"the value of {{{name}}} has a backslash, which DTS can't be given literally";
        AddLiteral(value);
        return null;
    }

    private string? ReadRunTime(string body)
    {
        var rest = body["run_time".Length..];
        if (rest is ['+' or '-', ..])
            return $"{{{body}}} has an offset: an id and the run that it names would then mean different instants";
        if (rest is not ['|', '"', .., '"'] || rest.Length < 4)
            return $"{{{body}}} must be written {{run_time|\"format\"}}, e.g. {{run_time|\"%Y%m%d-%H%M\"}}";
        return AddPlaceholder(body, rest[2..^1]);
    }

    private string? AddPlaceholder(string body, string format)
    {
        for (var at = 0; at < format.Length; at++)
        {
            var next = at + 1 < format.Length ? format[at + 1] : '\0';
            var problem = format[at] switch
            {
                '%' => AddField(format, next),
                '\\' when next is '"' or '|' => ReadLiteralInFormat(next),
                '\\' => $"in {{{body}}} a backslash may only stand before \" or |",
                '"' or '|' => $"in {{{body}}} a literal {format[at]} is written \\{format[at]}",
                '{' => $"in {{{body}}} a {{ can't be written",
                _ => ReadLiteralInFormat(format[at]),
            };
            if (problem is not null) return problem;
            if (format[at] is '%' or '\\') at++;
        }
        transfer.Append('{').Append(body).Append('}');
        return null;
    }

    private string? ReadLiteralInFormat(char letter)
    {
        pieces.Add(new TemplatePiece(null, letter.ToString()));
        return null;
    }

    private string? AddField(string format, char letter)
    {
        switch (letter)
        {
            case '%':
                pieces.Add(new TemplatePiece(null, "%"));
                return null;
            case 'F':
                pieces.AddRange(
                    [Field(RunTimeUnit.Year), new(null, "-"), Field(RunTimeUnit.Month), new(null, "-"), Field(RunTimeUnit.Day)]);
                return null;
        }
        var unit = "YmdHM".IndexOf(letter, StringComparison.Ordinal);
        if (unit < 0) return $"%{(letter == '\0' ? "" : letter)} in \"{format}\" can't be read back; use %Y %m %d %H %M, %F or %%";
        pieces.Add(Field((RunTimeUnit)unit));
        return null;
    }

    private static TemplatePiece Field(RunTimeUnit unit) => new(unit, "");

    private void AddLiteral(string literal)
    {
        pieces.Add(new TemplatePiece(null, literal));
        transfer.Append(TransferText.Escape(literal));
    }

    private string? CheckUnits()
    {
        var used = pieces.Where(p => p.Field is not null).Select(p => p.Field!.Value).ToHashSet();
        if (used.Count == 0) return "it has no run time in it, so that every run would have the same name; add {run_time|\"%Y%m%d-%H%M\"}";
        Finest = used.Max();
        foreach (var coarser in Enum.GetValues<RunTimeUnit>().Where(u => u < Finest && !used.Contains(u)))
            return $"it has %{Finest.Letter()} but no %{coarser.Letter()}, so that a run time could not be read back";
        return null;
    }
}

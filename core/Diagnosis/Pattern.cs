namespace RdsBq.Core.Diagnosis;

/// <summary>
/// Words that have to be in a line, whatever their case: <c>…</c> stands for anything (names and numbers differ), <c>^</c> in front and <c>$</c> behind
/// bind it to the line's ends. Nothing else is special: the vendors change the words around the ones that matter.
/// </summary>
internal sealed class Pattern(string words)
{
    private readonly string[] pieces = words.TrimStart('^').TrimEnd('$').Split('…');
    private readonly bool atStart = words.StartsWith('^');
    private readonly bool atEnd = words.EndsWith('$');

    public bool IsIn(string line)
    {
        var at = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            var found = i == pieces.Length - 1 && atEnd ? Last(line, pieces[i], at) : line.IndexOf(pieces[i], at, StringComparison.OrdinalIgnoreCase);
            if (found < 0 || (i == 0 && atStart && found > 0)) return false;
            at = found + pieces[i].Length;
        }
        return true;
    }

    private static int Last(string line, string piece, int from) =>
        line.Length - piece.Length >= from && line.EndsWith(piece, StringComparison.OrdinalIgnoreCase) ? line.Length - piece.Length : -1;
}

using System.Globalization;
using System.Text;

namespace RdsBq.Core.Tables;

/// <summary>
/// Table ids as BigQuery takes them: Unicode letters, marks, numbers, connectors, dashes and spaces, at most 1,024 bytes of UTF-8.
/// </summary>
internal static class ViewNames
{
    /// <summary>Landing tables add _ and twelve digits to the name.</summary>
    private const int MostBytes = 1024 - 13;

    /// <summary>The table's own name where there is one schema to speak of (public, MySQL's database), else <c>schema_table</c>.</summary>
    public static string Of(SourceTable table)
    {
        var name = table.Schema == "public" || table.Schema == table.Database ? table.Name : $"{table.Schema}_{table.Name}";
        return string.Concat(name.EnumerateRunes().Select(r => IsTaken(r) ? r.ToString() : "_"));
    }

    public static bool IsValid(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MostBytes && name.EnumerateRunes().All(IsTaken);

    private static bool IsTaken(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.SpaceSeparator;
}

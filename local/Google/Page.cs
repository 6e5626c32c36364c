using System.Globalization;

namespace RdsBq.Local.Google;

/// <summary>One page of a listing. Google's lists have a page size of their own where none is asked for, and never exceed it.</summary>
internal static class Page
{
    public static (IReadOnlyList<T> Items, string NextToken) Of<T>(IReadOnlyList<T> all, int size, string token, int largest = 1000)
    {
        if (size < 0) throw GoogleError.Invalid("Page size must not be negative.");
        var from = 0;
        if (token.Length > 0 && (token[0] != 'p'
            || !int.TryParse(token.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out from)))
            throw GoogleError.Invalid("Invalid page token.");
        var until = Math.Min(all.Count, from + (size == 0 ? largest : Math.Min(size, largest)));
        return ([.. all.Skip(from).Take(until - from)], until < all.Count ? $"p{until}" : "");
    }
}

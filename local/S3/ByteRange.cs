using System.Globalization;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>One range of a Range header, resolved against an object's size: first byte and count.</summary>
internal readonly record struct ByteRange(long From, long Count)
{
    public long To => From + Count - 1;

    /// <summary>Null where the whole object is meant: S3 serves one range and takes anything else for none.</summary>
    /// <exception cref="AwsException">InvalidRange 416.</exception>
    public static ByteRange? Read(string header, long size)
    {
        if (!header.StartsWith("bytes=", StringComparison.Ordinal)
            || header["bytes=".Length..].Split('-') is not [var first, var last]) return null;
        long? from = Number(first), to = Number(last);
        if ((first.Length > 0 && from is null) || (last.Length > 0 && to is null) || (from is null && to is null) || to < from) return null;
        var (start, end) = from is null ? (Math.Max(0, size - to!.Value), size - 1) : (from.Value, Math.Min(to ?? long.MaxValue, size - 1));
        if (start >= size || (from is null && to == 0))
        {
            throw new AwsException(416, "InvalidRange", "The requested range is not satisfiable")
            {
                Details = new Dictionary<string, string>
                {
                    ["RangeRequested"] = header,
                    ["ActualObjectSize"] = size.ToString(CultureInfo.InvariantCulture),
                },
            };
        }
        return new ByteRange(start, end - start + 1);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

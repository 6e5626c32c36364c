using System.Globalization;
using System.Text;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>Marker and MaxRecords (20 to 100, default 100) of the Describe operations.</summary>
internal static class Paging
{
    private const int Most = 100;
    private const int Least = 20;

    public static (IReadOnlyList<T> Page, string? Marker) Page<T>(QueryRequest request, IReadOnlyList<T> all)
    {
        var size = request.Number("MaxRecords") ?? Most;
        if (size is < Least or > Most)
            throw new AwsException(400, "InvalidParameterValue",
                $"Invalid value {size} for MaxRecords. Must be between {Least} and {Most}");
        var from = request.Text("Marker") is { } marker ? Read(marker) : 0;
        var next = from + size;
        return (all.Skip(from).Take(size).ToList(), next < all.Count ? Write(next) : null);
    }

    private static string Write(int offset) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"rds-page:{offset}"));

    private static int Read(string marker)
    {
        var bytes = new byte[marker.Length];
        var text = Convert.TryFromBase64String(marker, bytes, out var length) ? Encoding.ASCII.GetString(bytes, 0, length) : "";
        return text.Split(':') is ["rds-page", var offset]
            && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? from
            : throw new AwsException(400, "InvalidParameterValue", $"Invalid value {marker} for Marker.");
    }
}

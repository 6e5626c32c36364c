using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using RdsBq.Local.Aws;

namespace RdsBq.Local.S3;

/// <summary>
/// Undoes the <c>aws-chunked</c> encoding of an upload (S3 API reference, "Signature calculations: transferring payload in multiple
/// chunks"): <c>hex-size[;chunk-signature=…]\r\n data \r\n … 0\r\n trailers \r\n</c>. The request's own signature is checked elsewhere;
/// those of the chunks are not.
/// </summary>
internal static class AwsChunked
{
    private const int MaxLine = 8 * 1024;

    public static async Task CopyAsync(Stream body, Stream to, CancellationToken token)
    {
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var line = await LineAsync(reader, token);
            if (!long.TryParse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size))
                throw Incomplete();
            if (size == 0) break;
            await CopyAsync(reader, to, size, token);
            if ((await LineAsync(reader, token)).Length > 0) throw Incomplete();
        }
        while ((await LineAsync(reader, token)).Length > 0)
        {
            // Trailers: checksums and their signature.
        }
        await reader.CompleteAsync();
    }

    private static AwsException Incomplete() =>
        new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    private static async Task CopyAsync(PipeReader reader, Stream to, long left, CancellationToken token)
    {
        while (left > 0)
        {
            var read = await reader.ReadAsync(token);
            var part = read.Buffer.Slice(0, Math.Min(left, read.Buffer.Length));
            foreach (var segment in part) await to.WriteAsync(segment, token);
            left -= part.Length;
            reader.AdvanceTo(part.End);
            if (left > 0 && read.IsCompleted) throw Incomplete();
        }
    }

    private static async Task<string> LineAsync(PipeReader reader, CancellationToken token)
    {
        while (true)
        {
            var read = await reader.ReadAsync(token);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.ASCII.GetString(buffer.Slice(0, end)).TrimEnd('\r');
                reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }
            // The last empty line may be left out.
            if (read.IsCompleted && buffer.IsEmpty) return "";
            if (read.IsCompleted || buffer.Length > MaxLine) throw Incomplete();
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}

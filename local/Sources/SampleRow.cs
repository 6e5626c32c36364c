using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace RdsBq.Local.Sources;

/// <summary>Writes made-up values as the engine's export would: PostgreSQL's text forms, MySQL's native ones.</summary>
internal sealed class SampleRow(Engine engine, IRowSink sink)
{
    private byte[] scratch = new byte[1024];

    private bool Postgres => engine == Engine.PostgreSql;

    public SampleRow Null()
    {
        sink.Null();
        return this;
    }

    public SampleRow Int(long value)
    {
        sink.Int(value);
        return this;
    }

    public SampleRow Float(double value)
    {
        sink.Float(value);
        return this;
    }

    public SampleRow Bool(bool value)
    {
        if (Postgres) sink.Bool(value);
        else sink.Int(value ? 1 : 0);
        return this;
    }

    public SampleRow Text(string value)
    {
        if (scratch.Length < value.Length * 3) scratch = new byte[value.Length * 3];
        sink.Bytes(scratch.AsSpan(0, Encoding.UTF8.GetBytes(value, scratch)));
        return this;
    }

    /// <summary>A number with two digits after the point, given in hundredths.</summary>
    public SampleRow Money(long hundredths)
    {
        if (Postgres)
        {
            Utf8Formatter.TryFormat(hundredths / 100m, scratch, out var length, new System.Buffers.StandardFormat('F', 2));
            sink.Bytes(scratch.AsSpan(0, length));
        }
        else
        {
            sink.Decimal(hundredths);
        }
        return this;
    }

    public SampleRow Day(DateTime value) => Format(value, "yyyy-MM-dd");

    /// <summary>A timestamp without zone (MySQL: DATETIME).</summary>
    public SampleRow Stamp(DateTime value) => Postgres ? Format(value, "yyyy-MM-dd HH:mm:ss.FFFFFF") : Micros(value);

    /// <summary>A timestamp with zone (MySQL: TIMESTAMP).</summary>
    public SampleRow Instant(DateTime value) => Postgres ? Format(value, "yyyy-MM-dd HH:mm:ss.FFFFFF'+00'") : Micros(value);

    public SampleRow Uuid(ulong high, ulong low)
    {
        BitConverter.TryWriteBytes(scratch, high);
        BitConverter.TryWriteBytes(scratch.AsSpan(8), low);
        var value = new Guid(scratch.AsSpan(0, 16));
        value.TryFormat(scratch, out var length);
        sink.Bytes(scratch.AsSpan(0, length));
        return this;
    }

    /// <summary>A value of any kind: null, long, double, bool, Int128 (an exact number without its point), string, byte[].</summary>
    public void Any(object? value)
    {
        switch (value)
        {
            case null:
                sink.Null();
                break;
            case long number:
                sink.Int(number);
                break;
            case double number:
                sink.Float(number);
                break;
            case bool flag:
                sink.Bool(flag);
                break;
            case Int128 number:
                sink.Decimal(number);
                break;
            case string text:
                Text(text);
                break;
            case byte[] bytes:
                sink.Bytes(bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no kind of value.", nameof(value));
        }
    }

    public void End() => sink.EndRow();

    private SampleRow Format(DateTime value, string format)
    {
        value.TryFormat(scratch, out var length, format, CultureInfo.InvariantCulture);
        sink.Bytes(scratch.AsSpan(0, length));
        return this;
    }

    private SampleRow Micros(DateTime value) => Int((value - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}

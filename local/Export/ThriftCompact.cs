using System.Buffers;
using System.Text;

namespace RdsBq.Local.Export;

/// <summary>Writes Thrift's compact protocol, as far as Parquet's headers and footer need it.</summary>
internal sealed class ThriftCompact
{
    public const int ElementI32 = 5;
    public const int ElementBinary = 8;
    public const int ElementStruct = 12;

    private readonly ArrayBufferWriter<byte> output = new(512);
    private readonly Stack<int> outer = new();
    private int lastField;

    public int Length => output.WrittenCount;

    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    public void Bool(int field, bool value) => Header(field, value ? 1 : 2);

    public void Byte(int field, byte value)
    {
        Header(field, 3);
        Raw(value);
    }

    public void I32(int field, int value)
    {
        Header(field, 5);
        ZigZag(value);
    }

    public void I64(int field, long value)
    {
        Header(field, 6);
        ZigZag(value);
    }

    public void Text(int field, string value)
    {
        Header(field, ElementBinary);
        Text(value);
    }

    /// <summary>Opens a list; its elements follow through <see cref="ZigZag"/>, <see cref="Text(string)"/> or <see
    /// cref="Element"/>.</summary>
    public void List(int field, int elementType, int count)
    {
        Header(field, 9);
        if (count < 15)
        {
            Raw((byte)((count << 4) | elementType));
        }
        else
        {
            Raw((byte)(0xF0 | elementType));
            VarInt((ulong)count);
        }
    }

    public void Struct(int field)
    {
        Header(field, ElementStruct);
        Element();
    }

    /// <summary>Opens a structure as an element of a list.</summary>
    public void Element()
    {
        outer.Push(lastField);
        lastField = 0;
    }

    public void End()
    {
        Raw(0);
        lastField = outer.Pop();
    }

    /// <summary>Ends the outermost structure.</summary>
    public void Stop() => Raw(0);

    public void ZigZag(long value) => VarInt((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string value)
    {
        VarInt((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, output);
    }

    private void Header(int field, int type)
    {
        var delta = field - lastField;
        if (delta is < 1 or > 15) throw new InvalidOperationException($"Field {field} can't follow field {lastField}.");
        Raw((byte)((delta << 4) | type));
        lastField = field;
    }

    private void VarInt(ulong value)
    {
        while (value >= 0x80)
        {
            Raw((byte)(value | 0x80));
            value >>= 7;
        }
        Raw((byte)value);
    }

    private void Raw(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}

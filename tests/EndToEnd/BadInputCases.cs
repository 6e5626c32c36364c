using System.Buffers.Binary;
using System.Text;

namespace RdsBq.EndToEnd.Tests;

/// <summary>One kind of bad input, and what has to be said of it.</summary>
/// <param name="Object">Part of the key of the object that is damaged; empty for none.</param>
/// <param name="List">Lines of target_tables.txt; empty for no list.</param>
/// <param name="Says">All of it on standard error; <c>{key}</c> is the damaged object's.</param>
internal sealed record BadInput(string Name, string Object, Func<byte[], byte[]> Damage, string[] List, (string Name, string Value)[] Settings, string Verb, int Exit, string[] Says);

internal static class BadInputCases
{
    private const string Manifest = "export_tables_info_";
    private const string Data = "/public.orders/";

    /// <summary>Six rows, as every file of <see cref="SmallSource"/>'s orders has, and the 63 that a damaged footer claims: zigzag varints.</summary>
    private const byte SixRows = 0x0c;
    private const byte ManyRows = 0x7e;

    public static IReadOnlyList<BadInput> All { get; } =
    [
        Object("a manifest that is cut off", Manifest, b => b[..^20], "{key}", "line"),
        Object("an empty manifest", Manifest, _ => [], "{key}", "line 1"),
        Object("a manifest that is no object", Manifest, _ => "[]"u8.ToArray(), "{key}", "line 1"),
        Object("a manifest without its list", Manifest, _ => "{}"u8.ToArray(), "{key}", "perTableStatus"),
        Object("a data file that is cut off", Data, b => b[..(b.Length / 2)], "{key}", "is damaged"),
        Object("an empty data file", Data, _ => [], "{key}", "too short"),
        Object("a data file of another kind", Data, _ => Encoding.UTF8.GetBytes("id,name\n1,a\n2,b\n3,c\n"), "{key}", "does not end as a Parquet file does"),
        Object("a footer that is no Thrift", Data, Garbled, "{key}", "footer can't be read"),
        Object("a footer longer than its file", Data, b => WithLength(b, b.Length), "{key}", "its footer claims"),
        Object("a footer of negative length", Data, b => WithLength(b, -1), "{key}", "its footer claims"),
        Object("a footer of more rows than its row groups", Data, b => Replace(b, [0x16, SixRows, 0x19], ManyRows), "{key}", "claims 63 rows, and its row groups have 6"),
        Object("a data file that lost its middle", Data, b => [.. b[..20], .. b[60..]], "{key}", "its footer claims data"),
        OfList("a list that can't be read", ["orders", "a.b.c.d.e"], "load", 64, "target_tables.txt:2", "database.schema.table"),
        OfList("a list without a line", ["# nothing yet"], "load", 64, "target_tables.txt", "lists no table"),
        OfList("a list of excludes that name views", ["!orders -> o"], "load", 64, "target_tables.txt:1", "excludes"),
        OfList("a glob that matches nothing", ["order_items_*"], "load", 1, "target_tables.txt:1: 'order_items_*'", "none of the wanted tables"),
        OfList("a glob that matches nothing, planned", ["order?", "order_items_*"], "plan", 1, "target_tables.txt:2: 'order_items_*'"),
        OfList("a name that is nearly right, planned", ["ordrs"], "plan", 1, "target_tables.txt:1: 'ordrs'", "did you mean", "orders"),
        OfList("two names for one view", ["orders -> all", "returns -> all"], "load", 1, "shop.public.orders: it would be published as all, as shop.public.returns is", "name one of them in the list of target tables"),
        OfSettings("a cluster that is an instance", [("DB_INSTANCE_IDENTIFIER", "shop-mysql")], "DB_INSTANCE_IDENTIFIER='shop-mysql'", "DB_CLUSTER_IDENTIFIER is set"),
        OfSettings("a deadline after the end", [("LOAD_DEADLINE", "3d"), ("LANDING_RETENTION", "2d")], "LOAD_DEADLINE='72h'", "LANDING_RETENTION (48h)"),
        OfSettings("one topic for two things", [("READY_TOPIC", RdsBq.Local.Estate.NotificationTopic)], "READY_TOPIC=", "TRANSFER_NOTIFICATION_TOPIC"),
        OfSettings("two problems at once", [("PUBLISH", "some"), ("TYPES", "all")], "PUBLISH='some'", "TYPES='all'", "2 settings"),
    ];

    /// <summary>A footer and its row group that agree with each other and not with the data.</summary>
    public static byte[] Lying(byte[] file) => Replace(Replace(file, [0x16, SixRows, 0x19], ManyRows), [0x16, SixRows, 0x26], ManyRows);

    private static BadInput Object(string name, string part, Func<byte[], byte[]> damage, params string[] says) => new(name, part, damage, [], [], "load", 1, says);

    private static BadInput OfList(string name, string[] lines, string verb, int exit, params string[] says) => new(name, "", b => b, lines, [], verb, exit, says);

    private static BadInput OfSettings(string name, (string, string)[] settings, params string[] says) => new(name, "", b => b, [], settings, "load", 64, says);

    /// <summary>The second byte of the last place that reads so: field 3 of Thrift's compact form, an i64, and what follows it.</summary>
    private static byte[] Replace(byte[] file, ReadOnlySpan<byte> pattern, byte value)
    {
        var at = file.AsSpan().LastIndexOf(pattern);
        Assert.True(at > 0, "the file has no such field");
        byte[] other = [.. file];
        other[at + 1] = value;
        return other;
    }

    private static byte[] WithLength(byte[] file, int length)
    {
        byte[] other = [.. file];
        BinaryPrimitives.WriteInt32LittleEndian(other.AsSpan(other.Length - 8), length);
        return other;
    }

    private static byte[] Garbled(byte[] file)
    {
        byte[] other = [.. file];
        var length = BinaryPrimitives.ReadInt32LittleEndian(other.AsSpan(other.Length - 8));
        other.AsSpan(other.Length - 8 - length, length).Fill(0xff);
        return other;
    }
}

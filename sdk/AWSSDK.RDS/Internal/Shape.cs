using Amazon.Runtime.Internal.Transform;

namespace Amazon.RDS.Internal;

/// <summary>A structure on the wire: where each member stands and what to do with it. Order and absence of members don't matter.</summary>
internal sealed class Shape<T>
    where T : new()
{
    private readonly List<(string Path, Action<T, XmlUnmarshallerContext> Read)> members = [];

    public Shape<T> Text(string path, Action<T, string> set) =>
        With(path, (to, xml) => set(to, StringUnmarshaller.Instance.Unmarshall(xml)));

    public Shape<T> Number(string path, Action<T, int?> set) =>
        With(path, (to, xml) => set(to, NullableIntUnmarshaller.Instance.Unmarshall(xml)));

    public Shape<T> Flag(string path, Action<T, bool?> set) =>
        With(path, (to, xml) => set(to, NullableBoolUnmarshaller.Instance.Unmarshall(xml)));

    public Shape<T> Time(string path, Action<T, DateTime?> set) =>
        With(path, (to, xml) => set(to, NullableDateTimeUnmarshaller.Instance.Unmarshall(xml)));

    public Shape<T> Texts(string path, Func<T, List<string>> list) =>
        With(path, (to, xml) => list(to).Add(StringUnmarshaller.Instance.Unmarshall(xml)));

    /// <param name="path">List and element name, e.g. <c>TagList/Tag</c>.</param>
    /// <param name="list">The list to add to, created by the first element: a list without elements stays null.</param>
    public Shape<T> Items<TItem>(string path, Shape<TItem> item, Func<T, List<TItem>> list)
        where TItem : new() => With(path, (to, xml) => list(to).Add(item.Read(xml)));

    public void ReadInto(T target, XmlUnmarshallerContext xml)
    {
        var depth = xml.CurrentDepth;
        while (xml.ReadAtDepth(depth))
        {
            if (!xml.IsStartElement) continue;
            foreach (var (path, read) in members)
            {
                if (!xml.TestExpression(path, depth + 1)) continue;
                read(target, xml);
                break;
            }
        }
    }

    private T Read(XmlUnmarshallerContext xml)
    {
        var item = new T();
        ReadInto(item, xml);
        return item;
    }

    private Shape<T> With(string path, Action<T, XmlUnmarshallerContext> read)
    {
        members.Add((path, read));
        return this;
    }
}

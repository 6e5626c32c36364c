using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace RdsBq.Local.Aws;

/// <summary>One call of the query protocol: a flat form whose names spell lists as <c>Name.member.N</c>.</summary>
internal sealed class QueryRequest(Dictionary<string, StringValues> fields, ReadOnlyMemory<byte> body)
{
    // ExportOnly alone may take 200 KB, three times that when escaped.
    private const int MaxBody = 1024 * 1024;

    public ReadOnlyMemory<byte> Body => body;

    public string Action => Text("Action") ?? "";

    public string Version => Text("Version") ?? "";

    public static async Task<QueryRequest> ReadAsync(HttpRequest request, CancellationToken token)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, token)) > 0 && copy.Length <= MaxBody) copy.Write(buffer, 0, read);
        var body = copy.ToArray();
        var text = HttpMethods.IsGet(request.Method) ? request.QueryString.Value ?? "" : System.Text.Encoding.UTF8.GetString(body);
        return new QueryRequest(QueryHelpers.ParseQuery(text), body);
    }

    /// <summary>The field's value; null where it is absent or empty.</summary>
    public string? Text(string name) => fields.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="AwsException">MissingParameter 400.</exception>
    public string Required(string name) =>
        Text(name) ?? throw new AwsException(400, "MissingParameter", $"The request must contain the parameter {name}.");

    public int? Number(string name)
    {
        var text = Text(name);
        if (text is null) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsException(400, "MalformedInput", $"Invalid integer value for {name}: {text}");
    }

    /// <summary>The list spelled <c>prefix.1</c>, <c>prefix.2</c> and so on, e.g. <c>ExportOnly.member</c>.</summary>
    public IReadOnlyList<string> List(string prefix)
    {
        var list = new List<string>();
        while (fields.TryGetValue($"{prefix}.{list.Count + 1}", out var value)) list.Add(value.ToString());
        return list;
    }

    /// <summary>RDS's filters: <c>Filters.Filter.N.Name</c> and <c>Filters.Filter.N.Values.Value.M</c>.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Filters()
    {
        var filters = new List<(string, IReadOnlyList<string>)>();
        while (Text($"Filters.Filter.{filters.Count + 1}.Name") is { } name)
            filters.Add((name, List($"Filters.Filter.{filters.Count + 1}.Values.Value")));
        return filters;
    }
}

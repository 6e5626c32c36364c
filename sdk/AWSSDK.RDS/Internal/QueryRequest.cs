using System.Globalization;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.RDS.Internal;

/// <summary>One operation's form body, <c>POST /</c> with <c>Action</c> and <c>Version</c>; members that aren't set are left out.</summary>
internal sealed class QueryRequest(string action, Action<QueryForm, AmazonWebServiceRequest> write)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public const string ApiVersion = "2014-10-31";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.RDS") { HttpMethod = "POST" };
        request.Parameters["Action"] = action;
        request.Parameters["Version"] = ApiVersion;
        write(new QueryForm(request.Parameters), input);
        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }
}

internal readonly struct QueryForm(IDictionary<string, string> fields)
{
    public void Add(string name, string value)
    {
        if (value is not null) fields[name] = value;
    }

    public void Add(string name, int? value)
    {
        if (value is { } number) fields[name] = number.ToString(CultureInfo.InvariantCulture);
    }

    public void Add(string name, bool? value)
    {
        if (value is { } flag) fields[name] = flag ? "true" : "false";
    }

    /// <param name="element">The list's location name: <c>member</c> for plain lists.</param>
    public void Add(string name, List<string> values, string element = "member")
    {
        if (!IsSet(values)) return;
        if (values.Count == 0) fields[name] = "";
        for (var i = 0; i < values.Count; i++) fields[$"{name}.{element}.{i + 1}"] = values[i];
    }

    /// <summary>Filters have location names of their own: <c>Filters.Filter.N.Name</c>, <c>Filters.Filter.N.Values.Value.M</c>.</summary>
    public void Add(List<Filter> filters)
    {
        if (!IsSet(filters)) return;
        if (filters.Count == 0) fields["Filters"] = "";
        for (var i = 0; i < filters.Count; i++)
        {
            Add($"Filters.Filter.{i + 1}.Name", filters[i].Name);
            Add($"Filters.Filter.{i + 1}.Values", filters[i].Values, "Value");
        }
    }

    /// <summary>In version 4 an empty list says "none" unless the application asked for version 3's initialized collections.</summary>
    private static bool IsSet<T>(List<T> values) => values is not null && (values.Count > 0 || !AWSConfigs.InitializeCollections);
}

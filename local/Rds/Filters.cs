using RdsBq.Local.Aws;

namespace RdsBq.Local.Rds;

/// <summary>The Filters of the Describe operations: names and values are case-sensitive, values of one filter are alternatives.</summary>
internal static class Filters
{
    /// <exception cref="AwsException">InvalidParameterValue 400 for a filter name that the operation does not have.</exception>
    public static IEnumerable<T> Apply<T>(QueryRequest request, IEnumerable<T> all, IReadOnlyDictionary<string, Func<T, string>> known)
    {
        foreach (var (name, values) in request.Filters())
        {
            if (!known.TryGetValue(name, out var value))
                throw new AwsException(400, "InvalidParameterValue", $"Unrecognized filter name: {name}");
            all = all.Where(item => values.Contains(value(item)));
        }
        return all;
    }
}

using System.Xml.Linq;

namespace RdsBq.Local.Aws;

/// <summary>One call of a query service, authenticated unless the operation is open.</summary>
internal sealed record QueryCall(QueryRequest Request, Principal? Caller, string RequestId, XNamespace Namespace)
{
    public XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    /// <summary>An element, or nothing where the value is null: unset members are omitted on the wire.</summary>
    public XElement? Optional(string name, object? value) => value is null ? null : new XElement(Namespace + name, value);
}

/// <param name="Run">Gives the content of the <c>…Result</c> element.</param>
/// <param name="SubjectField">The request's field that says what the call is about.</param>
/// <param name="Signed">False for calls that carry their proof in a field.</param>
internal sealed record QueryOperation(Func<QueryCall, IEnumerable<XElement?>> Run, string? SubjectField = null, bool Mutates = false,
    bool Signed = true);

/// <summary>A service that speaks the query protocol.</summary>
internal interface IQueryService
{
    /// <summary>Signing name, and the journal's prefix.</summary>
    string Name { get; }

    string Version { get; }

    string Namespace { get; }

    /// <summary>The regions whose signatures it takes.</summary>
    string[] Regions { get; }

    IReadOnlyDictionary<string, QueryOperation> Operations { get; }

    /// <summary>Of the Date header; null for the local clock's.</summary>
    TimeProvider? Time => null;

    /// <summary>Every operation that the real service has.</summary>
    IReadOnlySet<string> KnownActions { get; }
}

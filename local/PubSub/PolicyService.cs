using Google.Cloud.Iam.V1;
using Google.Protobuf;
using Grpc.Core;
using RdsBq.Local.Google;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.PubSub;

/// <summary>
/// google.iam.v1.IAMPolicy of topics. The caller has every right, except where a fault of operation <c>pubsub.TestIamPermissions</c>, action
/// <c>lacks</c>, names one as its code.
/// </summary>
internal sealed class PolicyService(Topics topics, Faults faults) : IAMPolicy.IAMPolicyBase
{
    public override Task<Policy> GetIamPolicy(GetIamPolicyRequest request, ServerCallContext context)
    {
        var name = PublisherService.Named(request.Resource);
        if (!topics.Exists(name)) throw GoogleError.NotFound($"Resource not found (resource={name.Split('/')[^1]}).");
        var bindings = topics.PolicyOf(name).GroupBy(p => p.Role, p => p.Member, StringComparer.Ordinal)
            .Select(g => new Binding { Role = g.Key, Members = { g } });
        return Task.FromResult(new Policy { Version = 1, Etag = ByteString.CopyFromUtf8("BwY="), Bindings = { bindings } });
    }

    public override Task<TestIamPermissionsResponse> TestIamPermissions(TestIamPermissionsRequest request, ServerCallContext context)
    {
        var name = PublisherService.Named(request.Resource);
        var lacks = faults.Take("pubsub.TestIamPermissions", name, "lacks")?.Code;
        return Task.FromResult(new TestIamPermissionsResponse
        {
            // Of a topic that is not there nobody has any right: no error says so.
            Permissions = { topics.Exists(name) ? request.Permissions.Where(p => p != lacks) : [] },
        });
    }
}

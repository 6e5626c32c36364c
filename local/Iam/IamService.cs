using System.Xml.Linq;
using RdsBq.Local.Aws;

namespace RdsBq.Local.Iam;

/// <summary>IAM, version 2010-05-08: one service a partition, whose signatures are scoped to us-east-1 whatever the region of the rest; clients
/// that were given an endpoint may use their own region.</summary>
internal sealed class IamService : IQueryService
{
    private readonly Roles roles;

    public IamService(Roles roles, TimeProvider machine)
    {
        this.roles = roles;
        Time = machine;
        Operations = new Dictionary<string, QueryOperation> { ["GetRole"] = new(GetRole, "RoleName") };
    }

    public string Name => "iam";

    public string Version => "2010-05-08";

    public string Namespace => "https://iam.amazonaws.com/doc/2010-05-08/";

    public string[] Regions { get; } = ["us-east-1", Estate.Region];

    /// <summary>Identity lives on the machine's clock.</summary>
    public TimeProvider? Time { get; }

    public IReadOnlyDictionary<string, QueryOperation> Operations { get; }

    public IReadOnlySet<string> KnownActions => IamActions.All;

    private IEnumerable<XElement?> GetRole(QueryCall call)
    {
        var name = call.Request.Text("RoleName")
            ?? throw new AwsException(400, "ValidationError", "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must not be null");
        var role = roles.Find(name);
        call.Caller!.Demand("iam:GetRole", role?.Arn ?? $"arn:aws:iam::{Estate.Account}:role/{name}");
        if (role is null) throw new AwsException(404, "NoSuchEntity", $"The role with name {name} cannot be found.");
        return
        [
            call.Element(
                "Role",
                call.Element("Path", "/"),
                call.Element("RoleName", role.Name),
                call.Element("RoleId", role.Id),
                call.Element("Arn", role.Arn),
                call.Element("CreateDate", "2024-01-01T00:00:00Z"),
                // Percent-encoded, as policies are in all of IAM's answers.
                call.Element("AssumeRolePolicyDocument", Uri.EscapeDataString(role.Trust)),
                call.Element("MaxSessionDuration", 3600)),
        ];
    }
}

namespace Amazon.IdentityManagement.Model;

public partial class Role
{
    public string Arn { get; set; }

    /// <summary>The trust policy, JSON in percent-encoding (RFC 3986), as the service sends it.</summary>
    public string AssumeRolePolicyDocument { get; set; }

    public DateTime? CreateDate { get; set; }

    public string Description { get; set; }

    public int? MaxSessionDuration { get; set; }

    public string Path { get; set; }

    public string RoleId { get; set; }

    public string RoleName { get; set; }
}

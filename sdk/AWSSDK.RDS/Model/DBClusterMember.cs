namespace Amazon.RDS.Model;

public partial class DBClusterMember
{
    public string DBInstanceIdentifier { get; set; }

    public bool? IsClusterWriter { get; set; }
}

namespace Amazon.RDS.Model;

public partial class Filter
{
    public string Name { get; set; }

    public List<string> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

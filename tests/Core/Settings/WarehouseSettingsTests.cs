using RdsBq.Core.Settings;
using static RdsBq.Core.Tests.Settings.SettingsReaderTests;

namespace RdsBq.Core.Tests.Settings;

public class WarehouseSettingsTests
{
    [Fact]
    public void The_dataset_is_named_for_database_and_environment()
    {
        var reader = Reader(("GOOGLE_CLOUD_PROJECT", "my-project-1"), ("BIGQUERY_LOCATION", "asia-northeast1"));
        Assert.Equal(
            new WarehouseSettings("my-project-1", "asia-northeast1", "my_shop_prod_rds_data", "my_shop_prod_rds_data_landing", true),
            WarehouseSettings.Read(reader, "prod", "my-shop"));
        Assert.Empty(reader.Problems);
    }

    [Fact]
    public void A_given_dataset_is_taken()
    {
        var reader = Reader(("GOOGLE_CLOUD_PROJECT", "example.com:my-project"), ("BIGQUERY_LOCATION", "EU"), ("BIGQUERY_DATASET", "d1"), ("PUBLISH", "each"));
        Assert.Equal(new WarehouseSettings("example.com:my-project", "EU", "d1", "d1_landing", false), WarehouseSettings.Read(reader, null, null));
        Assert.Empty(reader.Problems);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var reader = Reader(("GOOGLE_CLOUD_PROJECT", "My Project"), ("BIGQUERY_DATASET", "my-data"), ("PUBLISH", "some"));
        WarehouseSettings.Read(reader, "prod", "shop");
        Assert.Equal(["GOOGLE_CLOUD_PROJECT", "BIGQUERY_LOCATION", "BIGQUERY_DATASET", "PUBLISH"], reader.Problems.Select(p => p.Name));
    }

    [Fact]
    public void For_several_databases_the_dataset_is_required_and_why_is_said()
    {
        var reader = Reader(("GOOGLE_CLOUD_PROJECT", "my-project-1"), ("BIGQUERY_LOCATION", "US"));
        WarehouseSettings.Read(reader, "prod", "shop,crm");
        var problem = Assert.Single(reader.Problems);
        Assert.Equal("BIGQUERY_DATASET", problem.Name);
        Assert.Contains("several databases", problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData(" shop , crm,", "shop|crm")]
    [InlineData("shop,shop", null)]
    [InlineData(",", null)]
    [InlineData("shop,a/b", null)]
    public void Databases_are_named_once_each_with_commas_between_them(string text, string? names)
    {
        Assert.Equal(names is not null, DatabaseNames.IsValid(text));
        if (names is not null) Assert.Equal(names, string.Join('|', DatabaseNames.Split(text)));
    }

    [Fact]
    public void Without_a_database_to_name_it_for_the_dataset_is_required()
    {
        var reader = Reader(("GOOGLE_CLOUD_PROJECT", "my-project-1"), ("BIGQUERY_LOCATION", "US"));
        WarehouseSettings.Read(reader, "prod", "");
        Assert.Equal("BIGQUERY_DATASET", Assert.Single(reader.Problems).Name);
    }
}

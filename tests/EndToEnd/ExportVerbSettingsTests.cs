using RdsBq.Export.Settings;
using Xunit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The job's settings: defaults, and each kind of problem by the variable that has it.</summary>
public sealed class ExportVerbSettingsTests
{
    [Fact]
    public void A_minimal_environment_is_enough_and_the_rest_has_defaults()
    {
        Assert.True(JobSettings.TryRead(With(), out var settings, out var problems), string.Join('\n', problems));

        Assert.True(settings.Source.IsCluster);
        Assert.Equal("rds", settings.Place.Prefix);
        Assert.Equal("automated", settings.SnapshotType);
        Assert.Equal("""export-id-{env}-{run_time|"%Y%m%d-%H%M"}""", settings.Ids.Text);
        Assert.Equal(TimeSpan.FromDays(7), settings.LandingRetention);
        Assert.Equal("shop_test_rds_data", settings.Warehouse.Dataset);
        Assert.Null(settings.Slack);
    }

    [Theory]
    [InlineData("ENV", "Prod")]
    [InlineData("ENV", "")]
    [InlineData("ENV", "a--b")]
    [InlineData("DB_INSTANCE_IDENTIFIER", "shop-mysql")]
    [InlineData("DB_CLUSTER_IDENTIFIER", "1shop")]
    [InlineData("DB_CLUSTER_IDENTIFIER", "")]
    [InlineData("DATABASE_NAME", "")]
    [InlineData("S3_EXPORT_BUCKET_NAME", "Bucket")]
    [InlineData("S3_EXPORT_PREFIX", "a:b")]
    [InlineData("S3_EXPORT_IAM_ROLE_ARN", "role/export")]
    [InlineData("KMS_KEY_ID", "my key")]
    [InlineData("AWS_REGION", "tokyo")]
    [InlineData("AWS_ROLE_ARN", "arn:aws:iam::1:role/x")]
    [InlineData("AWS_TOKEN_AUDIENCE", "")]
    [InlineData("EXPORT_ID_TEMPLATE", "export_{run_time|\"%Y%m%d\"}")]
    [InlineData("EXPORT_ID_TEMPLATE", "export-{run_time|\"%H%M\"}")]
    [InlineData("SNAPSHOT_TYPE", "all")]
    [InlineData("LANDING_RETENTION", "7 days")]
    [InlineData("LOAD_DEADLINE", "soon")]
    [InlineData("GOOGLE_CLOUD_PROJECT", "")]
    [InlineData("BIGQUERY_LOCATION", "some where")]
    [InlineData("TRANSFER_NOTIFICATION_TOPIC", "rdsbq-transfer-runs")]
    [InlineData("READY_TOPIC", "projects/p")]
    [InlineData("AWS_SECRET_ACCESS_KEY_SECRET", "abc/def+ghi")]
    [InlineData("SLACK_CHANNEL", "C0123ABCDEF")]
    [InlineData("NOTIFY", "sometimes")]
    [InlineData("TARGET_TABLES", "/nonexistent/target_tables.txt")]
    [InlineData("AWS_ENDPOINT_URL_RDS", "localhost:4566")]
    public void One_bad_setting_is_the_only_problem(string name, string value)
    {
        Assert.False(JobSettings.TryRead(With((name, value)), out _, out var problems));

        var problem = Assert.Single(problems);
        // A channel without its token is a problem of the token.
        Assert.Equal(name == "SLACK_CHANNEL" ? "SLACK_TOKEN_SECRET" : name, problem.Name);
        Assert.NotEmpty(problem.Expected);
    }

    [Fact]
    public void An_empty_environment_reports_every_required_setting_at_once()
    {
        Assert.False(JobSettings.TryRead(new Dictionary<string, string>(), out _, out var problems));

        string[] required =
        [
            "ENV", "DATABASE_NAME", "DB_CLUSTER_IDENTIFIER", "S3_EXPORT_BUCKET_NAME", "S3_EXPORT_IAM_ROLE_ARN", "KMS_KEY_ID", "AWS_REGION",
            "GOOGLE_CLOUD_PROJECT", "BIGQUERY_LOCATION", "TRANSFER_NOTIFICATION_TOPIC",
        ];
        Assert.Equal(required.Order(StringComparer.Ordinal), problems.Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_bad_line_of_the_table_list_is_a_problem_with_its_line()
    {
        var folder = Directory.CreateTempSubdirectory("rdsbq-targets-");
        try
        {
            var path = Path.Combine(folder.FullName, "target_tables.txt");
            File.WriteAllText(path, "orders\na.b.c.d.e\n");

            Assert.False(JobSettings.TryRead(With(("TARGET_TABLES", path)), out _, out var problems));
            Assert.Contains("target_tables.txt:2", Assert.Single(problems).Expected, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> With(params (string Name, string Value)[] changes)
    {
        var all = ExportVerbProcess.Settings().Where(s => s.Value is not null).ToDictionary(s => s.Key, s => s.Value!);
        foreach (var (name, value) in changes) all[name] = value;
        return all;
    }
}

using RdsBq.Core.Settings;
using static RdsBq.Core.Tests.Settings.SettingsReaderTests;

namespace RdsBq.Core.Tests.Settings;

public class EndpointsTests
{
    private static readonly string[] Overrides =
    [
        "AWS_ENDPOINT_URL_RDS", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_KMS", "AWS_ENDPOINT_URL_IAM",
        "GCE_METADATA_HOST", "PUBSUB_EMULATOR_HOST", "BIGQUERY_EMULATOR_HOST",
        "RDSBQ_ENDPOINT_DATATRANSFER", "RDSBQ_ENDPOINT_SECRETMANAGER", "RDSBQ_ENDPOINT_SLACK", "RDSBQ_ENDPOINT_RESOURCEMANAGER",
    ];

    [Fact]
    public void Without_overrides_the_clouds_are_the_real_ones() =>
        Assert.Equal(new Endpoints(null, null, null, null, null, null, null, null, null, null, null, null), Endpoints.Read(Reader(("CLOUD_RUN_JOB", "rdsbq"))));

    [Fact]
    public void Each_override_goes_to_its_service()
    {
        var reader = Reader([.. Overrides.Select((name, i) => (name, $"http://127.0.0.1:{i + 1}"))]);
        Assert.Equal(
            new Endpoints(
                "http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3", "http://127.0.0.1:4", "http://127.0.0.1:5", "http://127.0.0.1:6",
                "http://127.0.0.1:7", "http://127.0.0.1:8", "http://127.0.0.1:9", "http://127.0.0.1:10", "http://127.0.0.1:11", "http://127.0.0.1:12"),
            Endpoints.Read(reader));
        Assert.Empty(reader.Problems);
    }

    [Theory]
    [InlineData("CLOUD_RUN_JOB")]
    [InlineData("K_SERVICE")]
    public void In_Cloud_Run_every_override_is_refused_by_name(string marker)
    {
        var names = Overrides.Append("AWS_ENDPOINT_URL").ToList();
        var reader = Reader([(marker, "rdsbq"), .. names.Select(name => (name, "http://127.0.0.1:1"))]);
        Assert.Equal(new Endpoints(null, null, null, null, null, null, null, null, null, null, null, null), Endpoints.Read(reader));
        Assert.Equal(names.Order(StringComparer.Ordinal), reader.Problems.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(reader.Problems, p => Assert.Contains($"{p.Name} is for the local cloud and tests; unset it", p.Expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_RDS", "127.0.0.1:80")]
    [InlineData("AWS_ENDPOINT_URL_RDS", "ftp://x")]
    [InlineData("RDSBQ_ENDPOINT_SLACK", "slack")]
    [InlineData("GCE_METADATA_HOST", "ftp://x")]
    [InlineData("PUBSUB_EMULATOR_HOST", "host:port")]
    [InlineData("BIGQUERY_EMULATOR_HOST", "a b")]
    public void An_address_that_is_none_is_a_problem(string name, string value)
    {
        var reader = Reader((name, value));
        Endpoints.Read(reader);
        Assert.Equal((name, value), (Assert.Single(reader.Problems).Name, reader.Problems[0].Value));
    }

    [Theory]
    [InlineData("127.0.0.1:8085")]
    [InlineData("localhost:8085")]
    [InlineData("metadata")]
    [InlineData("[::1]:8085")]
    [InlineData("http://localhost:8085/")]
    public void A_host_may_be_given_with_or_without_a_scheme(string value) =>
        Assert.Equal(value, Endpoints.Read(Reader(("GCE_METADATA_HOST", value))).MetadataHost);
}

using System.Net;
using System.Text.Json.Nodes;
using RdsBq.Local;

namespace RdsBq.Tests.Local.Aws;

public sealed class MetadataTests
{
    private const string Root = "/computeMetadata/v1/";

    private static async Task<(HttpStatusCode Status, string Body, bool Flavored)> GetAsync(AwsFixture aws, string path, bool flavor = true)
    {
        using var http = new HttpClient();
        if (flavor) http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        using var response = await http.GetAsync(new Uri(aws.Cloud.Metadata.Address, path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Metadata-Flavor"));
    }

    [Fact]
    public async Task The_root_answers_probes_and_everything_below_needs_the_header()
    {
        await using var aws = await AwsFixture.StartAsync();
        Assert.Equal((HttpStatusCode.OK, true), await GetAsync(aws, "/", flavor: false) is var root ? (root.Status, root.Flavored)
            : default);
        Assert.Equal((HttpStatusCode.OK, true), await GetAsync(aws, "/") is var flavored ? (flavored.Status, flavored.Flavored) : default);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(aws, Root + "project/project-id", flavor: false)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(aws, Root + "project/nope")).Status);
    }

    [Theory]
    [InlineData("project/project-id", "local-project")]
    [InlineData("project/numeric-project-id", "409146382768")]
    [InlineData("instance/region", "projects/409146382768/regions/asia-northeast1")]
    [InlineData("instance/service-accounts/default/email", Estate.ServiceAccount)]
    [InlineData("instance/service-accounts/rdsbq@local-project.iam.gserviceaccount.com/email", Estate.ServiceAccount)]
    public async Task It_says_who_and_where_the_process_is(string path, string value)
    {
        await using var aws = await AwsFixture.StartAsync();
        Assert.Equal((HttpStatusCode.OK, value, true), await GetAsync(aws, Root + path));
    }

    [Fact]
    public async Task An_access_token_is_valid_here_until_revoked()
    {
        await using var aws = await AwsFixture.StartAsync();
        var json = JsonNode.Parse((await GetAsync(aws, Root + "instance/service-accounts/default/token")).Body)!;
        var token = (string)json["access_token"]!;
        Assert.StartsWith("ya29.", token, StringComparison.Ordinal);
        Assert.Equal(("Bearer", 3599), ((string)json["token_type"]!, (int)json["expires_in"]!));
        Assert.True(aws.Cloud.Metadata.Identity.IsValidAccessToken(token));
        Assert.False(aws.Cloud.Metadata.Identity.IsValidAccessToken(token + "x"));
        aws.Cloud.Metadata.Identity.RevokeAccessTokens();
        Assert.False(aws.Cloud.Metadata.Identity.IsValidAccessToken(token));
    }

    [Fact]
    public async Task An_identity_token_needs_an_audience_and_format_full_adds_the_email()
    {
        await using var aws = await AwsFixture.StartAsync();
        const string Path = Root + "instance/service-accounts/default/identity";
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(aws, Path)).Status);
        static JsonNode Claims(string jwt) =>
            JsonNode.Parse(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(jwt.Split('.')[1]))!;
        var standard = Claims((await GetAsync(aws, Path + "?audience=a%2Fb")).Body);
        Assert.Equal(("a/b", "https://accounts.google.com", Estate.ServiceAccountId),
            ((string)standard["aud"]!, (string)standard["iss"]!, (string)standard["azp"]!));
        Assert.Null(standard["email"]);
        var full = Claims((await GetAsync(aws, Path + "?audience=a&format=full")).Body);
        Assert.Equal(Estate.ServiceAccount, (string)full["email"]!);
        Assert.Contains(aws.Journal.Entries, e => e is { Operation: "metadata.identity", Subject: "a/b", Status: 200 });
    }
}

namespace RdsBq.EndToEnd.Tests;

/// <summary>A check that finds nothing must be able to find something.</summary>
public sealed class SecretsCheckTests
{
    [Theory]
    [InlineData("the key AKIAABCDEFGHIJKLMNOP is refused")]
    [InlineData("session ASIAABCDEFGHIJKLMNOP")]
    [InlineData("https://bucket.s3.amazonaws.com/key?X-Amz-Signature=00ff")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=x")]
    [InlineData("Bearer ya29.abcdefghij")]
    [InlineData("token xoxb-abcdefghij")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln")]
    public void What_looks_like_a_credential_is_found_though_nobody_knows_it(string text) => Assert.NotEmpty(SecretsCheck.Find(text, []));

    [Theory]
    [InlineData("said pa+ss/word= aloud")]
    [InlineData("said pa%2Bss%2Fword%3D in a URL")]
    [InlineData(@"said pa\u002Bss/word= in JSON")]
    public void A_known_secret_is_found_however_it_is_written(string text) => Assert.NotEmpty(SecretsCheck.Find(text, ["pa+ss/word="]));

    [Fact]
    public void Plain_words_are_clean() =>
        Assert.Empty(SecretsCheck.Find("12:00:01 Run 2026-11-22T03:00Z is published: 10 tables.", ["pa+ss/word="]));
}

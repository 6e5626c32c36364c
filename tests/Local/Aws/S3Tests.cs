using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using RdsBq.Local;
using RdsBq.Local.Aws;
using RdsBq.Local.Hosting;

namespace RdsBq.Tests.Local.Aws;

public sealed class S3Tests
{
    private static AWSCredentials Caller(AwsFixture aws)
    {
        var session = aws.Cloud.Credentials.IssueSession(Principals.Caller("test"), TimeSpan.FromMinutes(15));
        return new SessionAWSCredentials(session.KeyId, session.Secret, session.SessionToken);
    }

    private static async Task<(string Code, HttpStatusCode Status)> RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
        return (refused.ErrorCode, refused.StatusCode);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task What_was_put_comes_back_however_the_payload_is_signed(bool chunked, bool sdksChoice)
    {
        await using var aws = await AwsFixture.StartAsync();
        using var s3 = aws.S3(aws.Admin);
        var content = new byte[300_000];
        new Random(1).NextBytes(content);
        const string Key = "rds/a b+ü&/100%/~'()*!.parquet";
        var put = await s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = Estate.Bucket, Key = Key, InputStream = new MemoryStream(content), UseChunkEncoding = chunked,
            DisablePayloadSigning = sdksChoice ? null : false,
        });
        using var got = await s3.GetObjectAsync(Estate.Bucket, Key);
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        Assert.Equal(content, copy.ToArray());
        Assert.Equal(put.ETag, got.ETag);
        Assert.Equal(ServerSideEncryptionMethod.AWSKMS, got.ServerSideEncryptionMethod);
        Assert.Equal(Key,
            Assert.Single((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Estate.Bucket })).S3Objects).Key);
    }

    [Theory]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-99", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-99", "89", "bytes 8-9/10")]
    public async Task A_range_gives_its_bytes(string range, string expected, string contentRange)
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Store.Put(Estate.Bucket, "digits", "0123456789"u8);
        using var s3 = aws.S3(Caller(aws));
        using var got = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = Estate.Bucket, Key = "digits", ByteRange = new ByteRange(range) });
        using var reader = new StreamReader(got.ResponseStream);
        Assert.Equal((HttpStatusCode.PartialContent, expected, contentRange),
            (got.HttpStatusCode, await reader.ReadToEndAsync(), got.ContentRange));
        Assert.Contains(aws.Journal.Entries, e =>
            e is { Operation: "s3.GetObject", Subject: "digits", Status: 206 } && e.ResponseBytes == expected.Length);
    }

    [Fact]
    public async Task Ranges_outside_and_preconditions_that_fail_are_refused()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Store.Put(Estate.Bucket, "digits", "0123456789"u8);
        aws.Store.Put(Estate.Bucket, "_SUCCESS", []);
        using var s3 = aws.S3(aws.Reader);
        Task Get(string key, string range, string? match = null) => s3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = Estate.Bucket, Key = key, ByteRange = new ByteRange(range), EtagToMatch = match,
        });
        Assert.Equal(("InvalidRange", HttpStatusCode.RequestedRangeNotSatisfiable), await RefusedAsync(() => Get("digits", "bytes=10-")));
        Assert.Equal("InvalidRange", (await RefusedAsync(() => Get("_SUCCESS", "bytes=-8"))).Code);
        Assert.Equal(("PreconditionFailed", HttpStatusCode.PreconditionFailed), await RefusedAsync(() =>
            Get("digits", "bytes=0-", "\"other\"")));
    }

    [Fact]
    public async Task Listing_pages_groups_and_resumes()
    {
        await using var aws = await AwsFixture.StartAsync();
        string[] keys = ["rds/x/a", "rds/x/t/1/_SUCCESS", "rds/x/t/1/p0", "rds/x/t/2/p0", "rds/x/u/1/p0", "rds/x/z", "rds/xy"];
        foreach (var key in keys) aws.Store.Put(Estate.Bucket, key, "1"u8);
        using var s3 = aws.S3(aws.Reader);
        async Task<List<string>> WalkAsync(int size, string? delimiter, string? after = null)
        {
            var request = new ListObjectsV2Request
            {
                BucketName = Estate.Bucket, Prefix = "rds/x/", Delimiter = delimiter, MaxKeys = size,
                StartAfter = after
            };
            var seen = new List<string>();
            ListObjectsV2Response page;
            do
            {
                page = await s3.ListObjectsV2Async(request);
                seen.AddRange((page.S3Objects ?? []).Select(o => o.Key).Concat(page.CommonPrefixes ?? []));
                request.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated == true && seen.Count < 20);
            return seen;
        }
        foreach (var size in (int[])[1, 2, 1000])
        {
            Assert.Equal(keys[..6], await WalkAsync(size, null));
            Assert.Equal(["rds/x/a", "rds/x/t/", "rds/x/u/", "rds/x/z"], (await WalkAsync(size, "/")).Order(StringComparer.Ordinal));
            Assert.Equal(["rds/x/u/1/p0", "rds/x/z"], await WalkAsync(size, null, "rds/x/t/9"));
        }
    }

    [Fact]
    public async Task More_than_a_thousand_keys_take_two_pages()
    {
        await using var aws = await AwsFixture.StartAsync();
        for (var i = 0; i < 1001; i++) aws.Store.Put(Estate.Bucket, $"k{i:d5}", []);
        using var s3 = aws.S3(aws.Reader);
        var first = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Estate.Bucket, MaxKeys = 5000 });
        Assert.Equal((1000, true), (first.S3Objects.Count, first.IsTruncated == true));
        var second = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = Estate.Bucket, ContinuationToken = first.NextContinuationToken });
        Assert.Equal("k01000", Assert.Single(second.S3Objects).Key);
    }

    [Fact]
    public async Task Each_identity_may_do_its_own_and_no_more()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Store.Put(Estate.Bucket, "key", "1"u8);
        aws.Store.CreateBucket("private", Estate.Region);
        foreach (var credentials in (AWSCredentials[])[aws.Reader, Caller(aws)])
        {
            using var s3 = aws.S3(credentials);
            Assert.Single((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Estate.Bucket })).S3Objects);
            Assert.Equal(1, (await s3.GetObjectMetadataAsync(Estate.Bucket, "key")).ContentLength);
            var put = new PutObjectRequest { BucketName = Estate.Bucket, Key = "new", ContentBody = "x" };
            Assert.Equal(("AccessDenied", HttpStatusCode.Forbidden), await RefusedAsync(() => s3.PutObjectAsync(put)));
            Assert.Equal("AccessDenied", (await RefusedAsync(() => s3.DeleteObjectAsync(Estate.Bucket, "key"))).Code);
            Assert.Equal("AccessDenied",
                (await RefusedAsync(() => s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "private" }))).Code);
            Assert.Equal("AccessDenied", (await RefusedAsync(() => s3.ListBucketsAsync())).Code);
        }
    }

    [Fact]
    public async Task What_is_missing_and_who_is_wrong_have_S3s_own_codes()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var admin = aws.S3(aws.Admin);
        Assert.Equal(("NoSuchKey", HttpStatusCode.NotFound), await RefusedAsync(() => admin.GetObjectAsync(Estate.Bucket, "nope")));
        Assert.Equal(("NoSuchBucket", HttpStatusCode.NotFound), await RefusedAsync(() => admin.GetObjectAsync("nope-bucket", "nope")));
        Assert.Equal(HttpStatusCode.NotFound, (await RefusedAsync(() => admin.GetObjectMetadataAsync(Estate.Bucket, "nope"))).Status);
        Assert.Equal("NotImplemented", (await RefusedAsync(() => admin.InitiateMultipartUploadAsync(Estate.Bucket, "big"))).Code);
        using var wrong = aws.S3(new BasicAWSCredentials(aws.Estate.AdminKeyId, "wrong"));
        Assert.Equal(("SignatureDoesNotMatch", HttpStatusCode.Forbidden), await RefusedAsync(() =>
            wrong.GetObjectAsync(Estate.Bucket, "nope")));
        using var nobody = aws.S3(new BasicAWSCredentials("AKIANOBODY", "wrong"));
        Assert.Equal(("InvalidAccessKeyId", HttpStatusCode.Forbidden), await RefusedAsync(() =>
            nobody.GetObjectAsync(Estate.Bucket, "nope")));
        using var elsewhere = aws.S3(aws.Admin, "eu-west-1");
        Assert.Equal(("AuthorizationHeaderMalformed", HttpStatusCode.BadRequest), await RefusedAsync(() =>
            elsewhere.GetObjectAsync(Estate.Bucket, "nope")));
    }

    [Fact]
    public async Task A_presigned_address_works_until_it_expires_and_virtual_hosts_name_the_bucket()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Store.Put(Estate.Bucket, "a/b c", "hello"u8);
        using var s3 = aws.S3(aws.Reader);
        string Presign(TimeSpan lifetime) => s3.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = Estate.Bucket, Key = "a/b c", Expires = DateTime.UtcNow + lifetime, Protocol = Protocol.HTTP,
        });
        using var http = new HttpClient();
        Assert.Equal("hello", await http.GetStringAsync(new Uri(Presign(TimeSpan.FromMinutes(5)))));
        var forged = new Uri(Presign(TimeSpan.FromMinutes(5)).Replace("b%20c", "other", StringComparison.Ordinal));
        Assert.Contains("SignatureDoesNotMatch", await (await http.GetAsync(forged)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var virtualHost = new HttpRequestMessage(HttpMethod.Get, new Uri(aws.Cloud.S3Address, "/a/b%20c"));
        virtualHost.Headers.Host = $"{Estate.Bucket}.s3.local";
        using var answer = await http.SendAsync(virtualHost);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(aws.Journal.Entries, e => e is { Operation: "s3.GetObject", Subject: "a/b c", Status: 403 });
    }

    [Fact]
    public async Task Objects_are_dated_by_the_local_clock_and_can_be_deleted()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Clock.Advance(TimeSpan.FromDays(2));
        using var s3 = aws.S3(aws.Admin);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Estate.Bucket, Key = "one", ContentBody = "1" });
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Estate.Bucket, Key = "two", ContentBody = "2" });
        var modified = (await s3.GetObjectMetadataAsync(Estate.Bucket, "one")).LastModified!.Value.ToUniversalTime();
        Assert.InRange(modified, aws.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1), aws.Clock.GetUtcNow().UtcDateTime);
        await s3.DeleteObjectAsync(Estate.Bucket, "one");
        await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Estate.Bucket, Objects = [new KeyVersion { Key = "two" }] });
        Assert.Empty(aws.Store.List(Estate.Bucket, ""));
        Assert.Equal(Estate.Region, (await s3.GetBucketLocationAsync(Estate.Bucket)).Location.Value);
    }

    [Fact]
    public async Task A_body_that_is_not_what_was_signed_leaves_no_object()
    {
        await using var aws = await AwsFixture.StartAsync();
        using var s3 = aws.S3(aws.Admin);
        var put = new PutObjectRequest
        {
            BucketName = Estate.Bucket, Key = "x", ContentBody = "x",
            MD5Digest = Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef"))
        };
        Assert.Equal("BadDigest", (await RefusedAsync(() => s3.PutObjectAsync(put))).Code);
        Assert.Null(aws.Store.Find(Estate.Bucket, "x"));
    }

    [Fact]
    public async Task Scripted_faults_are_worded_as_S3_words_them()
    {
        await using var aws = await AwsFixture.StartAsync();
        aws.Faults.Add(new Fault("s3.GetObject", "error", Status: 503, Code: "SlowDown", Message: "Please reduce your request rate."));
        using var s3 = aws.S3(aws.Admin);
        Assert.Equal(("SlowDown", HttpStatusCode.ServiceUnavailable), await RefusedAsync(() => s3.GetObjectAsync(Estate.Bucket, "x")));
    }
}

namespace RdsBq.Local.Tests.BigQuery;

public sealed class DatasetTests : IAsyncLifetime
{
    private Rig rig = null!;

    public async Task InitializeAsync() => rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await rig.DisposeAsync();

    [Fact]
    public async Task A_dataset_is_created_once_with_the_default_access()
    {
        var made = await rig.OkAsync("POST", "datasets", """{"datasetReference":{"datasetId":"views"},"location":"asia-northeast1","defaultTableExpirationMs":3600000,"labels":{"team":"data"}}""");
        Assert.Equal("3600000", made["defaultTableExpirationMs"]!.GetValue<string>());
        Assert.Equal(3, made["access"]!.AsArray().Count);
        Assert.Equal((409, "duplicate", "Already Exists: Dataset local-project:views"), await rig.RefusedAsync("POST", "datasets", """{"datasetReference":{"datasetId":"views"},"location":"asia-northeast1"}"""));
        Assert.Equal(["shop", "views"], (await rig.OkAsync("GET", "datasets"))["datasets"]!.AsArray().Select(d => d!["datasetReference"]!["datasetId"]!.ToString()));
        Assert.Single((await rig.OkAsync("GET", "datasets?filter=labels.team:data"))["datasets"]!.AsArray());
    }

    [Fact]
    public async Task A_patch_merges_and_a_stale_etag_is_refused()
    {
        var before = await rig.OkAsync("GET", "datasets/shop");
        var etag = before["etag"]!.ToString();
        var (status, patched) = await rig.CallAsync("PATCH", "datasets/shop", """{"description":"orders","labels":{"a":"1","b":"2"}}""", etag);
        Assert.Equal(200, status);
        Assert.NotEqual(etag, patched["etag"]!.ToString());
        Assert.Equal(412, (await rig.RefusedAsync("PATCH", "datasets/shop", """{"description":"x"}""", etag)).Status);
        var again = await rig.OkAsync("PATCH", "datasets/shop", """{"labels":{"a":null}}""");
        Assert.Equal("""{"b":"2"}""", again["labels"]!.ToJsonString());
        Assert.Equal("orders", again["description"]!.ToString());
    }

    [Fact]
    public async Task A_dataset_with_tables_is_deleted_only_with_its_contents()
    {
        await rig.TableAsync("t", """[{"name":"a","type":"INT64"}]""");
        Assert.Equal((400, "resourceInUse"), (await rig.RefusedAsync("DELETE", "datasets/shop")) is var r ? (r.Status, r.Reason) : default);
        await rig.OkAsync("DELETE", "datasets/shop?deleteContents=true");
        Assert.Equal((404, "notFound", "Not found: Dataset local-project:shop"), await rig.RefusedAsync("GET", "datasets/shop"));
    }

    [Fact]
    public async Task Both_prefixes_serve_and_a_bad_token_does_not_pass()
    {
        Assert.Equal("local-project:shop", (await rig.OkAsync("GET", new Uri(rig.Address, "/projects/local-project/datasets/shop").ToString()))["id"]!.ToString());
        using var anonymous = new HttpClient();
        using var answer = await anonymous.GetAsync(new Uri(rig.Address, "/bigquery/v2/projects/local-project/datasets"));
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Contains("authError", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_implemented_is_refused_by_name()
    {
        Assert.Equal((501, "notImplemented", "The local BigQuery does not implement GET /datasets/shop/routines."), await rig.RefusedAsync("GET", "datasets/shop/routines"));
        Assert.Contains("legacy SQL", (await rig.RefusedAsync("POST", "queries", """{"query":"SELECT 1"}""")).Message, StringComparison.Ordinal);
        Assert.Contains("MERGE", (await rig.RefusedQueryAsync("MERGE t USING s ON TRUE WHEN MATCHED THEN DELETE")).Message, StringComparison.Ordinal);
        Assert.Equal((400, "invalidQuery"), (await rig.RefusedQueryAsync("SELECT FARM_FINGERPRINT('x')")) is var r ? (r.Status, r.Reason) : default);
    }

    [Fact]
    public async Task Calls_are_journaled_by_name_and_subject()
    {
        await rig.TableAsync("t", """[{"name":"a","type":"INT64"}]""");
        await rig.QueryAsync("CREATE OR REPLACE VIEW `local-project.shop.v` AS SELECT a FROM shop.t");
        var calls = rig.Journal.Entries.Select(e => $"{e.Operation} {e.Subject} {e.Mutates} {e.Status}");
        Assert.Equal(["bigquery.datasets.insert shop True 200", "bigquery.tables.insert shop.t True 200", "bigquery.jobs.query shop.v True 200"], calls);
    }
}

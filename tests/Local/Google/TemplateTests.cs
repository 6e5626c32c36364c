using System.Globalization;
using Google.Cloud.BigQuery.DataTransfer.V1;

namespace RdsBq.Local.Tests.Google;

/// <summary>Run-time parameters and wildcards, seen from outside: where a run loads to, and which objects.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("mytable_{run_time|\"%Y%m%d\"}", "mytable_20180215")]
    [InlineData("mytable_{run_date}", "mytable_20180215")]
    [InlineData("mytable${run_date}", "mytable$20180215")]
    [InlineData("mytable${run_time|\"%Y%m%d\"}", "mytable$20180215")]
    [InlineData("mytable_{run_time+25h|\"%Y%m%d\"}", "mytable_20180216")]
    [InlineData("mytable_{run_time-1h|\"%Y%m%d\"}", "mytable_20180214")]
    [InlineData("mytable_{run_time+1.5h|\"%Y%m%d%H\"}", "mytable_2018021501")]
    [InlineData("mytable_{run_time+90m|\"%Y%m%d%H\"}", "mytable_2018021501")]
    [InlineData("{run_time+97s|\"%Y%m%d\"}_mytable_{run_time+97s|\"%H%M%S\"}", "20180215_mytable_000237")]
    [InlineData("t_{run_time-1h2m3s|\"%H%M%S\"}", "t_225857")]
    [InlineData("t_{run_time|\"%j_%U_%W_%V_%G_%u_%w_%Q_%s\"}", "t_046_06_07_07_2018_4_4_1_1518652860")]
    [InlineData("t_{run_time|\"%A_%a_%B_%b_%h_%C_%y_%I_%p_%P\"}", "t_Thursday_Thu_February_Feb_Feb_20_18_12_AM_am")]
    [InlineData("t_{run_time|\"%F_%E4Y_%g_%J\"}", "t_2018-02-15_2018_18_046")]
    public async Task The_destination_table_follows_the_run_time(string template, string expected)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        rig.Put("rds/f.parquet");
        rig.Clock.Advance(TimeSpan.FromMinutes(6));
        var config = rig.Config(path: $"s3://{RdsBq.Local.Estate.Bucket}/rds/f.parquet");
        GoogleRig.Set(config, "destination_table_name_template", template);
        var run = await rig.RunAsync(t, config, DateTimeOffset.Parse("2018-02-15T00:01:00Z", CultureInfo.InvariantCulture));
        Assert.Equal(TransferState.Succeeded, run.State);
        Assert.Equal(expected, Assert.Single(rig.Loads).Table);
        Assert.Equal(template, run.Params.Fields["destination_table_name_template"].StringValue);
    }

    [Theory]
    [InlineData("rds/a/f.parquet", "rds/a/f.parquet")]
    [InlineData("rds/a/", "")]
    [InlineData("rds/*.parquet", "rds/a/1/f.parquet rds/a/2/g.parquet rds/a/f.parquet rds/{x}/f.parquet")]
    [InlineData("rds/a/*.parquet", "rds/a/1/f.parquet rds/a/2/g.parquet rds/a/f.parquet")]
    [InlineData("rds/*/*.parquet", "rds/a/f.parquet rds/{x}/f.parquet")]
    [InlineData("rds/*/*/*.parquet", "rds/a/1/f.parquet rds/a/2/g.parquet")]
    [InlineData("rds/a/*/_SUCCESS", "rds/a/1/_SUCCESS")]
    [InlineData("rds/\\{x\\}/*", "rds/{x}/f.parquet")]
    [InlineData("rds/none/*", "")]
    public async Task Wildcards_cross_folders_only_when_alone(string pattern, string expected)
    {
        await using var rig = await GoogleRig.StartAsync();
        using var t = rig.Via(grpc: true);
        string[] keys = ["rds/a/f.parquet", "rds/a/1/f.parquet", "rds/a/1/_SUCCESS", "rds/a/2/g.parquet", "rds/{x}/f.parquet"];
        foreach (var key in keys) rig.Put(key);
        rig.Clock.Advance(TimeSpan.FromMinutes(6));
        var run = await rig.RunAsync(t, rig.Config(path: $"s3://{RdsBq.Local.Estate.Bucket}/{pattern}"));
        Assert.Equal(TransferState.Succeeded, run.State);
        var byPath = keys.ToDictionary(k => rig.Objects.Find(RdsBq.Local.Estate.Bucket, k)!.Path);
        Assert.Equal(expected, string.Join(' ', rig.Loads.SelectMany(l => l.Files).Select(f => byPath[f])));
    }
}

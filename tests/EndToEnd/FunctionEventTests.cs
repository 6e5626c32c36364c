using System.Text;
using RdsBq.Core.Ledger;
using RdsBq.Local.Hosting;
using RdsBq.Tests.Clouds;

namespace RdsBq.EndToEnd.Tests;

/// <summary>The shipped function, one event at a time.</summary>
public sealed class FunctionEventTests(FunctionFixture fixture) : IClassFixture<FunctionFixture>
{
    public static TheoryData<string, byte[]> Malformed() => new()
    {
        { "nothing", [] },
        { "it is not JSON", "hello"u8.ToArray() },
        { "it is not JSON", [0xFF, 0xFE, 0x00] },
        { "it is not JSON", Encoding.UTF8.GetBytes(new string('[', 2000)) },
        { "it is no JSON object", "[1]"u8.ToArray() },
        { "it is no JSON object", "null"u8.ToArray() },
        { "it names no transfer run", "{}"u8.ToArray() },
        { "it names no transfer run", FunctionFixture.Notification(run => run["name"] = 7) },
        { "it names no transfer run", FunctionFixture.Notification(run => run["name"] = "projects/p/locations/l/transferConfigs/c") },
        { "it is not JSON", """{"name":"\ud800"}"""u8.ToArray() },
        { "it is not JSON", [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8] },
        { "it has no runTime", FunctionFixture.Notification(run => run.Remove("runTime")) },
        { "it has no runTime", FunctionFixture.Notification(run => run["runTime"] = "yesterday") },
        { "its state is not a final one", FunctionFixture.Notification(run => run["state"] = "RUNNING") },
        { "its state is not a final one", FunctionFixture.Notification(run => run["state"] = "SOMETHING_NEW") },
        { "its state is not a final one", FunctionFixture.Notification(run => run.Remove("state")) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_event_is_acknowledged_with_one_error_line(string problem, byte[] data)
    {
        var (before, posts) = (fixture.Function.Child.Output.Length, fixture.Google.Slack.Messages.Count);
        Assert.Equal(200, await fixture.Function.SendAsync(data));
        var errors = await ErrorsAsync(before);
        Assert.Contains(problem == "nothing" ? "it is not JSON" : problem, Assert.Single(errors), StringComparison.Ordinal);
        Assert.DoesNotContain("NOTIFYSECRET", errors[0], StringComparison.Ordinal);
        Assert.Equal(posts, fixture.Google.Slack.Messages.Count);
    }

    [Fact]
    public async Task An_event_without_a_body_is_acknowledged_with_one_error_line()
    {
        var before = fixture.Function.Child.Output.Length;
        Assert.Equal(200, await fixture.Function.SendWithoutBodyAsync());
        Assert.Contains("it is not JSON", Assert.Single(await ErrorsAsync(before)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAILED", 3)]
    [InlineData("SUCCEEDED", "not a number")]
    public async Task An_event_of_another_teams_transfer_is_acknowledged_and_tells_nobody(string state, object code)
    {
        var (known, posts) = ((await fixture.Function.JudgementsAsync(0)).Count, fixture.Google.Slack.Messages.Count);
        Assert.Equal(200, await fixture.Function.SendAsync(FunctionFixture.Notification(run =>
        {
            run["state"] = state;
            run["errorStatus"]!["code"] = code is int number ? number : (string)code;
        })));
        Assert.Equal("NotOurs", (await fixture.Function.JudgementsAsync(known + 1))[^1]);
        Assert.Equal(posts, fixture.Google.Slack.Messages.Count);
    }

    [Theory]
    [InlineData(Delivery.RawPush)]
    [InlineData(Delivery.Binary)]
    [InlineData(Delivery.Structured)]
    public async Task An_event_is_judged_however_it_is_delivered(Delivery delivery)
    {
        var run = await fixture.PlanAsync(("orders", 5));
        await run.TransferAsync("orders");
        Assert.Equal(200, await fixture.Function.SendAsync(fixture.LastNotification, delivery));
        Assert.Equal(5, Assert.Single(await run.LedgerAsync(), r => r.Event == LedgerEvent.Proven).LandedRows);
        Assert.Equal(1, await run.CountAsync(LedgerEvent.Published));
        Assert.Equal(["5"], await fixture.Google.RowsAsync($"SELECT COUNT(*) AS n FROM {GoogleSide.Dataset}.orders"));
    }

    [Theory]
    [InlineData("bigquery.jobs.query", 403, "accessDenied")]
    [InlineData("bigquery.tables.get", 403, "accessDenied")]
    [InlineData("bigquery.tabledata.insertAll", 400, "invalid")]
    public async Task While_BigQuery_does_not_answer_the_event_is_given_back_and_the_next_delivery_does_it(
        string operation, int status, string reason)
    {
        var run = await fixture.PlanAsync(("orders", 5));
        await run.TransferAsync("orders");
        fixture.Google.Faults.Add(new Fault(operation, "error", Status: status, Code: reason));
        Assert.Equal(500, await fixture.Function.SendAsync(fixture.LastNotification));
        Assert.Equal(200, await fixture.Function.SendAsync(fixture.LastNotification));
        Assert.Equal((1, 1), (await run.CountAsync(LedgerEvent.Proven), await run.CountAsync(LedgerEvent.Published)));
    }

    [Fact]
    public async Task While_Slack_fails_the_event_is_held_until_it_is_told_once()
    {
        var run = await fixture.PlanAsync(("orders", 5));
        fixture.Google.Faults.Add(new Fault("dts.run", "fail", "orders", Code: "INVALID_ARGUMENT", Message: "Too wide"));
        fixture.Google.Faults.Add(new Fault("slack.chat.postMessage", "error", Status: 503));
        await run.TransferAsync("orders");
        var posts = fixture.Google.Slack.Messages.Count;
        Assert.Equal(200, await fixture.Function.SendAsync(fixture.LastNotification));
        Assert.Equal(200, await fixture.Function.SendAsync(fixture.LastNotification));
        var told = fixture.Google.Slack.Messages.Skip(posts).ToList();
        Assert.Contains("Too wide", Assert.Single(told, m => m.ThreadTs is null).Text, StringComparison.Ordinal);
        Assert.Contains("Too wide", Assert.Single(told, m => m.ThreadTs is not null).Text, StringComparison.Ordinal);
        var said = fixture.Function.Child.Output + fixture.Function.Child.Error;
        Assert.DoesNotContain(fixture.Google.Estate.SlackToken, said, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Google.Estate.ReaderSecret, said, StringComparison.Ordinal);
    }

    /// <summary>
    /// The error lines since then; all of an event's lines are written before its answer, though they may arrive a moment after.
    /// </summary>
    private async Task<IReadOnlyList<string>> ErrorsAsync(int since)
    {
        var child = fixture.Function.Child;
        for (var i = 0; i < 250 && !child.Output[since..].Contains("[fail]", StringComparison.Ordinal); i++) await Task.Delay(20);
        await Task.Delay(100);
        return [.. child.Output[since..].Split('\n').Where(l => l.Contains("[fail]", StringComparison.Ordinal))];
    }
}

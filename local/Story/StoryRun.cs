using System.Diagnostics;
using System.Net.Sockets;
using RdsBq.Local.Hosting;
using Spectre.Console;

namespace RdsBq.Local.Story;

/// <summary>The whole way of a database, then the same with a failure: with the shipped job and function as processes of their own.</summary>
internal sealed class StoryRun(LocalCloud cloud, Shipped shipped, IAnsiConsole console)
{
    // The job's own wait, in real time: the clouds' clock may run a hundred times as fast.
    private static readonly string[] Follow = ["export", "--wait", "--poll", "500ms"];

    public static async Task<int> RunAsync(LocalOptions options, bool once, TextWriter output, CancellationToken token)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var cloud = await LocalCloud.StartAsync(options, TimeProvider.System, token);
            await using var shipped = new Shipped(Exports.Settings(cloud));
            var story = new StoryRun(cloud, shipped, console);
            var good = await TellAsync(story, cloud, token);
            console.MarkupLineInterpolated($"[dim]The story took {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s.[/]");
            if (once) return good ? 0 : 1;
            story.Invite();
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
            return good ? 0 : 1;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Ctrl-C: everything that was started has been ended by the using blocks.
            return 130;
        }
    }

    private static async Task<bool> TellAsync(StoryRun story, LocalCloud cloud, CancellationToken token)
    {
        await using var pace = new Pace(cloud);
        return await story.TellAsync(token);
    }

    private async Task<bool> TellAsync(CancellationToken token)
    {
        Chapter($"The local clouds are up ({cloud.Clock.Speed:0.#} times real time). The function waits for finished transfer runs.");
        shipped.StartFunction(line => Say("function", line));
        await FunctionListensAsync(token);

        Chapter("A night: export the newest snapshot, land it, prove it, publish it.");
        var good = await shipped.JobAsync(Follow, line => Say("job", line), token) == 0;
        good &= await ShowReceiptsAsync(token);
        ShowPosts(0);

        Chapter("The next night one transfer fails.");
        cloud.TrySnapshot(null, out var snapshot);
        Say("aws", $"snapshot {snapshot}");
        // It is being created for two minutes; the job would rightly take the one before.
        cloud.Clock.Advance(TimeSpan.FromMinutes(3));
        var (table, posts) = (await VictimAsync(token), cloud.Slack.Messages.Count);
        cloud.Faults.Add(new Fault("dts.run", "fail", table + "_", Code: "PERMISSION_DENIED", Message: Denied()));
        good &= await shipped.JobAsync(Follow, line => Say("job", line), token) == 1;
        ShowPosts(posts);
        good &= Told(posts) is { Count: 1 };

        Chapter("Its cause is mended; the rerun loads what is missing, and the views flip together.");
        good &= await shipped.JobAsync(["load", "--retry"], line => Say("job", line), token) == 0;
        good &= await shipped.JobAsync(Follow, line => Say("job", line), token) == 0;
        good &= await ShowReceiptsAsync(token);
        good &= await MendedAsync(posts, token);
        ShowPosts(posts, threads: false);
        return good;
    }

    private void ShowPosts(int after, bool threads = true)
    {
        foreach (var message in cloud.Slack.Messages.Skip(after).Where(m => threads || m.ThreadTs is null))
        {
            var place = message.ThreadTs is null ? Estate.SlackChannel : $"{Estate.SlackChannel}, in the thread";
            console.Write(new Panel(Markup.Escape(Slack.SlackMessage.Render(message))).Header($" Slack {place} ").Expand());
        }
    }

    private List<Slack.SlackMessage> Told(int after) => [.. cloud.Slack.Messages.Skip(after).Where(m => m.ThreadTs is null)];

    /// <summary>Whoever published the run turns its message green, a moment after.</summary>
    private async Task<bool> MendedAsync(int after, CancellationToken token)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (Told(after) is [var one] && one.Text.Contains("Mended", StringComparison.Ordinal)) return true;
            await Task.Delay(100, token);
        }
        return false;
    }

    private async Task<bool> ShowReceiptsAsync(CancellationToken token)
    {
        using var receipts = new Receipts(cloud);
        var found = await receipts.NewestAsync(token);
        console.Write(Receipts.Render(found));
        return found.Count > 0 && found.All(r => r.Agrees);
    }

    /// <summary>The largest table: the one that people would miss first.</summary>
    private async Task<string> VictimAsync(CancellationToken token)
    {
        using var receipts = new Receipts(cloud);
        return (await receipts.NewestAsync(token)).MaxBy(r => r.ExportRows)!.View;
    }

    private string Denied() =>
        $"Error code 7 : Access Denied : Dataset {Estate.Project}:{Exports.DatasetOf(cloud)}_landing : Permission bigquery.tables.updateData denied on the table.";

    private async Task FunctionListensAsync(CancellationToken token)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", cloud.FunctionPort, token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, token);
            }
        }
        throw new InvalidOperationException("The function does not listen.");
    }

    private void Invite()
    {
        Chapter("Your turn. In another terminal, in this folder, paste:");
        foreach (var line in Exports.Lines(Exports.Settings(cloud))) console.Profile.Out.Writer.WriteLine(line);
        console.WriteLine();
        string[] ideas =
        [
            Shipped.CommandLine("export --again --wait --poll 1s"), Shipped.CommandLine("load"), "curl -X POST $RDSBQ_LOCAL/_local/snapshots", "curl $RDSBQ_LOCAL/_local/journal",
            """curl $RDSBQ_LOCAL/_local/faults -d '{"operation":"dts.run","action":"fail","subject":"orders_","code":"UNAVAILABLE","message":"Backend error."}'""",
            "curl $RDSBQ_LOCAL/_local/slack",
        ];
        foreach (var idea in ideas) console.Profile.Out.Writer.WriteLine(idea);
        console.WriteLine();
        console.MarkupLine("[dim]Ctrl-C ends it all.[/]");
    }

    private void Chapter(string title)
    {
        lock (console)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{title}[/]");
        }
    }

    private void Say(string who, string line)
    {
        // The framework's console prints each line's logging scopes below it.
        if (line.StartsWith("Scopes:", StringComparison.Ordinal)) return;
        lock (console) console.MarkupLineInterpolated($"[dim]{who,9} |[/] {line}");
    }
}

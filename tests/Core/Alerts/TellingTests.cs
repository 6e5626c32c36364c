using System.Globalization;
using CsCheck;
using RdsBq.Core.Alerts;
using RdsBq.Core.Runs;

namespace RdsBq.Core.Tests.Alerts;

/// <summary>What is missing between a story and a channel: A and B are messages, the letter before it is what is done.</summary>
public class TellingTests
{
    private static readonly Topic Run = Topic.Of(RunTime.At(new(2026, 4, 1, 17, 5, 0, TimeSpan.Zero)));

    public static TheoryData<string, Story, SeenMessage[], SeenReply[], string> Situations => new()
    {
        { "nobody was told", Of(Run, Tone.Problem), [], [], "post" },
        { "details wait for their message", Of(Run, Tone.Problem, "a"), [], [], "post" },
        { "told", Of(Run, Tone.Problem), [Message("1", Run)], [], "" },
        { "told of something else", Of(Run, Tone.Problem), [Message("1", Run, print: "old")], [], "update 1" },
        { "mended", Of(Run, Tone.Mended), [Message("1", Run, print: "old")], [], "update 1" },
        { "mended and told", Of(Run, Tone.Mended), [Message("1", Run, Tone.Mended)], [], "" },
        { "mended before anybody was told", Of(Run, Tone.Mended), [], [], "" },
        { "bad again: the run's message turns red", Of(Run, Tone.Problem), [Message("1", Run, Tone.Mended, "old")], [], "update 1" },
        { "two told at once", Of(Run, Tone.Problem), [Message("2", Run), Message("1", Run)], [], "delete 2" },
        { "two told at once, the first of something else", Of(Run, Tone.Problem), [Message("1", Run, print: "old"), Message("2", Run)], [], "delete 2, update 1" },
        { "of another run", Of(Run, Tone.Problem), [Message("1", Topic.Export)], [], "post" },
        { "a detail is missing", Of(Run, Tone.Problem, "a", "b"), [Message("1", Run)], [new("9", "a")], "reply b to 1" },
        { "a detail was told twice", Of(Run, Tone.Problem, "a"), [Message("1", Run)], [new("9", "a"), new("8", "a")], "delete 9" },
        { "a detail that is none any more stays", Of(Run, Tone.Mended), [Message("1", Run, Tone.Mended)], [new("9", "a")], "" },
        { "export trouble goes on", Of(Topic.Export, Tone.Problem), [Message("1", Topic.Export)], [], "" },
        { "export trouble comes back: its old message is green", Of(Topic.Export, Tone.Problem), [Message("1", Topic.Export, Tone.Mended)], [], "post" },
    };

    [Theory]
    [MemberData(nameof(Situations))]
    public void What_is_missing_is_done(string situation, Story story, SeenMessage[] seen, SeenReply[] replies, string expected) =>
        Assert.Equal((situation, expected), (situation, string.Join(", ", Telling.Decide(story, "new", seen, replies).Select(Word))));

    [Fact]
    public void A_success_is_worth_a_look_only_where_it_is_wanted()
    {
        Assert.False(Telling.IsWorthALook(Of(Run, Tone.Success), always: false));
        Assert.True(Telling.IsWorthALook(Of(Run, Tone.Success), always: true));
        Assert.All([Tone.Problem, Tone.Notice, Tone.Mended], tone => Assert.True(Telling.IsWorthALook(Of(Run, tone), always: false)));
    }

    /// <summary>
    /// Several tellers, each with a story that may be older than the others', interleaved call by call and each killed at any of them: the last one that comes to
    /// its end leaves one message with the newest story, and every detail once.
    /// </summary>
    [Fact]
    public void However_tellers_interleave_and_die_one_message_is_left_with_the_newest_story() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 60], Gen.Int[1, 4]).Sample((schedule, stories) =>
        {
            var world = new Channel();
            var tellers = Enumerable.Range(0, 4).Select(i => new OneTeller(world, () => 1 + (i % stories))).ToArray();
            foreach (var who in schedule) tellers[who].Step();
            var last = new OneTeller(world, () => stories);
            for (var i = 0; i < 60 && !last.Done; i++) last.Step();
            Assert.True(last.Done);
            Assert.Equal($"v{stories}", Assert.Single(world.Messages).Fingerprint);
            Assert.Equal(["detail"], world.Replies.Select(r => r.Key));
        });

    private static Story Of(Topic topic, Tone tone, params string[] details) =>
        new(topic, tone, "t", "s") { Details = [.. details.Select(d => new ThreadDetail(d, d, d))] };

    private static SeenMessage Message(string ts, Topic topic, Tone tone = Tone.Problem, string print = "new") => new(ts, topic.Key, tone, print);

    private static string Word(TellingStep step) => step switch
    {
        TellingStep.Post => "post",
        TellingStep.Update update => $"update {update.Ts}",
        TellingStep.Delete delete => $"delete {delete.Ts}",
        TellingStep.Reply reply => $"reply {reply.Detail.Key} to {reply.ParentTs}",
        _ => step.ToString(),
    };

    private sealed class Channel
    {
        private int counter;

        public List<SeenMessage> Messages { get; } = [];

        public List<SeenReply> Replies { get; } = [];

        public string Next() => (++counter).ToString("d6", CultureInfo.InvariantCulture);
    }

    /// <summary>One call to the channel a step: look, then each step of the decision, then look again.</summary>
    private sealed class OneTeller(Channel channel, Func<int> newest)
    {
        private readonly Queue<TellingStep> todo = [];
        private bool looked;
        private int version;

        public bool Done { get; private set; }

        public void Step()
        {
            if (Done) return;
            if (todo.TryDequeue(out var step))
            {
                Do(step);
                return;
            }
            version = newest();
            var story = Of(Run, Tone.Problem, "detail");
            foreach (var next in Telling.Decide(story, $"v{version}", [.. channel.Messages], [.. channel.Replies])) todo.Enqueue(next);
            Done = looked && todo.Count == 0;
            looked = true;
        }

        private void Do(TellingStep step)
        {
            switch (step)
            {
                case TellingStep.Post:
                    channel.Messages.Add(new SeenMessage(channel.Next(), Run.Key, Tone.Problem, $"v{version}"));
                    break;
                case TellingStep.Update update when channel.Messages.FindIndex(m => m.Ts == update.Ts) is >= 0 and var i:
                    channel.Messages[i] = channel.Messages[i] with { Fingerprint = $"v{version}" };
                    break;
                case TellingStep.Delete delete:
                    channel.Messages.RemoveAll(m => m.Ts == delete.Ts);
                    channel.Replies.RemoveAll(r => r.Ts == delete.Ts);
                    break;
                case TellingStep.Reply reply:
                    channel.Replies.Add(new SeenReply(channel.Next(), reply.Detail.Key));
                    break;
            }
        }
    }
}

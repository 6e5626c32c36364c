using System.Globalization;
using System.Text.Json.Nodes;
using RdsBq.Tests.Kit;

namespace RdsBq.EndToEnd.Tests.Drift;

/// <summary>Two nights of a real PostgreSQL with every change between them that a table can meet, and a third with none.</summary>
public sealed class ThreeNights : IAsyncLifetime
{
    private DriftNights? nights;

    public DriftNights Nights => nights!;

    public DateTimeOffset Second { get; private set; }

    /// <summary>What the job said while it published the second night.</summary>
    public string Said { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Tools.Find("initdb") is null) return;
        nights = await DriftNights.StartAsync();
        foreach (var one in DriftCase.All) await Nights.SqlAsync(one.Sql(one.Before));
        await Nights.NightAsync();
        await WriteNotesAsync();
        foreach (var one in DriftCase.All) await Nights.SqlAsync(one.Sql(one.Change));
        Nights.Leave("table_unlisted");
        Said = await Nights.NightAsync();
        Second = Nights.Night;
        await Nights.NightAsync();
    }

    public async Task DisposeAsync()
    {
        if (nights is not null) await nights.DisposeAsync();
    }

    private async Task WriteNotesAsync()
    {
        await Nights.WriteAsync("column_renamed", new JsonObject
        {
            ["description"] = "what \"we\" sell",
            ["friendlyName"] = "Sales",
            ["labels"] = new JsonObject { ["team"] = "sales" },
            ["schema"] = new JsonObject
            {
                ["fields"] = new JsonArray(Field("id", "INTEGER", "the key", 1), Field("name", "STRING", "the old name", 2), Field("at", "DATE", null, null)),
            },
        });
    }

    public static JsonObject Field(string name, string type, string? description, int? tag)
    {
        var field = new JsonObject { ["name"] = name, ["type"] = type, ["mode"] = "NULLABLE" };
        if (description is not null) field["description"] = description;
        if (tag is not null) field["policyTags"] = new JsonObject { ["names"] = new JsonArray(Tag(tag.Value)) };
        return field;
    }

    public static string Tag(int number) => $"projects/p/locations/eu/taxonomies/1/policyTags/{number}";
}

public sealed class DriftTests(ThreeNights three) : IClassFixture<ThreeNights>
{
    public static TheoryData<DriftCase> Cases() => [.. DriftCase.All];

    [RequiresTheory("initdb", "postgres")]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task A_change_is_in_the_ledger_on_Slack_and_in_the_view(DriftCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        var nights = three.Nights;
        var until = three.Second.AddDays(7).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var words = one.Words is null ? null : one.Sql(one.Words).Replace("{until}", until, StringComparison.Ordinal);

        Assert.Equal(words, (await nights.ChangesAsync(three.Second)).GetValueOrDefault(one.Name));
        Assert.Equal(
            words is null ? null : $"shop.public.{one.Name}: {words}",
            Changes(nights.Told[0]).FirstOrDefault(line => line.StartsWith($"shop.public.{one.Name}: ", StringComparison.Ordinal)));
        var view = await nights.ViewAsync(one.Name);
        Assert.Equal(one.Columns, string.Join(' ', view!["schema"]!["fields"]!.AsArray().Select(f => (string?)f!["name"])));
        Assert.Equal(one.Rows, await nights.RowsAsync(one.Name));
    }

    private static IEnumerable<string> Changes(string message) => message.Split('\n').Select(l => l.TrimStart('•', ' '))
        .Where(l => l.StartsWith("shop.public.", StringComparison.Ordinal) && !l.Contains(": left out: ", StringComparison.Ordinal));

    [RequiresFact("initdb", "postgres")]
    public async Task It_is_told_once_in_one_message_and_the_next_night_says_nothing()
    {
        // The table that the export leaves out, for a column's new name, is told in both nights: it is not the source's change, but what is missing.
        Assert.Equal(2, three.Nights.Told.Count);
        Assert.Empty(Changes(three.Nights.Told[1]));
        Assert.All(three.Nights.Told, t => Assert.Contains("shop.public.column_refused: left out: ", t, StringComparison.Ordinal));
        var changes = DriftCase.All.Count(c => c.Words is not null);
        Assert.Equal(changes, Changes(three.Nights.Told[0]).Count());
        Assert.Equal(changes, (await three.Nights.ChangesAsync(three.Second)).Count);
        Assert.True(three.Nights.Night > three.Second);
        Assert.Empty(await three.Nights.ChangesAsync(three.Nights.Night));
    }

    [RequiresFact("initdb", "postgres")]
    public async Task What_people_wrote_on_a_view_is_there_after_every_night_but_for_a_column_that_is_gone()
    {
        var view = await three.Nights.ViewAsync("column_renamed");
        Assert.Equal(
            ("what \"we\" sell", "Sales", "sales"), ((string?)view!["description"], (string?)view["friendlyName"], (string?)view["labels"]!["team"]));
        var fields = view["schema"]!["fields"]!.AsArray();
        Assert.Equal(["the key", null, null], fields.Select(f => (string?)f!["description"]));
        Assert.Equal([ThreeNights.Tag(1), null, null], fields.Select(f => (string?)f!["policyTags"]?["names"]?[0]));
        Assert.Contains("View column_renamed has no column name any more", three.Said, StringComparison.Ordinal);
    }
}

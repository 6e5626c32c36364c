using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using RdsBq.Local.Hosting;

namespace RdsBq.Local.Control;

/// <summary>
/// <c>/_local/…</c>: what a test or a person steers the local cloud by. GET health, journal, faults, clock, slack; POST faults, reset, clock, snapshots; DELETE faults.
/// Its own calls are not in the journal.
/// </summary>
internal static class ControlService
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Map(WebApplication app, LocalCloud cloud)
    {
        var local = app.MapGroup("/_local");
        local.MapGet("/health", () => Results.Json(new { status = "ok", now = cloud.Clock.GetUtcNow() }, Json));
        local.MapGet("/journal", (int? after) => Results.Json(cloud.Journal.Entries.Where(e => e.Sequence > (after ?? 0)), Json));
        local.MapGet("/faults", () => Results.Json(cloud.Faults.Remaining, Json));
        local.MapPost("/faults", async (HttpRequest request) => await AddFaultsAsync(request, cloud.Faults));
        local.MapDelete("/faults", () =>
        {
            cloud.Faults.Clear();
            return Results.NoContent();
        });
        local.MapPost("/reset", async () =>
        {
            await cloud.ResetAsync();
            return Results.NoContent();
        });
        local.MapGet("/clock", () => Results.Json(Clock(cloud.Clock), Json));
        local.MapPost("/clock", async (HttpRequest request) => await SetClockAsync(request, cloud.Clock));
        local.MapPost("/snapshots", (string? source) => cloud.TrySnapshot(source, out var id)
            ? Results.Json(new { snapshot = id }, Json, statusCode: 201)
            : Problem(404, $"There is no source '{source}': {string.Join(", ", cloud.SourceIds)}."));
        local.MapGet("/slack", () => Results.Json(cloud.SlackTexts, Json));
        app.MapFallback((HttpContext context) => Problem(501, $"{context.Request.Method} {context.Request.Path} is not one of the local cloud's controls: /_local/health|journal|faults|reset|clock|snapshots|slack."));
    }

    /// <summary>One fault or an array of them; a member that no fault has is an error, so that a typo cannot disarm a test.</summary>
    private static async Task<IResult> AddFaultsAsync(HttpRequest request, Faults faults)
    {
        try
        {
            var strict = new JsonSerializerOptions(Json) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
            var body = await JsonNode.ParseAsync(request.Body);
            var given = body is JsonArray many ? many.Deserialize<Fault[]>(strict)! : [body.Deserialize<Fault>(strict)!];
            if (given.Any(f => string.IsNullOrEmpty(f?.Operation) || string.IsNullOrEmpty(f.Action))) return Problem(400, "A fault needs at least operation and action.");
            if (given.Any(f => f.Share is not (> 0 and <= 1))) return Problem(400, "A fault's share is above 0 and at most 1.");
            foreach (var fault in given) faults.Add(fault);
            return Results.Json(faults.Remaining, Json, statusCode: 201);
        }
        catch (JsonException e)
        {
            return Problem(400, $"Not a fault: {e.Message}");
        }
    }

    /// <summary><c>{"speed": 60}</c>, <c>{"advance": "PT6M"}</c> (ISO 8601, or seconds as a number), or both.</summary>
    private static async Task<IResult> SetClockAsync(HttpRequest request, LocalClock clock)
    {
        try
        {
            var body = (await JsonNode.ParseAsync(request.Body))?.AsObject() ?? [];
            if (body.FirstOrDefault(m => m.Key is not ("speed" or "advance")).Key is { } unknown) return Problem(400, $"'{unknown}' is neither speed nor advance.");
            if (body["speed"] is { } speed) clock.Speed = speed.GetValue<double>();
            if (body["advance"] is { } advance)
            {
                clock.Advance(advance.GetValueKind() == JsonValueKind.Number
                    ? TimeSpan.FromSeconds(advance.GetValue<double>())
                    : XmlConvert.ToTimeSpan(advance.GetValue<string>()));
            }
            return Results.Json(Clock(clock), Json);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return Problem(400, $"Expected {{\"speed\": 60}} or {{\"advance\": \"PT6M\"}}: {e.Message}");
        }
    }

    private static object Clock(LocalClock clock) => new { now = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), speed = clock.Speed };

    private static IResult Problem(int status, string message) => Results.Json(new { error = message }, Json, statusCode: status);
}

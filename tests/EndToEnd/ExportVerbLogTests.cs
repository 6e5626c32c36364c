using System.Text.Json;
using Microsoft.Extensions.Logging;
using RdsBq.Core;
using RdsBq.Core.Settings;
using RdsBq.Export;
using RdsBq.Export.Logging;
using Xunit;

namespace RdsBq.EndToEnd.Tests;

/// <summary>Log lines and exit codes, apart from any verb.</summary>
public sealed class ExportVerbLogTests
{
    [Fact]
    public void In_Cloud_Run_a_line_is_one_JSON_object_with_the_values_as_labels()
    {
        var line = Logged(LineFormats.Structured([KeyValuePair.Create("verb", "load")]), log => log.LogWarning("table {Table} says\n\"{Word}\"", "orders", "no"));

        var json = JsonDocument.Parse(Assert.Single(line)).RootElement;
        Assert.Equal("WARNING", json.GetProperty("severity").GetString());
        Assert.Equal("table orders says\n\"no\"", json.GetProperty("message").GetString());
        Assert.Equal(TimeSpan.Zero, json.GetProperty("time").GetDateTimeOffset().Offset);
        var labels = json.GetProperty("logging.googleapis.com/labels");
        Assert.Equal("load", labels.GetProperty("verb").GetString());
        Assert.Equal("orders", labels.GetProperty("Table").GetString());
    }

    [Theory]
    [InlineData("key AKIAIOSFODNN7EXAMPLE here", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end", "eyJ")]
    [InlineData("https://b.s3.amazonaws.com/k?X-Amz-Signature=0f1e2d&x=1", "0f1e2d")]
    [InlineData("slack xoxb-1234-abcd", "xoxb-1234")]
    [InlineData("bearer ya29.a0Af_x-y", "a0Af")]
    [InlineData("{\"secret_access_key\":\"wJalrXUtnFEMI\"}", "wJalr")]
    public void What_looks_like_a_credential_never_reaches_a_line(string message, string secret)
    {
        var lines = Logged(LineFormats.Structured([]), log => log.LogError("{Message}", message));

        Assert.DoesNotContain(secret, Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains("[redacted]", lines[0], StringComparison.Ordinal);
    }

    public static TheoryData<Exception, bool, int> Endings => new()
    {
        { StopException.ForPerson("r", "m"), false, 1 },
        { StopException.Passing("r", "m"), false, 75 },
        { new OperationCanceledException(), true, 75 },
        { new OperationCanceledException(), false, 1 },
        { new InvalidOperationException("x"), false, 1 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Every_end_has_its_exit_code_and_says_what_to_do_last(Exception e, bool stopped, int exitCode)
    {
        var ending = Ending.Of(e, stopped);

        Assert.Equal(exitCode, ending.ExitCode);
        Assert.StartsWith("What to do: ", ending.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_cannot_be_used_end_with_64_and_a_line_each()
    {
        var ending = Ending.Of([new SettingsProblem("A", null, "a"), new SettingsProblem("B", "x", "b")]);

        Assert.Equal(64, ending.ExitCode);
        Assert.Equal(3, ending.Lines.Count);
    }

    private static string[] Logged(LineFormat format, Action<ILogger> write)
    {
        using var error = new StringWriter();
        using var provider = new LineLoggerProvider(new LogSink(error), format, TimeProvider.System);
        write(provider.CreateLogger("test"));
        return error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

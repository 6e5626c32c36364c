using System.Net;
using System.Reflection;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace RdsBq.Sdk.Tests.Functions;

public sealed class HostingTests
{
    [Fact]
    public async Task Startups_on_the_functions_class_run_in_their_order()
    {
        await using var host = await FunctionHost<Greets>.StartAsync();
        var answer = await host.Client.GetStringAsync(new Uri("/any/path", UriKind.Relative));
        Assert.Equal("Hello, second of Tokyo; FirstStartup,SecondStartup", answer);
        Assert.Contains(host.Logs.Lines,
            line => line.Contains("Serving function RdsBq.Sdk.Tests.Functions.Greets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_HTTP_function_that_throws_answers_500()
    {
        await using var host = await FunctionHost<Greets>.StartAsync();
        using var response = await host.Client.GetAsync(new Uri("/?throw", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Several_functions_and_no_name_is_an_error()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => EntryPoint.StartAsync(Assembly.GetExecutingAssembly(), ["--port", "0"]));
        Assert.Contains("FUNCTION_TARGET", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assembly_without_functions_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentException>(() => EntryPoint.StartAsync(typeof(RdsBq.Tests.Kit.Tools).Assembly, []));

    [Fact]
    public async Task An_unknown_name_is_an_error()
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => EntryPoint.StartAsync(Assembly.GetExecutingAssembly(), ["No.Such"]));
        Assert.Contains("'No.Such'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_no_function_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddFunctionTarget<Inbox>());

    [Fact]
    public void Arguments_are_named_or_the_target_alone()
    {
        Assert.Equal("A.B", Options("A.B")["FunctionsFramework:FunctionTarget"]);
        var named = Options("--target", "A.B", "--port", "123");
        Assert.Equal(("A.B", "123"), (named["FunctionsFramework:FunctionTarget"], named["FunctionsFramework:Port"]));
        Assert.Null(Options()["FunctionsFramework:Port"]);
    }

    private static IConfiguration Options(params string[] args) =>
        new ConfigurationBuilder().AddFunctionsCommandLine(args).Build();
}

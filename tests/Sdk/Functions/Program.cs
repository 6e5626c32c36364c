using Google.Cloud.Functions.Hosting;

namespace RdsBq.Sdk.Tests.Functions;

/// <summary>What a function's generated entry point does: <c>dotnet RdsBq.Sdk.Tests.dll --target … --port …</c>.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => EntryPoint.StartAsync(typeof(Program).Assembly, args);
}

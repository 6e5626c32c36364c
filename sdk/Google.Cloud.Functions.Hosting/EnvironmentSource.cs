using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting;

/// <summary>The environment variables that Cloud Run and its images set, as options.</summary>
internal sealed class EnvironmentSource : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider();

    private sealed class Provider : ConfigurationProvider
    {
        public override void Load()
        {
            Data.Clear();
            Put(nameof(FunctionsFrameworkOptions.FunctionTarget), Variable(EntryPoint.FunctionTargetEnvironmentVariable));
            Put(nameof(FunctionsFrameworkOptions.Port), Variable(EntryPoint.PortEnvironmentVariable));
            var inContainer = string.Equals(Variable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);
            Put(nameof(FunctionsFrameworkOptions.Address), inContainer ? "Any" : "Loopback");
            Put(nameof(FunctionsFrameworkOptions.JsonLogging), string.IsNullOrWhiteSpace(Variable("K_SERVICE")) ? "False" : "True");
        }

        private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

        private void Put(string option, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value)) Data[$"{FunctionsFrameworkOptions.Section}:{option}"] = value;
        }
    }
}

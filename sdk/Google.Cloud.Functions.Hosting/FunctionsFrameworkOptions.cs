using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting;

/// <summary>The section <c>FunctionsFramework</c> of the configuration.</summary>
internal sealed record FunctionsFrameworkOptions(int Port, string? FunctionTarget, string? Address, bool JsonLogging)
{
    public const string Section = "FunctionsFramework";

    /// <summary><c>Any</c>, <c>Loopback</c> or an address; loopback unless told otherwise.</summary>
    public IPAddress IPAddress => Address switch
    {
        "Any" => IPAddress.Any,
        "Loopback" or null => IPAddress.Loopback,
        var address => IPAddress.Parse(address),
    };

    public static FunctionsFrameworkOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new(
            section[nameof(Port)] is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : 8080,
            section[nameof(FunctionTarget)],
            section[nameof(Address)],
            section[nameof(JsonLogging)] is { } json && bool.Parse(json));
    }
}

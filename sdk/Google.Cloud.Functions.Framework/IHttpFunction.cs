using Microsoft.AspNetCore.Http;

namespace Google.Cloud.Functions.Framework;

/// <summary>A function that answers HTTP requests itself.</summary>
public interface IHttpFunction
{
    /// <summary>Handles one request; an exception becomes status 500.</summary>
    Task HandleAsync(HttpContext context);
}

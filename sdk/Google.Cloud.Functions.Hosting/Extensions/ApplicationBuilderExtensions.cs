using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>The request pipeline of a function.</summary>
public static class ApplicationBuilderExtensions
{
    /// <summary>Start-up classes' middleware, then 404 for what browsers ask of every site, then the function.</summary>
    public static IApplicationBuilder UseFunctionsFramework(this IApplicationBuilder app, WebHostBuilderContext context)
    {
        foreach (var startup in app.ApplicationServices.GetServices<FunctionsStartup>()) startup.Configure(context, app);
        app.Map("/robots.txt", NotFound).Map("/favicon.ico", NotFound);
        app.Run(request => request.RequestServices.GetRequiredService<IHttpFunction>().HandleAsync(request));
        app.ApplicationServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger(typeof(EntryPoint).FullName!)
            .LogInformation("Serving function {Function}", app.ApplicationServices.GetRequiredService<FunctionTarget>().Type.FullName);
        return app;
    }

    private static void NotFound(IApplicationBuilder app) => app.Run(request =>
    {
        request.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

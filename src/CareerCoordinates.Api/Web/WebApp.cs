using System.Text;
using CareerCoordinates.Data;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Web;

/// <summary>
/// Serves the web app from the address of the API: a file of its build by its name, and the page for every address that is
/// no endpoint and that a browser opens. What belongs to the API is left to it, what is not there included.
/// </summary>
public static class WebApp
{
    /// <summary>Nothing inline and nothing from elsewhere.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Forever = "public, max-age=31536000, immutable";

    private static readonly string[] OfTheApi = ["/api", "/swagger", "/healthz", "/readyz", "/metrics", "/openapi"];

    private static readonly byte[] NotBuilt = Encoding.UTF8.GetBytes(
        """
        <!doctype html>
        <html lang="zh-CN"><meta charset="utf-8"><title>职业坐标 · Career Coordinates</title>
        <h1>网页尚未构建</h1>
        <p>构建本程序时没有找到 Node，因此没有网页；接口照常可用。请安装 Node 20 或更高版本，然后重新执行 dotnet build。</p>
        <h1 lang="en">The web app is not built</h1>
        <p lang="en">Node was not there when this program was built, so it has no web app; the API works. Install Node 20 or later and run dotnet build again.</p>
        </html>
        """
    );

    public static IApplicationBuilder UseWebApp(this IApplicationBuilder app, bool isDemo)
    {
        // Read when they are first asked for: a command that serves nobody leaves the database alone.
        var files = new Lazy<WebFiles?>(() =>
            WebFiles.Read(WebFiles.Folder, isDemo, app.ApplicationServices.GetRequiredService<CareerStore>().Frameworks.Current)
        );
        return app.Use(
            (context, next) =>
                context.GetEndpoint() is null && IsAskedFor(context.Request) ? Answer(context, files.Value, next) : next(context)
        );
    }

    /// <param name="files">Null where the program was built without the app: a browser is told so.</param>
    public static Task Answer(HttpContext context, WebFiles? files, RequestDelegate next)
    {
        var file = files?.Find(context.Request.Path.Value!);
        if (file is not null)
        {
            return Send(context, file);
        }
        if (!IsAPage(context.Request))
        {
            return next(context);
        }
        if (files is not null)
        {
            return Send(context, files.PageAt(context.Request.Path.Value!, isPlain: !context.Request.QueryString.HasValue));
        }
        var response = context.Response;
        response.StatusCode = 503;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return Write(context, NotBuilt);
    }

    private static bool IsAskedFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !OfTheApi.Any(start => request.Path.Value!.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>A browser says that it wants HTML; a program that asks for something that is not there gets its 404.</summary>
    private static bool IsAPage(HttpRequest request) =>
        request.Path.Value is "/"
        || (
            !Path.HasExtension(request.Path.Value)
            && request.Headers.Accept.Any(value => value?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        );

    private static Task Send(HttpContext context, WebFile file)
    {
        var (encoding, bytes) = Encoded(context.Request, file);
        var response = context.Response;
        var tag = $"\"{file.Tag}{(encoding is null ? "" : "-" + encoding)}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.CacheControl = file.IsHashed ? Forever : "no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        if (context.Request.Headers.IfNoneMatch.Any(sent => sent?.Contains(tag, StringComparison.Ordinal) == true))
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }
        response.ContentType = file.Type;
        response.Headers.ContentEncoding = encoding;
        return Write(context, bytes);
    }

    private static Task Write(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static (string? Encoding, byte[] Bytes) Encoded(HttpRequest request, WebFile file)
    {
        var taken = request.GetTypedHeaders().AcceptEncoding.Where(one => one.Quality is null or > 0).ToList();
        return file.Brotli is not null && Takes("br") ? ("br", file.Brotli)
            : file.Gzip is not null && Takes("gzip") ? ("gzip", file.Gzip)
            : (null, file.Plain);

        bool Takes(string name) => taken.Any(one => one.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}

using CareerCoordinates.Api.OpenApi;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// What tells a browser to be careful with an answer, errors included. An answer of the API is data: nothing in it is to be run,
/// framed, or read by a page from elsewhere.
/// </summary>
public static class SafeHeaders
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues NothingAllowed = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>A year; only this host, since what else the domain holds is not ours.</summary>
    private static readonly StringValues OnlyHttps = "max-age=31536000";

    private static readonly StringValues NoDevices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    /// <summary>
    /// The page that shows the document runs its own script, and draws its icons from data. The hash is that of the style inside
    /// its logo, which is black on black without.
    /// </summary>
    private static readonly StringValues ForThePage =
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSafeHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(Add, context);
                return next(context);
            }
        );

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var isPage = context.Request.Path.StartsWithSegments(ApiDocument.Page, StringComparison.OrdinalIgnoreCase);
        headers.XContentTypeOptions = NoSniff;
        // A page of our own, such as one to print, says what its one style needs.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = isPage ? ForThePage : NothingAllowed;
        }
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        headers["Permissions-Policy"] = NoDevices;
        if (context.Request.IsHttps && !Network.IsLoopbackName(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = OnlyHttps;
        }
        // What is about accounts is kept by nobody, and neither is what does not say that it may be.
        if (headers.CacheControl.Count == 0 || IsAboutAccounts(context))
        {
            headers.CacheControl = NoStore;
        }
        return Task.CompletedTask;
    }

    private static bool IsAboutAccounts(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Contains(ApiDocument.Access) == true;
}

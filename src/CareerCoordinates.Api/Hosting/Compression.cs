using System.IO.Compression;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Sheets;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace CareerCoordinates.Api.Hosting;

/// <summary>
/// Text goes out smaller to whoever asks for that by <c>Accept-Encoding</c>: Brotli or gzip. Only answers of reads, over HTTPS too: what holds a
/// secret, such as that of a sign-in, answers a write. The files of the web app were compressed when it was built.
/// </summary>
public static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [BodyTypes.Json, SheetForms.Csv, "application/x-ndjson", "application/yaml"];
            options.Providers.Add<Brotli>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        // Not the fastest: a phone waits for its line longer than for the millisecond more.
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        return services.AddSingleton<IResponseCompressionProvider, WorthCompressing>();
    }

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method),
            reads =>
                reads
                    .Use(
                        (context, next) =>
                        {
                            context.Response.OnStarting(Weaken, context);
                            return next(context);
                        }
                    )
                    .UseResponseCompression()
        );

    /// <summary>The compressed answer is not the same bytes: its ETag says that it means the same. The web app's own files have a tag for each.</summary>
    private static Task Weaken(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var tag = headers.ETag.ToString();
        if (headers.ContentEncoding.Count > 0 && tag.StartsWith('"') && context.GetEndpoint() is not null)
        {
            headers.ETag = "W/" + tag;
        }
        return Task.CompletedTask;
    }

    /// <summary>A step above that of ASP.NET Core, which takes as long and leaves an eighth more.</summary>
    private sealed class Brotli : ICompressionProvider
    {
        private static readonly BrotliCompressionOptions Options = new() { Quality = 5 };

        public string EncodingName => "br";

        public bool SupportsFlush => true;

        public Stream CreateStream(Stream outputStream) => new BrotliStream(outputStream, Options, leaveOpen: true);
    }

    /// <summary>What fits into one packet anyway is left as it is.</summary>
    private sealed class WorthCompressing(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        private const int Least = 1000;

        public override bool ShouldCompressResponse(HttpContext context) =>
            context.Response.ContentLength is not < Least && base.ShouldCompressResponse(context);
    }
}

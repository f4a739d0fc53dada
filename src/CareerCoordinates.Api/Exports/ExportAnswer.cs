using System.Reflection;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Exports;

/// <summary>A file of people, sent while it is made. Where that fails the connection is broken off, so that no half of a file is taken for a whole.</summary>
public sealed partial class ExportAnswer : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    /// <summary>At most so many are read at once, and so named by one entry of the audit trail.</summary>
    public const int WorkersAtOnce = 200;

    public const string AsOf = "As-Of";
    public const string KnownAt = "Known-At";
    public const string KnownAtClosed = "Known-At-Closed";

    private readonly string name;
    private readonly ExportDesk desk;
    private readonly ExportTable table;

    internal ExportAnswer(string name, ExportDesk desk, ExportTable table) =>
        (this.name, this.desk, this.table) = (name, desk, table);

    public int? StatusCode => StatusCodes.Status200OK;

    internal SheetForm Form => desk.Form;

    /// <summary>Such as <c>workers-2025-12-31.csv</c>.</summary>
    internal string FileName => $"{name}-{Days.Iso(desk.Clocks.AsOf)}.{Codes<SheetForm>.Of(desk.Form)}";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var language = Languages.Of(httpContext);
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            SetHeaders(httpContext, language);
            return;
        }
        var running = httpContext.RequestServices.GetRequiredService<RunningExports>();
        using var place = running.TryBegin(desk.Me.Name, out var refusal);
        if (refusal is not null)
        {
            httpContext.Response.Headers.RetryAfter = RunningExports.RetryAfterSeconds;
            await Problem.Of(refusal).ExecuteAsync(httpContext);
            return;
        }
        try
        {
            await WriteAsync(
                () =>
                {
                    SetHeaders(httpContext, language);
                    return httpContext.Response.Body;
                },
                language,
                (_, _) => { },
                httpContext.RequestAborted
            );
        }
        catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception e) when (httpContext.Response.HasStarted)
        {
            BrokenOff(httpContext.RequestServices.GetRequiredService<ILogger<ExportAnswer>>(), name, e);
            httpContext.Abort();
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        string[] forms = [.. SheetForms.OfFiles.Select(form => form.MediaType())];
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), forms));
        builder.Metadata.Add(new ComesInForms(SheetForms.OfFiles));
    }

    /// <inheritdoc cref="ExportTable.CountAsync"/>
    internal Task<int> CountAsync(CancellationToken cancellation) => table.CountAsync(cancellation);

    /// <param name="open">Asked for the stream when the first rows are there and the trail names whose they are.</param>
    /// <param name="told">After each part: how many workers were looked at, and how many rows are written.</param>
    internal async Task WriteAsync(Func<Stream> open, Language language, Action<int, long> told, CancellationToken cancellation)
    {
        await using var pages = table.PagesAsync(cancellation).GetAsyncEnumerator(cancellation);
        var hasMore = await pages.MoveNextAsync();
        var stream = open();
        await using var unsent = new UnsentBytes();
        using var file = SheetFile.Of(desk.Form, unsent);
        file.Begin(name, table.HeadersIn(language));
        var (workers, rows) = (0, 0L);
        for (; hasMore; hasMore = await pages.MoveNextAsync())
        {
            foreach (var row in pages.Current.Rows)
            {
                file.Row(ExportTable.Said(row, language));
            }
            (workers, rows) = (workers + pages.Current.Workers, rows + pages.Current.Rows.Count);
            await unsent.SendAsync(stream, cancellation);
            told(workers, rows);
        }
        if (desk.Form == SheetForm.Xlsx)
        {
            file.Write(ExportAbout.Of(name, desk, language), cancellation);
        }
        file.Complete();
        file.Dispose();
        await unsent.SendAsync(stream, cancellation);
        LargeWork.Done(rows);
    }

    private void SetHeaders(HttpContext context, Language language)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        response.ContentType = desk.Form == SheetForm.Csv ? SheetForms.Csv + "; charset=utf-8" : SheetForms.Xlsx;
        headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        headers.ContentLanguage = language.Tag();
        headers.CacheControl = JsonBytes.ForPersons;
        headers.Append("Vary", "Accept, Accept-Language");
        headers[AsOf] = Days.Iso(desk.Clocks.AsOf);
        headers[KnownAt] = desk.Clocks.KnownAt.ToString();
        headers[KnownAtClosed] = desk.Clocks.KnownAtClosed ? "true" : "false";
    }

    [LoggerMessage(LogLevel.Error, "The export of {Name} was broken off.")]
    private static partial void BrokenOff(ILogger log, string name, Exception why);

    /// <summary>What is written waits here until it is sent: spreadsheets are written as if there were no waiting.</summary>
    private sealed class UnsentBytes : Stream
    {
        private readonly MemoryStream bytes = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task SendAsync(Stream to, CancellationToken cancellation)
        {
            await to.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellation);
            bytes.SetLength(0);
        }

        public override void Write(byte[] buffer, int offset, int count) => bytes.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => bytes.Write(buffer);

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            bytes.Dispose();
            base.Dispose(disposing);
        }
    }
}

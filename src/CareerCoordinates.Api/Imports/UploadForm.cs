using System.Text;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// A form with one file, as its parts come (RFC 7578). The file is sealed as it comes: what people upload stands on no disk in clear, and
/// memory holds little of it.
/// </summary>
internal sealed class UploadForm : IDisposable
{
    public const string FileField = "file";
    private const int PartsAtMost = 16;
    private const int BytesOfAValue = 65_536;

    private readonly List<(string Name, string Value)> values = [];
    private int files;

    /// <summary>At its beginning; null where no part is a file. Whoever takes it disposes of it.</summary>
    public Stream? File { get; private set; }

    public string FileName { get; private set; } = "";

    public IEnumerable<string> Names => values.Select(value => value.Name).Concat(File is null ? [] : [FileField]);

    public int Times(string name) => values.Count(value => value.Name == name) + (name == FileField ? files : 0);

    /// <summary>Without the blanks around it; null where it is empty, missing or said several times.</summary>
    public string? Value(string name) =>
        values.Where(value => value.Name == name).ToList() is [var only] && only.Value.Trim() is { Length: > 0 } text
            ? text
            : null;

    public static async Task<Outcome<UploadForm>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        )
        {
            return new Refusal(ImportRefusals.NotMultipart, "");
        }
        var form = new UploadForm();
        try
        {
            if (await form.TakeAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellation))
            {
                return form;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            if (e is BadHttpRequestException { StatusCode: 413 } || e.Message.Contains("length limit", StringComparison.Ordinal))
            {
                form.Dispose();
                return new Refusal(ImportRefusals.FileTooLarge, "/" + FileField, Limits.ImportBytes >> 20);
            }
        }
        catch
        {
            form.Dispose();
            throw;
        }
        form.Dispose();
        return new Refusal(ImportRefusals.FormBroken, "");
    }

    public void Dispose() => File?.Dispose();

    /// <summary>False where it is no form that a library would make.</summary>
    private async Task<bool> TakeAsync(HttpRequest request, string boundary, CancellationToken cancellation)
    {
        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = Limits.ImportBytes };
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellation) is { } part; parts++)
        {
            if (
                parts == PartsAtMost
                || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var said)
                || HeaderUtilities.RemoveQuotes(said.Name).ToString() is not { Length: > 0 } name
            )
            {
                return false;
            }
            if (name == FileField && said.IsFileDisposition())
            {
                files++;
                FileName = new FileMultipartSection(part, said).FileName;
                File?.Dispose();
                File = await SealedStream.TakeAsync(part.Body, cancellation);
            }
            else if (StartImport.Fields.All(field => field.Name != name))
            {
                values.Add((name, "")); // to be refused by its name, whatever it holds
            }
            else if (await ValueAsync(part.Body, cancellation) is { } value)
            {
                values.Add((name, value));
            }
            else
            {
                return false;
            }
        }
        return true;
    }

    private static async Task<string?> ValueAsync(Stream body, CancellationToken cancellation)
    {
        var bytes = new byte[BytesOfAValue + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        return length > BytesOfAValue ? null : Encoding.UTF8.GetString(bytes, 0, length);
    }
}

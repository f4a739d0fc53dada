using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Tests.Api.Access;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>Calls about reports as programs make them: with the form and the language that they accept.</summary>
internal static class ReportCalls
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Json = "application/json";

    /// <summary>Until the columns are read reports are not ready; a record that cannot be read never is.</summary>
    public static Task ReadyAsync(this AccessOffice office) => office.Host.ReadyAsync();

    public static async Task ReadyAsync(this ApiHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!host.Store.Projection.IsReady)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public static Task<Reply> AskAsync(
        this AccessOffice office,
        string account,
        string path,
        string accept = Json,
        string language = "en"
    ) => office.AskAsync(account, HttpMethod.Get, path, null, accept, language);

    public static async Task<Reply> AskAsync(
        this AccessOffice office,
        string account,
        HttpMethod method,
        string path,
        object? body,
        string accept = Json,
        string language = "en",
        (string Name, string Value)? header = null
    )
    {
        await office.ReadyAsync();
        office.Clock.Pass(TimeSpan.FromSeconds(1));
        using var client = office.Host.CreateClient(await office.Store.SignInAsync(account, null));
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (header is { } more)
        {
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        }
        using var response = await client.SendAsync(request);
        return new(
            (int)response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(),
            response.Content.Headers.ContentType?.ToString(),
            response.Headers.ETag?.ToString(),
            response.Content.Headers.ContentDisposition?.FileName?.Trim('"')
        )
        {
            Headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)),
        };
    }

    /// <summary>The least that must be said for a report: the examples of what it requires.</summary>
    public static Dictionary<string, string> Needed(this KnownReport report) =>
        report.Parameters.Where(p => p.Required).ToDictionary(p => p.Name, p => p.Example!);
}

internal sealed record Reply(int Status, byte[] Bytes, string? MediaType, string? Etag, string? FileName)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Bytes);

    public string? this[string member] => Body.GetProperty(member).GetString();

    public Reply Expect(int status)
    {
        Assert.That(Status, Is.EqualTo(status), Text);
        return this;
    }
}

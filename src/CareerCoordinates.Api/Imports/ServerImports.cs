using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>A server, by its API.</summary>
internal sealed class ServerImports(Uri url, Language language) : IImportDesk
{
    private readonly HttpClient client = new() { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };

    public async Task<BegunImport> StartAsync(AskedImport asked, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent
        {
            { new StreamContent(File.OpenRead(asked.File!)), "file", Path.GetFileName(asked.File!) },
            { new StringContent(Codes<ImportKind>.Of(asked.Kind)), "kind" },
        };
        foreach (
            var (name, value) in new[]
            {
                ("type", asked.Type),
                ("organization", asked.Organization?.ToString()),
                ("mapping", asked.Mapping),
            }
        )
        {
            if (value is not null)
            {
                form.Add(new StringContent(value), name);
            }
        }
        return await AskAsync(HttpMethod.Post, "imports", form, cancellation);
    }

    public async Task<ImportBody> FindAsync(Guid import)
    {
        var found = await AskAsync(HttpMethod.Get, $"imports/{import}", null);
        return found.Import ?? throw new SettingException(string.Join(' ', found.Refusal!.Lines));
    }

    public Task<BegunImport> CommitAsync(Guid import, RefusedRows refused) =>
        AskAsync(
            HttpMethod.Post,
            $"imports/{import}:commit",
            JsonContent.Create(new ImportCommit(refused), options: ApiJson.Options)
        );

    public Task<BegunImport> UndoAsync(Guid import) => AskAsync(HttpMethod.Post, $"imports/{import}:undo", null);

    public Task CancelAsync(Guid import) => AskAsync(HttpMethod.Post, $"imports/{import}:cancel", null);

    public async Task CopyResultAsync(Guid import, Stream target)
    {
        using var response = await SendAsync(HttpMethod.Get, $"imports/{import}/result", null, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
        {
            throw new SettingException(
                string.Join(' ', RunningServer.Refusal(response, await response.Content.ReadAsByteArrayAsync(), language).Lines)
            );
        }
        await response.Content.CopyToAsync(target);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<BegunImport> AskAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellation = default
    )
    {
        using var response = await SendAsync(method, path, content, cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        return response.IsSuccessStatusCode
            ? new(JsonSerializer.Deserialize<ImportBody>(bytes, ApiJson.Options), null)
            : new(null, RunningServer.Refusal(response, bytes, language));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellation
    )
    {
        using var request = RunningServer.Request(method, path, language);
        request.Content = content;
        try
        {
            return await client.SendAsync(request, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw RunningServer.Silent(url, e);
        }
    }
}

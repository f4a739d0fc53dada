using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Imports;

/// <summary>What was begun, or why not, in words.</summary>
internal sealed record BegunImport(ImportBody? Import, IReadOnlyList<string> Refusals);

/// <summary>Where the command <c>import</c> has its work done: at the database itself, or at a server.</summary>
internal interface IImportDesk : IAsyncDisposable
{
    Task<BegunImport> StartAsync(AskedImport asked, CancellationToken cancellation);

    Task<ImportBody> FindAsync(Guid import);

    Task<BegunImport> CommitAsync(Guid import, RefusedRows refused);

    Task<BegunImport> UndoAsync(Guid import);

    Task CancelAsync(Guid import);

    Task CopyResultAsync(Guid import, Stream target);
}

/// <summary>The database itself, by the handlers of the API and their runner; the trail names the command line.</summary>
internal sealed class DatabaseImports : IImportDesk
{
    private readonly CareerStore store;
    private readonly ImportRunner runner;
    private readonly SignedIn me;
    private readonly Language language;

    private DatabaseImports(CareerStore store, ImportRunner runner, Language language)
    {
        (this.store, this.runner, this.language) = (store, runner, language);
        me = LocalUser.AtCommandLine(store, "import");
    }

    /// <exception cref="SettingException">There is no database.</exception>
    public static async Task<DatabaseImports> OpenAsync(IServiceProvider services, Language language)
    {
        CareerData.CheckExists(services.GetRequiredService<IConfiguration>());
        var desk = new DatabaseImports(
            services.GetRequiredService<CareerStore>(),
            services.GetRequiredService<ImportRunner>(),
            language
        );
        await desk.runner.StartAsync(CancellationToken.None);
        return desk;
    }

    public async Task<BegunImport> StartAsync(AskedImport asked, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(asked.File!);
        if (file.Length > Limits.ImportBytes)
        {
            return Said(new Refusal(ImportRefusals.FileTooLarge, "", Limits.ImportBytes >> 20));
        }
        var upload = new ImportUpload(
            file,
            Path.GetFileName(asked.File!),
            asked.Kind,
            asked.Type,
            asked.Organization,
            asked.Mapping
        );
        return Said(await StartImport.StartAsync(upload, language, me, store, runner, cancellation));
    }

    public Task<ImportBody> FindAsync(Guid import) =>
        Task.FromResult(ReadImports.Show(store, runner, ReadImports.Find(store, me, import)!));

    public async Task<BegunImport> CommitAsync(Guid import, RefusedRows refused) =>
        Said(await DecideImport.CommitAsync(import, refused, me, store, runner));

    public async Task<BegunImport> UndoAsync(Guid import) => Said(await DecideImport.UndoAsync(import, me, store, runner));

    public Task CancelAsync(Guid import)
    {
        runner.Cancel(import);
        return Task.CompletedTask;
    }

    public async Task CopyResultAsync(Guid import, Stream target)
    {
        var (file, _) = ImportResult.Write(store, me, ReadImports.Find(store, me, import)!, CancellationToken.None);
        await using (file)
        {
            await file.CopyToAsync(target);
        }
    }

    public async ValueTask DisposeAsync() => await runner.StopAsync(CancellationToken.None);

    private BegunImport Said(Outcome<Import> outcome) =>
        outcome.IsRefused
            ? new(null, [.. outcome.Refusals.Select(r => RunningServer.Line(Option(r.Pointer), Problem.Text(r, language)))])
            : new(ImportBody.Of(outcome.Value, null, []), []);

    /// <summary>A field of the form is an option here.</summary>
    internal static string Option(string pointer) => pointer.StartsWith('/') && pointer != "/file" ? "?" + pointer[1..] : pointer;
}

/// <summary>A server, by its API.</summary>
internal sealed class ServerImports(Uri url, Language language) : IImportDesk
{
    private readonly HttpClient client = new() { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };

    public async Task<BegunImport> StartAsync(AskedImport asked, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent
        {
            { new StreamContent(File.OpenRead(asked.File!)), "file", Path.GetFileName(asked.File!) },
            { new StringContent(Codes<Domain.Imports.ImportKind>.Of(asked.Kind)), "kind" },
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
        return found.Import ?? throw new SettingException(string.Join(' ', found.Refusals));
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
                string.Join(' ', RunningServer.Refusals(response, await response.Content.ReadAsByteArrayAsync()))
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
            ? new(JsonSerializer.Deserialize<ImportBody>(bytes, ApiJson.Options), [])
            : new(null, RunningServer.Refusals(response, bytes));
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

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Imports;

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
        return Said(await StartImport.StartAsync(upload, me, store, runner, cancellation));
    }

    public Task<ImportBody> FindAsync(Guid import) =>
        Task.FromResult(ReadImports.Show(store, me, runner, ReadImports.Find(store, me, import)!, language));

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
        using var result = new ImportResult(store, me, ReadImports.Find(store, me, import)!, language, CancellationToken.None);
        await result.WriteAsync(target, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await runner.StopAsync(CancellationToken.None);

    private BegunImport Said(Outcome<Import> outcome) =>
        outcome.IsRefused
            ? new(null, CommandRefusal.Of(outcome.Refusals, language))
            : new(ImportBody.Of(outcome.Value, null, language), null);
}

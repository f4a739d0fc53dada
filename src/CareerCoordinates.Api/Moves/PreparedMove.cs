using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Protection;

namespace CareerCoordinates.Api.Moves;

/// <summary>Source and target, opened.</summary>
internal sealed class PreparedMove(MoveSource source, MoveTarget target, TimeProvider time, Command.Move asked, string key)
    : IDisposable
{
    public MoveSource Source => source;

    public MoveTarget Target => target;

    /// <exception cref="MoveException">The source cannot be moved as it is.</exception>
    public static PreparedMove FromDatabase(IConfiguration configuration, TimeProvider time, Command.Move asked)
    {
        CareerData.CheckExists(configuration);
        var engine = CareerData.EngineOf(configuration, withPatience: true);
        var other = asked.ToFile is null
            ? CareerData.EngineOf(asked.ToEngine!, asked.ToConnection!, "--to-connection", withPatience: true)
            : null;
        var source = DatabaseSource.Open(engine, asked.IsDryRun);
        return new(source, other is null ? ToFolder() : DatabaseTarget.Of(other), time, asked, KeyOf(configuration, engine));

        FolderTarget ToFolder() =>
            new(
                asked.ToFile!,
                new(
                    MoveManifest.CurrentFormat,
                    Migrator.NewestOf(engine),
                    AnswerGround.Program,
                    Domain.Time.Instant.From(time.GetUtcNow()).ToString(),
                    engine.Name,
                    source.ReadFrameworks(),
                    []
                )
            );
    }

    public static PreparedMove FromFolder(IConfiguration configuration, TimeProvider time, Command.Move asked)
    {
        var engine = CareerData.EngineOf(configuration, withPatience: true);
        const string key = "give the new server that of the installation from which the folder was written";
        return new(FolderSource.Open(asked.FromFile!, engine), DatabaseTarget.Of(engine), time, asked, key);
    }

    /// <summary>A folder is read once before anything is made of it.</summary>
    public void CheckWhole(MoveWatch watch) => (source as FolderSource)?.Verify(watch);

    public IReadOnlyList<TableContent> Run(MoveWatch watch)
    {
        if (source is FolderSource { Manifest: var manifest } && target is DatabaseTarget database)
        {
            var details = new { from = "file", writtenAt = manifest.WrittenAt };
            return RecordMove.Run(source, target, watch, last: () => database.Audit(time, details));
        }
        return RecordMove.Run(source, target, watch, first: () => ((DatabaseSource)source).Audit(asked.ToEngine ?? "file", time));
    }

    /// <summary>What remains to be done.</summary>
    public IEnumerable<string> Advice(IReadOnlyList<TableContent> contents)
    {
        const string signIn = "Who was signed in signs in again.";
        yield return (source, target) switch
        {
            (_, FolderTarget) =>
                $"{target.Name} holds the whole record, names and password hashes included: keep it as safe as the database. 'move --from-file' reads it into an empty one.",
            (FolderSource, _) => $"The record is in {target.Name} now. Start the server on it. {signIn}",
            _ =>
                $"The record is in {target.Name} now. Start the server on it, and none on {source.Name} again; keep that until you have looked. {signIn}",
        };
        if (contents.Single(c => c.Table == ProtectionTables.Keys.Table).Rows > 0)
        {
            yield return $"What is sealed in it (ID numbers, uploaded files) opens with the same protection key only, which is not in what was moved: {key}.";
        }
    }

    /// <summary>Where the key is, as far as the settings tell; nothing of the key itself.</summary>
    private static string KeyOf(IConfiguration configuration, Engine engine)
    {
        if (configuration[ProtectionKeys.Setting] is { Length: > 0 })
        {
            return "give the new server this one's Protection__Key";
        }
        var file = configuration[ProtectionKeys.FileSetting] is { Length: > 0 } given ? given : null;
        return (file ?? (engine is SqliteEngine { Path: var path } ? path + ".key" : null)) is { } there
            ? $"give the new server Protection__KeyFile={there}, or a copy of that file"
            : "give the new server that with which this one was started";
    }

    public void Dispose()
    {
        target.Dispose();
        source.Dispose();
    }
}

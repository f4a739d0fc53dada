using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Moves;

/// <summary>Source and target, opened.</summary>
internal sealed class PreparedMove(MoveSource source, MoveTarget target, TimeProvider time, Command.Move asked, Name key)
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
        var key = new Name(
            "请为新服务提供写出该文件夹的安装所用的密钥",
            "give the new server that of the installation from which the folder was written"
        );
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
    public IEnumerable<Name> Advice(IReadOnlyList<TableContent> contents)
    {
        const string signIn = "Who was signed in signs in again.";
        const string signInZh = "已登录的用户须重新登录。";
        yield return (source, target) switch
        {
            (_, FolderTarget) => new(
                $"{target.Name} 含有全部记录，包括姓名和密码哈希，请与数据库同等保管。可用 move --from-file 读入空数据库。",
                $"{target.Name} holds the whole record, names and password hashes included: keep it as safe as the database. 'move --from-file' reads it into an empty one."
            ),
            (FolderSource, _) => new(
                $"记录已在 {target.Name} 中，请在其上启动服务。{signInZh}",
                $"The record is in {target.Name} now. Start the server on it. {signIn}"
            ),
            _ => new(
                $"记录已在 {target.Name} 中，请在其上启动服务，不要再在 {source.Name} 上启动；核对之前请保留后者。{signInZh}",
                $"The record is in {target.Name} now. Start the server on it, and none on {source.Name} again; keep that until you have looked. {signIn}"
            ),
        };
        if (contents.Single(c => c.Table == ProtectionTables.Keys.Table).Rows > 0)
        {
            yield return new(
                $"其中加密的内容（身份证件号码、上传的文件）只能用同一保护密钥打开，密钥不在所迁移的内容中：{key.Zh}。",
                $"What is sealed in it (ID numbers, uploaded files) opens with the same protection key only, which is not in what was moved: {key.En}."
            );
        }
    }

    /// <summary>Where the key is, as far as the settings tell; nothing of the key itself.</summary>
    private static Name KeyOf(IConfiguration configuration, Engine engine)
    {
        if (configuration[ProtectionKeys.Setting] is { Length: > 0 })
        {
            return new("请为新服务提供本服务的 Protection__Key", "give the new server this one's Protection__Key");
        }
        var file = configuration[ProtectionKeys.FileSetting] is { Length: > 0 } given ? given : null;
        return (file ?? (engine is SqliteEngine { Path: var path } ? path + ".key" : null)) is { } there
            ? new(
                $"请为新服务设置 Protection__KeyFile={there}，或提供该文件的副本",
                $"give the new server Protection__KeyFile={there}, or a copy of that file"
            )
            : new("请为新服务提供启动本服务时所用的密钥", "give the new server that with which this one was started");
    }

    public void Dispose()
    {
        target.Dispose();
        source.Dispose();
    }
}

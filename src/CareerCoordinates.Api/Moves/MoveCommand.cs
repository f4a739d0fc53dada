using System.Globalization;
using System.Runtime.InteropServices;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Protection;

namespace CareerCoordinates.Api.Moves;

/// <summary>
/// The command <c>move</c>: the whole record from one database into an empty one, into a folder of text, or from such a folder. What was moved
/// goes to standard output, how it goes to standard error.
/// </summary>
public static class MoveCommand
{
    private const int Failed = 1;

    /// <returns>The exit code: 0 where all was moved and is equal, or would be taken.</returns>
    /// <exception cref="MoveException">It cannot be moved, or was not, and nothing stays in the target.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, Command.Move asked)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            var time = services.GetRequiredService<TimeProvider>();
            using var move = asked.FromFile is { } folder
                ? Prepared.FromFolder(configuration, time, folder)
                : Prepared.FromDatabase(configuration, time, asked);
            if (asked.IsDryRun)
            {
                await Shown(watch => move.CheckWhole(watch));
                RecordMove.Check(move.Source, move.Target);
                move.Source.Begin();
                Tell(move);
                return 0;
            }
            IReadOnlyList<TableContent> contents = [];
            await Shown(watch =>
            {
                move.CheckWhole(watch);
                contents = move.Run(watch);
            });
            Tell(move, contents, configuration);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. Nothing was kept in the target.");
            return Failed;
        }

        Task Shown(Action<MoveWatch> work) =>
            MoveProgress.ShowAsync(told => Task.Run(() => work(new MoveWatch(told, stopping.Token))));

        // Asked a second time, the process ends at once; what it leaves is not taken for a record.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stopping.IsCancellationRequested;
            stopping.Cancel();
        }
    }

    private static void Tell(Prepared move)
    {
        var rows = move.Source.CountRows();
        Console.Out.WriteLine($"{"table", -28} {"rows", 15}");
        foreach (var (table, count) in MovedTables.All.Zip(rows))
        {
            Console.Out.WriteLine($"{table.Name, -28} {Number(count), 15}");
        }
        Console.Out.WriteLine(
            $"{MovedTables.All.Count} tables, {Number(rows.Sum())} rows, {Size(move.Source.Size)} in {move.Source.Name}."
        );
        Console.Error.WriteLine($"{move.Target.Name} would take them. Nothing was written.");
    }

    private static void Tell(Prepared move, IReadOnlyList<TableContent> contents, IConfiguration configuration)
    {
        Console.Out.WriteLine($"{"table", -28} {"rows", 15}  {"source, SHA-256", -16}  target");
        foreach (var content in contents)
        {
            // It was compared, or we would not be here.
            var hash = content.Sha256[..16];
            Console.Out.WriteLine($"{content.Table, -28} {Number(content.Rows), 15}  {hash}  {hash}");
        }
        Console.Out.WriteLine(
            $"{contents.Count} tables, {Number(contents.Sum(c => c.Rows))} rows, {Size(contents.Sum(c => c.Bytes))} as text: equal on both sides."
        );
        foreach (var line in move.Advice(contents, configuration))
        {
            Console.Error.WriteLine(line);
        }
    }

    private static string Size(long bytes) => $"{Number((bytes + 500_000) / 1_000_000)} MB";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Source and target, opened.</summary>
    private sealed class Prepared(MoveSource source, MoveTarget target, TimeProvider time, Command.Move? asked) : IDisposable
    {
        public MoveSource Source => source;

        public MoveTarget Target => target;

        /// <exception cref="MoveException">The source cannot be moved as it is.</exception>
        public static Prepared FromDatabase(IConfiguration configuration, TimeProvider time, Command.Move asked)
        {
            CareerData.CheckExists(configuration);
            var engine = CareerData.EngineOf(configuration, withPatience: true);
            var other = asked.ToFile is null
                ? CareerData.EngineOf(asked.ToEngine!, asked.ToConnection!, "--to-connection", withPatience: true)
                : null;
            var source = DatabaseSource.Open(engine, asked.IsDryRun);
            return new(source, other is null ? ToFolder() : DatabaseTarget.Of(other), time, asked);

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

        public static Prepared FromFolder(IConfiguration configuration, TimeProvider time, string folder)
        {
            var engine = CareerData.EngineOf(configuration, withPatience: true);
            return new(FolderSource.Open(folder, engine), DatabaseTarget.Of(engine), time, null);
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
            return RecordMove.Run(
                source,
                target,
                watch,
                first: () => ((DatabaseSource)source).Audit(asked!.ToEngine ?? "file", time)
            );
        }

        /// <summary>What remains to be done.</summary>
        public IEnumerable<string> Advice(IReadOnlyList<TableContent> contents, IConfiguration configuration)
        {
            yield return target is FolderTarget
                ? $"{target.Name} holds the whole record, names and password hashes included: keep it as safe as the database. 'move --from-file' reads it into an empty one."
            : source is FolderSource
                ? $"The record is in {target.Name} now. Start the server on it. Who was signed in signs in again."
            : $"The record is in {target.Name} now. Start the server on it, and none on {source.Name} again; keep that until you have looked. Who was signed in signs in again.";
            if (contents.Single(c => c.Table == ProtectionTables.Keys.Table).Rows > 0)
            {
                yield return $"What is sealed in it (ID numbers, uploaded files) opens with the same protection key only: {Key(configuration)}. The key is not in what was moved.";
            }
        }

        private string Key(IConfiguration configuration)
        {
            const string give = "give the new server";
            if (source is FolderSource)
            {
                return $"{give} that of the installation from which the folder was written";
            }
            if (configuration[ProtectionKeys.Setting] is { Length: > 0 })
            {
                return $"{give} the Protection__Key of this one";
            }
            var file = configuration[ProtectionKeys.FileSetting] is { Length: > 0 } given ? given : source.Name + ".key";
            return target is FolderTarget ? $"it is in {file}" : $"{give} Protection__KeyFile={file}, or a copy of that file";
        }

        public void Dispose()
        {
            target.Dispose();
            source.Dispose();
        }
    }
}

using CareerCoordinates.Data.Moves;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>Moves as the command makes them, without the command.</summary>
internal static class Moving
{
    public static MoveWatch Unwatched => new(_ => { }, CancellationToken.None);

    public static readonly MoveManifest About = new(
        MoveManifest.CurrentFormat,
        CareerCoordinates.Data.Engines.Migrator.NewestOf(new CareerCoordinates.Data.Engines.SqliteEngine("Data Source=x")),
        "test",
        "2026-11-22T06:00:00.000000Z",
        "test",
        [],
        []
    );

    public static void Move(TestDatabase from, TestDatabase to, TimeProvider time) => Moved(from, to, time);

    /// <summary>Out to a folder, and in from there.</summary>
    public static void MoveByText(TestDatabase from, TestDatabase to, TimeProvider time)
    {
        using var folder = new TemporaryFolder();
        ToFolder(from, folder.New, time);
        FromFolder(folder.New, to, time);
    }

    public static IReadOnlyList<TableContent> Moved(
        TestDatabase from,
        TestDatabase to,
        TimeProvider? time = null,
        MoveWatch? watch = null
    )
    {
        using var source = DatabaseSource.Open(TestStore.EngineOf(from), readOnly: false);
        using var target = DatabaseTarget.Of(TestStore.EngineOf(to));
        return RecordMove.Run(
            source,
            target,
            watch ?? Unwatched,
            first: () => source.Audit(to.Engine.Name, time ?? TimeProvider.System)
        );
    }

    public static IReadOnlyList<TableContent> ToFolder(
        TestDatabase from,
        string folder,
        TimeProvider? time = null,
        MoveWatch? watch = null
    )
    {
        using var source = DatabaseSource.Open(TestStore.EngineOf(from), readOnly: false);
        using var target = new FolderTarget(folder, About);
        return RecordMove.Run(source, target, watch ?? Unwatched, first: () => source.Audit("file", time ?? TimeProvider.System));
    }

    public static IReadOnlyList<TableContent> FromFolder(
        string folder,
        TestDatabase to,
        TimeProvider? time = null,
        MoveWatch? watch = null
    )
    {
        using var source = FolderSource.Open(folder, TestStore.EngineOf(to));
        source.Verify(Unwatched);
        using var target = DatabaseTarget.Of(TestStore.EngineOf(to));
        return RecordMove.Run(
            source,
            target,
            watch ?? Unwatched,
            last: () => target.Audit(time ?? TimeProvider.System, new { from = "file" })
        );
    }

    /// <summary>What the tables of a database hold.</summary>
    public static IReadOnlyList<TableContent> Contents(TestDatabase database)
    {
        using var source = DatabaseSource.Open(TestStore.EngineOf(database), readOnly: true);
        source.Begin();
        return [.. MovedTables.All.Select(table => source.Read(table, Unwatched, (_, _) => { }))];
    }

    /// <summary>Each table with its rows and hash.</summary>
    public static IEnumerable<string> Hashes(this IEnumerable<TableContent> contents) =>
        contents.Select(c => $"{c.Table} {c.Rows} {c.Sha256}");

    /// <summary>The table in which a move itself is noted.</summary>
    public static IEnumerable<TableContent> WithoutTrail(this IEnumerable<TableContent> contents) =>
        contents.Where(c => c.Table != "audit_entries");

    public static long Rows(this IEnumerable<TableContent> contents, string table) => contents.Single(c => c.Table == table).Rows;

    /// <summary>The same database for a host that does not remove it.</summary>
    public static TestDatabase Lasting(this TestDatabase database) =>
        new(database.Engine, database.ConnectionString, () => Task.CompletedTask);
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("career-move-");

    public string Path => folder.FullName;

    /// <summary>A path in it at which nothing is yet.</summary>
    public string New => System.IO.Path.Combine(folder.FullName, "record");

    public void Dispose() => folder.Delete(recursive: true);
}

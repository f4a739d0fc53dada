using System.Runtime.Versioning;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Tests.Data;

/// <summary>A file that cannot be the database is refused in words that say what is wrong with it and what to do.</summary>
public class SqliteFileTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("career-file-").FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [TestCase("/proc/career.db", "/proc/career.db cannot be written (")]
    [TestCase("/proc/none/career.db", "/proc/none/career.db cannot be written (")]
    [TestCase("{0}/a-file/career.db", "/a-file/career.db cannot be written (")]
    [TestCase("{0}/a-folder", "/a-folder is a folder. Name a file in ConnectionStrings:Career")]
    [TestCase("{0}/a-file", "/a-file is no database, or a damaged one (")]
    public void File_ThatCannotBeTheDatabase_IsRefusedInWords(string path, string why)
    {
        Directory.CreateDirectory(Path.Combine(folder, "a-folder"));
        File.WriteAllText(Path.Combine(folder, "a-file"), new string('x', 4_096));
        Assert.That(
            () => OpenAsync(string.Format(null, path, folder)),
            Throws.TypeOf<DatabaseFileException>().With.Message.Contains(why).And.Message.Contains("ConnectionStrings:Career")
        );
    }

    [Test]
    public void WhatSqliteSaysOfAFileThatMayOnlyBeRead_IsToldWithTheRemedy() =>
        Assert.That(
            SqliteFile.Explain("/data/career.db", new SqliteException("attempt to write a readonly database", 8)).Message,
            Is.EqualTo(
                "The database /data/career.db cannot be written (attempt to write a readonly database). "
                    + "Let this user write the file and its folder, or name another file in ConnectionStrings:Career."
            )
        );

    [Test]
    public async Task File_OfAnotherProcess_IsInUse()
    {
        var path = Path.Combine(folder, "shared.db");
        await using var first = await OpenAsync(path);
        Assert.That(() => OpenAsync(path), Throws.TypeOf<DatabaseInUseException>());
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public async Task NewDatabase_IsForItsOwnerOnly_AndWhatIsThereKeepsItsMode()
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode group = owner | UnixFileMode.GroupRead;
        var made = Path.Combine(folder, "made.db");
        var kept = Path.Combine(folder, "kept.db");
        await File.WriteAllBytesAsync(kept, []);
        File.SetUnixFileMode(kept, group);
        await using var ours = await OpenAsync(made);
        await using var theirs = await OpenAsync(kept);

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            Assert.That(File.GetUnixFileMode(made + suffix), Is.EqualTo(owner), suffix);
            Assert.That(File.GetUnixFileMode(kept + suffix), Is.EqualTo(group), suffix);
        }
    }

    private static Task<CareerStore> OpenAsync(string path) =>
        CareerStore.OpenAsync(
            new SqliteEngine($"Data Source={path}"),
            TimeProvider.System,
            TestFrameworks.Harbour,
            migrate: true
        );
}

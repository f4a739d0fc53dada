using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>What stands where a new file is to be is never written over, unless it is an empty database.</summary>
public class SqliteTargetTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Open() => folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public void NothingOrNothingInIt_IsTaken_AndNotTouched()
    {
        Assert.That(Check, Throws.Nothing);
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
        File.WriteAllBytes(folder.New, []);
        Assert.That(Check, Throws.Nothing);
        Assert.That(new FileInfo(folder.New).Length, Is.Zero);
    }

    [Test]
    public void Folder_IsNoFile()
    {
        Directory.CreateDirectory(folder.New);
        Refused("is a folder. Name a file, such as ");
    }

    [Test]
    public void WhatIsNoDatabase_IsKept()
    {
        File.WriteAllText(folder.New, new string('x', 4_096));
        Refused("is there and is no empty database (", "Name a file that is not there yet.");
        Assert.That(File.ReadAllText(folder.New), Does.StartWith("xxx"));
    }

    [Test]
    public void DatabaseOfAnotherProgram_IsKept()
    {
        using (var connection = new SqliteConnection($"Data Source={folder.New};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"my notes\" (note TEXT); INSERT INTO \"my notes\" VALUES ('keep'), ('me')";
            command.ExecuteNonQuery();
        }
        Refused("is not empty: it has 1 tables, with rows in my notes 2.");
    }

    /// <summary>SQLite would apply them to the new file.</summary>
    [TestCase("-wal")]
    [TestCase("-journal")]
    public void WhatIsLeftOfAnotherDatabase_IsInTheWay(string suffix)
    {
        File.WriteAllText(folder.New + suffix, "of another");
        Refused(suffix + " is left of another database. Move it away");
    }

    private void Check()
    {
        using var target = DatabaseTarget.Of(new SqliteEngine($"Data Source={folder.New}"));
        target.Check();
    }

    private void Refused(params string[] why)
    {
        var refusal = Assert.Throws<MoveException>(Check)!;
        foreach (var part in why)
        {
            Assert.That(refusal.Message, Does.Contain(part));
        }
    }
}

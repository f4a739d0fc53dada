using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>A folder that is not as it was written is refused with the file and its lines, and nothing of it stays in the database.</summary>
[BothEngines]
public class DamagedFolderTests(TestEngine engine)
{
    private TemporaryFolder folder = null!;
    private Dictionary<string, byte[]> files = null!;
    private TestDatabase target = null!;

    [OneTimeSetUp]
    public async Task Write()
    {
        folder = new TemporaryFolder();
        await using var record = await TestEngine.Sqlite.OpenAsync();
        await using (
            var store = await CareerStore.OpenAsync(
                TestStore.EngineOf(record),
                TimeProvider.System,
                TestFrameworks.Chaoyang,
                migrate: true
            )
        )
        {
            await DemoLoad.Population(store, TestFrameworks.Chaoyang, DemoFiles.Folder, 120, 5, _ => { });
        }
        Moving.ToFolder(record, folder.New);
        files = Directory.GetFiles(folder.New).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        target = await engine.OpenAsync();
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        folder.Dispose();
        await target.DisposeAsync();
    }

    [SetUp]
    public async Task Restore()
    {
        foreach (var (name, bytes) in files)
        {
            await File.WriteAllBytesAsync(PathOf(name), bytes);
        }
    }

    [TearDown]
    public void NothingStayed()
    {
        using var empty = DatabaseTarget.Of(TestStore.EngineOf(target));
        Assert.That(empty.Check, Throws.Nothing);
    }

    [Test]
    public void CutWithinALine_NamesTheLine()
    {
        var bytes = files["worker_revisions.ndjson"];
        File.WriteAllBytes(PathOf("worker_revisions.ndjson"), bytes[..(EndOfLine(bytes, 50) + 20)]);
        Refused("worker_revisions.ndjson is damaged or was changed: it ends within line 51, and ", " were written");
    }

    [Test]
    public void CutAfterALine_NamesTheLine()
    {
        var bytes = files["worker_revisions.ndjson"];
        File.WriteAllBytes(PathOf("worker_revisions.ndjson"), bytes[..EndOfLine(bytes, 50)]);
        Refused(
            "worker_revisions.ndjson is damaged or was changed: it ends after line 50, and ",
            "Take another copy of the folder"
        );
    }

    [Test]
    public void LastLineWithoutItsEnd_IsNamed()
    {
        var bytes = files["worker_revisions.ndjson"];
        File.WriteAllBytes(PathOf("worker_revisions.ndjson"), bytes[..^1]);
        Refused("its last line, ", ", does not end");
    }

    [Test]
    public void ChangedLetter_IsFoundAmongAThousandLines()
    {
        var bytes = files["milestone_revisions.ndjson"].ToArray();
        Assert.That(bytes.Count(b => b == '\n'), Is.GreaterThan(1_500));
        var at = EndOfLine(bytes, 1_400) + bytes.AsSpan(EndOfLine(bytes, 1_400)).IndexOf("verified"u8);
        bytes[at] = (byte)'V';
        File.WriteAllBytes(PathOf("milestone_revisions.ndjson"), bytes);
        Refused(
            "milestone_revisions.ndjson is damaged or was changed: between line 1,001 and line ",
            "it is not as it was written"
        );
    }

    [Test]
    public void LinesThatChangedPlaces_AreFound()
    {
        var lines = Encoding.UTF8.GetString(files["standings.ndjson"]).Split('\n');
        (lines[3], lines[4]) = (lines[4], lines[3]);
        File.WriteAllText(PathOf("standings.ndjson"), string.Join('\n', lines));
        Refused("standings.ndjson is damaged or was changed: between line 1 and line ");
    }

    [Test]
    public void AddedLine_IsFound()
    {
        var bytes = files["accounts.ndjson"];
        File.WriteAllText(
            PathOf("accounts.ndjson"),
            Encoding.UTF8.GetString(bytes)
                + """{"account_id":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01","name":"mine","disabled":false,"created_at":1,"created_by":"me"}"""
                + "\n"
        );
        Refused("accounts.ndjson is damaged or was changed: it has 1 lines, and 0 were written");
    }

    [Test]
    public void MissingFile_IsNamed()
    {
        File.Delete(PathOf("standings.ndjson"));
        Refused("standings.ndjson is damaged or was changed: it is missing");
    }

    [Test]
    public void FolderWithoutManifest_WasNotWrittenToItsEnd()
    {
        File.Delete(PathOf("manifest.json"));
        Refused("has no manifest.json: it is no record, or one that was not written to its end");
    }

    [Test]
    public async Task FolderAsItWasWritten_IsTaken()
    {
        await using var another = await engine.OpenAsync();
        Assert.That(Moving.FromFolder(folder.New, another), Has.Count.EqualTo(MovedTables.All.Count));
    }

    [Test]
    public void NoFolder_IsNamed() =>
        Assert.That(
            () => Moving.FromFolder(folder.New + "-none", target),
            Throws.TypeOf<MoveException>().With.Message.StartsWith("There is no folder ")
        );

    [TestCase("\"format\": \"career-coordinates-record/1\"", "\"format\": \"other/2\"", "has the format 'other/2'")]
    [TestCase("\"tablesVersion\": ", "\"tablesVersion\": 1", "of the tables by the program test; this one reads version ")]
    [TestCase("\"table\": \"accounts\"", "\"table\": \"../accounts\"", "its list of tables is not that of a record")]
    [TestCase("\"rows\"", "\"lines\"", "it cannot be read (line ")]
    [TestCase("}", "", "it cannot be read (line ")]
    [TestCase("\"frameworks\": []", "\"frameworks\": null", "it cannot be read (line ")]
    public void ManifestThatWasChanged_IsRefused(string from, string to, string why)
    {
        var text = Encoding.UTF8.GetString(files["manifest.json"]);
        File.WriteAllText(PathOf("manifest.json"), text.Replace(from, to, StringComparison.Ordinal));
        Refused(why);
    }

    /// <summary>Whoever changes both, file and manifest, is caught by what a row must be, and by what the database keeps.</summary>
    [TestCase(
        "worker_revisions",
        "\"revision\":1",
        "\"revision\":\"1\"",
        "line 1 is no row of this table: 'revision' is no whole number"
    )]
    [TestCase(
        "worker_revisions",
        "\"state\":\"active\"",
        "\"state\":\"asleep\"",
        "The table worker_revisions could not be copied"
    )]
    [TestCase("worker_revisions", "\"revision\":1,", "", "The table worker_revisions could not be copied")]
    [TestCase("worker_revisions", "{\"worker_id\"", "{ \"worker_id\"", "The table worker_revisions is not the same in ")]
    public void ForgedFolder_IsRefused(string table, string from, string to, string why)
    {
        var name = table + ".ndjson";
        var text = Encoding.UTF8.GetString(files[name]).Replace(from, to, StringComparison.Ordinal);
        Assert.That(text, Is.Not.EqualTo(Encoding.UTF8.GetString(files[name])));
        File.WriteAllText(PathOf(name), text);
        var was = Convert.ToHexStringLower(SHA256.HashData(files[name]));
        var forged = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var manifest = Encoding.UTF8.GetString(files["manifest.json"]);
        Assert.That(manifest, Does.Contain(was));
        File.WriteAllText(PathOf("manifest.json"), manifest.Replace(was, forged, StringComparison.Ordinal));
        Refused(why);
    }

    [Test]
    public void EndlessLine_IsRefused_WithFlatMemory()
    {
        using (var file = new FileStream(PathOf("accounts.ndjson"), FileMode.Create))
        {
            file.SetLength(200_000_000);
        }
        Refused("accounts.ndjson is damaged or was changed: line 1 is longer than any row");
    }

    private void Refused(params string[] why)
    {
        var refusal = Assert.Throws<MoveException>(() => Moving.FromFolder(folder.New, target))!;
        foreach (var part in why)
        {
            Assert.That(refusal.Message, Does.Contain(part));
        }
    }

    private string PathOf(string name) => Path.Combine(folder.New, name);

    /// <summary>Where the line with this number has ended.</summary>
    private static int EndOfLine(ReadOnlySpan<byte> bytes, int number)
    {
        var at = 0;
        for (var line = 0; line < number; line++)
        {
            at += bytes[at..].IndexOf((byte)'\n') + 1;
        }
        return at;
    }
}

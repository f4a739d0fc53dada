using CareerCoordinates.Data.Moves;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Imports;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Data.Moves;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Moves;

/// <summary>An office moves to the other engine, out to a folder, and back: everything is there, answers are the same bytes, and work goes on.</summary>
[BothEngines]
public class MovedOfficeTests(TestEngine engine)
{
    /// <summary>One key for all, as an operator gives it to the new server.</summary>
    private static readonly (string, string) Key = ("Protection:KeyFile", TestKeyFile.Path);

    private TestEngine Other => engine == TestEngine.Sqlite ? TestEngine.Postgres : TestEngine.Sqlite;

    [Test]
    public async Task OfficeThatMoves_HasEverything_AnswersTheSame_AndWorksOn()
    {
        await using var first = await engine.OpenAsync();
        await using var second = await Other.OpenAsync();
        await using var third = await engine.OpenAsync();
        using var folder = new TemporaryFolder();
        var office = await AccessOffice.OpenOnAsync(
            first.Lasting(),
            new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero),
            settings: Key
        );
        var grown = await GrownRecord.GrowAsync(office);
        var (closed, now) = (grown.Questions().ToList(), grown.QuestionsOfNow().ToList());
        var (before, beforeNow) = (await AnswersAsync(office, closed), await AnswersAsync(office, now));

        var moved = await office.MovedAsync(() => Moving.Moved(first, second, office.Clock), second.Lasting(), Key);
        AssertSame(before, await AnswersAsync(moved, closed));
        AssertSame(beforeNow, await AnswersAsync(moved, now));
        await WorkOnAsync(moved, grown, "first");

        await using var back = await moved.MovedAsync(
            () =>
            {
                Moving.ToFolder(second, folder.New, office.Clock);
                Moving.FromFolder(folder.New, third, office.Clock);
            },
            third.Lasting(),
            Key
        );
        AssertSame(before, await AnswersAsync(back, closed));
        await WorkOnAsync(back, grown, "second");
        Assert.That(before, Has.Count.GreaterThan(40));
    }

    /// <summary>From engine to engine, by text, and back to the first: the same hashes at every station.</summary>
    [Test]
    public async Task EveryStation_HasTheSameHashes()
    {
        await using var first = await engine.OpenAsync();
        await using var second = await Other.OpenAsync();
        await using var third = await engine.OpenAsync();
        using var folder = new TemporaryFolder();
        await using (
            var office = await AccessOffice.OpenOnAsync(
                first.Lasting(),
                new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero),
                settings: Key
            )
        )
        {
            await GrownRecord.GrowAsync(office);
        }
        var start = Moving.Contents(first);

        var stations = new[]
        {
            Moving.Moved(first, second),
            Moving.Contents(second),
            Moving.ToFolder(second, folder.New),
            Moving.FromFolder(folder.New, third),
            Moving.Contents(third),
        };

        AssertRich(start);
        Assert.Multiple(() =>
        {
            foreach (var station in stations)
            {
                Assert.That(station.WithoutTrail().Hashes(), Is.EqualTo(start.WithoutTrail().Hashes()));
            }
        });
        // The trail grows by one entry with each move, told before the record leaves, or when a folder was read in.
        var entries = start.Rows("audit_entries");
        Assert.That(stations.Select(s => s.Rows("audit_entries") - entries), Is.EqualTo(new long[] { 1, 1, 2, 2, 3 }));
    }

    /// <summary>A record that has something of everything: else equal hashes prove little.</summary>
    private static void AssertRich(IReadOnlyList<TableContent> contents) =>
        Assert.That(contents.Where(c => c.Rows == 0).Select(c => c.Table), Is.Empty);

    private static async Task<List<(string Question, byte[] Answer)>> AnswersAsync(
        AccessOffice office,
        IEnumerable<(string Account, string Path)> questions
    )
    {
        await office.ReadyAsync();
        var answers = new List<(string, byte[])>();
        foreach (var (account, path) in questions)
        {
            var reply = (await office.GetAsync(account, path)).Expect(200);
            Assert.That(reply.Text, Does.Not.Contain("\"knownAtClosed\":false"), path);
            answers.Add(($"{account} GET {path}", reply.Bytes));
        }
        return answers;
    }

    private static void AssertSame(List<(string Question, byte[] Answer)> before, List<(string Question, byte[] Answer)> after) =>
        Assert.Multiple(() =>
        {
            foreach (var (asked, again) in before.Zip(after))
            {
                Assert.That(again.Answer, Is.EqualTo(asked.Answer), asked.Question);
            }
        });

    /// <summary>What was begun before goes on, what was promised holds, and something new is recorded.</summary>
    private static async Task WorkOnAsync(AccessOffice office, GrownRecord grown, string station)
    {
        var revealed = await office.PostAsync(
            "officer",
            $"workers/{grown.Numbered}:reveal-id-number",
            new { reason = "payroll" }
        );
        Assert.That(revealed.Expect(200).Text, Does.Contain(grown.IdNumber), "the same key opens it");
        Assert.That((await GrownRecord.RecordOnceAsync(office)).Expect(201).Id, Is.EqualTo(grown.RecordedOnce));
        var taken = WorkerIdNumberTests.Worker(grown.IdNumber, null, office.Works);
        (await office.PostAsync("officer", "workers", taken)).Expect(409);
        office.SendToken("program", grown.ApiToken);
        (await office.GetAsync("program", $"workers/{office.Worker}")).Expect(200);
        var own = new { account = "own-account", password = GrownRecord.Password };
        (await office.PostAsync("anonymous", "sign-in", own)).Expect(200);
        if (station == "first")
        {
            (await office.DoAsync("verifier", office.Worker, grown.Waiting, "verify")).Expect(200);
            Assert.That((await office.CommitAsync("officer", grown.CheckedImport, skip: true))["state"], Is.EqualTo("committed"));
        }
        else
        {
            Assert.That((await office.GoOnAsync("officer", grown.CheckedImport, "undo"))["state"], Is.EqualTo("undone"));
            var claim = new
            {
                name = "Not Yet In",
                code = grown.ClaimCode,
                account = "in-now",
                password = GrownRecord.Password,
            };
            (await office.PostAsync("anonymous", "claims", claim)).Expect(200);
        }
        var hired = await office.HireAsync(office.Works, $"New At {station}");
        var certificate = new
        {
            type = "skill-level-certificate",
            occurredOn = "2024-03-01",
            attributes = new { grade = "4", certificateNo = $"NEW-{station}" },
        };
        var submitted = (await office.PostAsync("officer", $"workers/{hired}/milestones", certificate)).Expect(201);
        (await office.DoAsync("verifier", hired, submitted.Id, "verify")).Expect(200);
        var coordinate = (await office.GetAsync("officer", $"workers/{hired}/coordinate")).Expect(200);
        Assert.That(coordinate.Text, Does.Contain("\"intermediate-worker\""));
    }
}

using System.Net.Http.Headers;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>A file that cannot be made to its end is not taken for a whole one, and without a trail there is none.</summary>
[BothEngines]
public class ExportFailureTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task FileThatBreaksOff_BreaksTheConnection()
    {
        await HireManyAsync(ExportAnswer.WorkersAtOnce + 20);
        var last = (await office.GetAsync(TestAccounts.Office, "workers?limit=500")).Items[^1].GetProperty("id").GetGuid();
        var whole = await office.ExportAsync(TestAccounts.Office, "milestones");
        await SpoilAsync(last);

        foreach (var form in new[] { ReportCalls.Csv, ReportCalls.Xlsx })
        {
            using var client = office.Host.CreateClient(office.Host.OfficeToken);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/exports/milestones");
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(form));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.That((int)response.StatusCode, Is.EqualTo(200), "the first rows were sent already");
            Assert.That(
                async () => await response.Content.ReadAsByteArrayAsync(),
                Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>(),
                form
            );
        }
        Assert.That(whole.Rows, Has.Count.EqualTo(ExportAnswer.WorkersAtOnce + 20), "before, it was whole");
    }

    [Test]
    public async Task FirstRowThatCannotBeRead_IsAProblem_NotAFile()
    {
        await office.FillAsync(office.Worker, 1, "craft-class");
        await SpoilAsync(office.Worker);

        var reply = await office.AskAsync("officer", "exports/milestones", ReportCalls.Csv);

        Assert.That((reply.Status, reply["code"]), Is.EqualTo((500, "internal-error")));
        Assert.That(reply.FileName, Is.Null);
    }

    [Test]
    public async Task WithoutATrail_ThereIsNoFile()
    {
        if (engine != TestEngine.Sqlite)
        {
            Assert.Ignore("A server's disk is not filled here.");
        }
        await office.Store.Gate.MaintainAsync(connection => connection.Execute("PRAGMA max_page_count = 1"));
        var refused = 0;
        // A page may have room left; a database that may not grow is full after a few.
        for (var i = 0; i < 200 && refused == 0; i++)
        {
            var reply = await office.AskAsync("officer", "exports/workers", ReportCalls.Csv);
            refused = reply.Status == 200 ? 0 : reply.Status;
        }

        Assert.That(refused, Is.EqualTo(503));
    }

    [Test]
    public async Task ManyPages_AreOneFile_AndEachNamesItsPeople()
    {
        await HireManyAsync(2 * ExportAnswer.WorkersAtOnce + 1);
        var people = await office.ExportAsync("officer", "workers");
        var trail = (await office.GetAsync("auditor", "audit-entries?action=exportWorkers")).Expect(200).Items;
        var xlsx = (await office.AskAsync("officer", "exports/coordinates", ReportCalls.Xlsx)).Expect(200).Bytes;

        Assert.That(people["worker id"], Is.Unique.And.Ordered.Using<string>(StringComparer.Ordinal));
        Assert.That(people.Rows, Has.Count.EqualTo(2 * ExportAnswer.WorkersAtOnce + 2));
        var named = trail.SelectMany(e => e.GetProperty("details").GetProperty("workers").EnumerateArray()).Select(id => $"{id}");
        Assert.That(named, Is.EquivalentTo(people["worker id"]));
        using var book = SheetTests.Open(xlsx);
        Assert.That(SheetTests.Rows(book, 0), Has.Count.EqualTo(people.Rows.Count + 1));
    }

    /// <summary>As many workers with a milestone each, straight into the tables.</summary>
    private Task HireManyAsync(int count) =>
        office.Store.Gate.RunAsync<bool>(tx =>
        {
            for (var i = 0; i < count; i++)
            {
                var id = tx.NewId();
                tx.Add(
                    new Revision<WorkerContent>(
                        id,
                        1,
                        false,
                        new(null, $"Hand {i}", null, null, null, null),
                        null,
                        tx.RecordedAt,
                        "test"
                    )
                );
                var place = new AffiliationContent(
                    AffiliationKind.LabourContract,
                    office.Works,
                    null,
                    new DateOnly(2015, 1, 1),
                    null,
                    false,
                    null,
                    null,
                    null
                );
                tx.Add(id, new Revision<AffiliationContent>(tx.NewId(), 1, false, place, null, tx.RecordedAt, "test"));
                Insert(tx, id, AttributeSet.Empty);
            }
            return true;
        });

    /// <summary>As no program writes it: a disk does that.</summary>
    private async Task SpoilAsync(Guid worker)
    {
        // From here on the columns of the reports can never be read for the first time.
        await office.ReadyAsync();
        await office.Store.Gate.RunAsync<bool>(tx =>
        {
            Insert(tx, worker, AttributeSet.FromCanonical("{\"grade\":"));
            return true;
        });
    }

    private static void Insert(RecordTransaction tx, Guid worker, AttributeSet attributes)
    {
        var content = new MilestoneContent("craft-class", PartialDate.Parse("2020-11-30"), null, null, attributes, [], null);
        var revision = new MilestoneRevision(
            worker,
            tx.NewId(),
            1,
            MilestoneState.Verified,
            content,
            null,
            tx.RecordedAt,
            "officer",
            "verifier",
            1,
            null
        );
        tx.Connection.Prepared(RecordTables.Milestones.InsertSql, RecordTables.Milestones.Kinds)
            .Execute(tx.Connection.Transaction, RecordRows.Of(revision));
    }
}

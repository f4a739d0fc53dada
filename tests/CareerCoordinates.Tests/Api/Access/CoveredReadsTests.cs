using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Routing;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>I17: every answer about a person is covered by an entry of the trail, and where that cannot be written there is none.</summary>
[BothEngines]
public class CoveredReadsTests(TestEngine engine)
{
    /// <summary>GET endpoints that show nobody's record. A new one is missing here until somebody has thought about it.</summary>
    private static readonly string[] AboutNobody =
    [
        "getAccount",
        "getEnteredFigure",
        "getErasure",
        "getFramework",
        "getFrameworkVersion",
        "followImport",
        "getHealth",
        "getImport",
        "getImportResult",
        "getImportTemplate",
        "getMe",
        "getMetrics",
        "getNotice",
        "getOrganization",
        "getReadiness",
        "getSavedReport",
        "getSavedResult",
        "getServedFramework",
        "getSignInWays",
        "listAccountTokens",
        "listAccounts",
        "listAuditEntries",
        "listEnteredFigureRevisions",
        "listEnteredFigures",
        "listErasures",
        "listImportRows",
        "listImports",
        "listImportsToVerify",
        "listOrganizationRevisions",
        "listOrganizations",
        "listSavedReports",
        "listTokens",
        "reportAnnual",
        "reportGrid",
        "reportIndicators",
        "reportMilestones",
        "reportPositions",
        "reportTimeToRung",
        "reportTransitions",
    ];

    private AccessOffice office = null!;
    private Guid affiliation;
    private Guid milestone;
    private string idNumber = "";
    private int made;

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        var place = (await office.GetAsync(TestAccounts.Office, $"workers/{office.Worker}/affiliations")).Items[0];
        affiliation = place.GetProperty("id").GetGuid();
        var recorded = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{office.Worker}/milestones",
            new
            {
                type = "skill-level-certificate",
                occurredOn = "2020-11-30",
                attributes = new { grade = "3", certificateNo = "A1" },
            }
        );
        milestone = recorded.Expect(201).Id;
        await office.FillAsync(office.Worker, 1, "volunteer-service", "2024-03-01", ("hours", AttributeValue.Of(2)));
        idNumber = Protection.Invented.IdNumber();
        var numbered = await office.SendAsync(
            TestAccounts.Office,
            HttpMethod.Patch,
            $"workers/{office.Worker}",
            new { idNumber },
            "\"1-x\""
        );
        numbered.Expect(200);
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    /// <summary>All that reads, by address or across people.</summary>
    private IEnumerable<RouteEndpoint> Reads =>
        Mapped
            .Of(office.Host)
            .Where(e => e.IsGet() || e.Right() is Right.ListPeople or Right.ReadPerson or Right.RevealIdNumbers)
            .Where(e => !AboutNobody.Contains(e.Name()));

    [Test]
    public async Task EachPersonalAnswer_IsCoveredByAnEntryOfWhoAsked()
    {
        var reads = Reads.ToList();
        Assert.That(reads, Has.Count.AtLeast(25));
        Assert.That(AboutNobody, Is.SubsetOf(Mapped.Of(office.Host).Select(e => e.Name())));
        foreach (var read in reads)
        {
            var (account, reply) = await AskAsync(read);

            Assert.That(reply.Status, Is.EqualTo(200), $"{read.Name()}: {reply.Text}");
            Assert.That(EntriesOf(account, read), Has.Count.EqualTo(1), read.Name());
            // A quarter of an hour later the entry covers nothing more, and the next answer has one of its own.
            office.Clock.Pass(TimeSpan.FromMinutes(15));
            (await SendAsync(account, read)).Expect(200);
            Assert.That(EntriesOf(account, read), Has.Count.EqualTo(2), read.Name());
        }
    }

    [Test]
    public async Task WhereTheTrailCannotBeWritten_ThereIsNoAnswer()
    {
        var names = new List<(RouteEndpoint Read, string Account)>();
        foreach (var read in Reads)
        {
            names.Add((read, await NewcomerAsync(read)));
        }
        await office.Store.Gate.MaintainAsync(c => c.Execute("ALTER TABLE audit_entries RENAME TO audit_entries_lost"));

        foreach (var (read, account) in names)
        {
            var reply = await SendAsync(account, read);

            Assert.That(reply.Status, Is.EqualTo(503), $"{read.Name()}: {reply.Text}");
            Assert.That(reply.Text + reply.HeaderText, Does.Not.Contain("Ma Lan").And.Not.Contain(idNumber), read.Name());
            Assert.That(reply.Headers, Does.Contain("Retry-After"), read.Name());
        }
        // Who asks about nobody is answered as ever.
        (await office.GetAsync("officer", "organizations")).Expect(200);
    }

    private async Task<(string Account, AccessReply Reply)> AskAsync(RouteEndpoint read)
    {
        var account = await NewcomerAsync(read);
        return (account, await SendAsync(account, read));
    }

    /// <summary>An account that has read nothing yet: what another read wrote covers nothing of it.</summary>
    private async Task<string> NewcomerAsync(RouteEndpoint read)
    {
        // A worker has one account, so what is about oneself is told apart by the kind of data.
        if (read.IsOfOneself())
        {
            return "worker";
        }
        var name = $"reader-{++made}";
        await office.AccountAsync(name, AccessOffice.Grant(Role.Officer, office.Street));
        return name;
    }

    private Task<AccessReply> SendAsync(string account, RouteEndpoint read)
    {
        var path = read.PathWith(("workerId", office.Worker), ("affiliationId", affiliation), ("milestoneId", milestone));
        path += read.Name() switch
        {
            "listPeopleOfGrid" => "?asOf=2024-01-01&cell.stage=growth&cell.level=0",
            "listPeopleOfMilestones" => "?from=2024-01-01&to=2024-12-31",
            "listPeopleOfTransitions" =>
                "?channel=grade-promotion&from=2024-01-01&to=2025-01-01&cell.fromRung=none&cell.toRung=none",
            _ => "",
        };
        object? body = read.Name() switch
        {
            "searchWorkers" => new { text = "Ma" },
            "findWorkerByIdNumber" => new { idNumber },
            _ => read.ExampleBody(),
        };
        return office.SendAsync(account, read.Method(), path, body);
    }

    private List<AuditEntry> EntriesOf(string account, RouteEndpoint read) =>
        [
            .. office
                .Store.Reader.OnConnection(c => c.ReadAudit(new AuditFilter(office.Worker, account), null, 500))
                .Where(entry => PersonalReads.OperationOf(entry) == read.Name()),
        ];
}

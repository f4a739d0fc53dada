using System.Text.RegularExpressions;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>What is out of scope does not exist: in status, body, lists, counts and writes.</summary>
[BothEngines]
public partial class ScopeTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [TestCase("")]
    [TestCase("/revisions")]
    [TestCase("/affiliations")]
    [TestCase("/milestones")]
    [TestCase("/coordinate")]
    [TestCase("/coordinate?knownAt=2999-01-01T00:00:00Z")]
    [TestCase("/trajectory")]
    [TestCase("/next-steps")]
    [TestCase("/milestones/" + AccessOffice.Absent)]
    public async Task WorkerOutOfScope_IsAnsweredLikeAnAbsentOne(string what)
    {
        var outside = await office.GetAsync("officer", $"workers/{office.Stranger}{what}");
        var absent = await office.GetAsync("officer", $"workers/{AccessOffice.Absent}{what}");
        var inside = await office.GetAsync("officer", $"workers/{office.Worker}");

        Assert.That(inside.Status, Is.EqualTo(200));
        Assert.That(outside.Status, Is.EqualTo(404), outside.Text);
        Assert.That(Alike(outside, office.Stranger.ToString()), Is.EqualTo(Alike(absent, AccessOffice.Absent)));
        Assert.That(outside.Headers, Is.EqualTo(absent.Headers));
    }

    [Test]
    public async Task OrganizationOutOfScope_IsAnsweredLikeAnAbsentOne()
    {
        var outside = await office.GetAsync("officer", $"organizations/{office.OtherWorks}");
        var absent = await office.GetAsync("officer", $"organizations/{AccessOffice.Absent}");

        Assert.That(outside.Status, Is.EqualTo(404));
        Assert.That(Alike(outside, office.OtherWorks.ToString()), Is.EqualTo(Alike(absent, AccessOffice.Absent)));
        Assert.That((await office.GetAsync("officer", $"organizations/{office.Works}")).Status, Is.EqualTo(200));
    }

    [TestCase("workers?count=true&limit=500")]
    [TestCase("organizations?count=true&limit=500")]
    [TestCase("milestones?count=true&limit=500")]
    public async Task Lists_HoldNothingFromOutside(string path)
    {
        await office.PostAsync(TestAccounts.Office, $"workers/{office.Stranger}/milestones", Milestone());

        var officers = await office.GetAsync("officer", path);
        var everybodys = await office.GetAsync(TestAccounts.Office, path);

        foreach (var id in new[] { office.Stranger, office.OtherWorks, office.OtherStreet })
        {
            Assert.That(officers.Text, Does.Not.Contain(id.ToString()));
        }
        Assert.That(
            officers.Body.GetProperty("count").GetInt64(),
            Is.EqualTo(officers.Items.Length).And.LessThan(everybodys.Body.GetProperty("count").GetInt64())
        );
    }

    [TestCase("workers?organization=")]
    [TestCase("organizations?under=")]
    [TestCase("milestones?organization=")]
    [TestCase("entered-figures?organization=")]
    public async Task FilterByAnOrganizationOutside_IsAnsweredLikeAnAbsentOne(string path)
    {
        var outside = await office.GetAsync("officer", path + office.OtherWorks);
        var absent = await office.GetAsync("officer", path + AccessOffice.Absent);

        (await office.GetAsync("officer", path + office.Works)).Expect(200);
        Assert.That(outside.Code, Is.EqualTo("no-such-organization"));
        Assert.That(Alike(outside, office.OtherWorks.ToString()), Is.EqualTo(Alike(absent, AccessOffice.Absent)));
    }

    [Test]
    public async Task VerifyingMany_TellsNothingOfAWorkerOutside()
    {
        var recorded = await office.PostAsync(TestAccounts.Office, $"workers/{office.Stranger}/milestones", Milestone());
        object Items(object worker, object milestone, string etag) =>
            new
            {
                items = new[]
                {
                    new
                    {
                        workerId = worker,
                        milestoneId = milestone,
                        etag,
                    },
                },
            };

        var absent = await office.PostAsync(
            "verifier",
            "milestones:verify",
            Items(AccessOffice.Absent, recorded.Expect(201).Id, "\"1-x\"")
        );
        foreach (var etag in new[] { "\"1-x\"", "\"9-x\"" })
        {
            var outside = await office.PostAsync("verifier", "milestones:verify", Items(office.Stranger, recorded.Id, etag));

            Assert.That(
                Alike(outside.Expect(200), office.Stranger.ToString()),
                Is.EqualTo(Alike(absent.Expect(200), AccessOffice.Absent))
            );
        }
        var untouched = await office.GetAsync(TestAccounts.Office, $"workers/{office.Stranger}/milestones/{recorded.Id}");
        Assert.That(untouched.Body.GetProperty("state").GetString(), Is.EqualTo("submitted"));
    }

    [Test]
    public async Task ReferenceToAWorkerOutside_IsRefusedLikeOneToNobody()
    {
        Task<AccessReply> RecordAsync(string counterpartId) =>
            office.PostAsync(
                "officer",
                $"workers/{office.Worker}/milestones",
                new
                {
                    type = "mentoring-pact",
                    occurredOn = "2020-11-30",
                    attributes = new { role = "apprentice", counterpartId },
                }
            );

        var outside = await RecordAsync(office.Stranger.ToString());
        var absent = await RecordAsync(AccessOffice.Absent);

        Assert.That(Alike(outside, office.Stranger.ToString()), Is.EqualTo(Alike(absent, AccessOffice.Absent)));
        Assert.That((outside.Status, outside.Code), Is.EqualTo((422, "unknown-reference")));
        (await RecordAsync((await office.HireAsync(office.Works)).ToString())).Expect(201);
    }

    [Test]
    public async Task Search_FindsNobodyOutside()
    {
        var officers = await office.PostAsync("officer", "workers:search", new { text = "CANARY" });
        var everybodys = await office.PostAsync(TestAccounts.Office, "workers:search", new { text = "CANARY" });

        Assert.That(officers.Expect(200).Items, Is.Empty);
        Assert.That(everybodys.Expect(200).Items, Is.Not.Empty);
    }

    [Test]
    public async Task Writes_ReachNobodyOutside()
    {
        var hired = await office.PostAsync("officer", "workers", Hire(office.OtherWorks));
        var atNoOrganization = await office.PostAsync("officer", "workers", Hire(Guid.Parse(AccessOffice.Absent)));
        var recorded = await office.PostAsync("officer", $"workers/{office.Stranger}/milestones", Milestone());

        Assert.That(hired.Status, Is.EqualTo(422));
        Assert.That(Alike(hired, office.OtherWorks.ToString()), Is.EqualTo(Alike(atNoOrganization, AccessOffice.Absent)));
        Assert.That(recorded.Status, Is.EqualTo(404));
    }

    [Test]
    public async Task WorkerWhoMoves_IsFollowedByScope()
    {
        var worker = await office.HireAsync(office.Works);
        (await office.GetAsync("officer", $"workers/{worker}")).Expect(200);

        var moved = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{worker}/affiliations",
            new
            {
                kind = "labour-contract",
                organizationId = office.OtherWorks,
                from = "2026-11-01",
                transfer = true,
            }
        );

        moved.Expect(201);
        Assert.That((await office.GetAsync("officer", $"workers/{worker}")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task WorkerWhoLeft_StaysInTheScopeOfHisLastPlace()
    {
        var worker = await office.HireAsync(office.Works);
        var place = (await office.GetAsync(TestAccounts.Office, $"workers/{worker}/affiliations")).Items[0];
        var ended = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{worker}/affiliations/{place.GetProperty("id").GetGuid()}:end",
            new { on = "2026-01-31", reason = "retired" },
            place.GetProperty("etag").GetString()
        );

        ended.Expect(200);
        Assert.That((await office.GetAsync("officer", $"workers/{worker}")).Status, Is.EqualTo(200));
        Assert.That((await office.GetAsync("officer", "workers?limit=500")).Text, Does.Contain(worker.ToString()));
    }

    [Test]
    public async Task Worker_ReachesHimselfOnly()
    {
        (await office.GetAsync("worker", $"workers/{office.Worker}/coordinate")).Expect(200);
        var colleague = await office.HireAsync(office.Works);

        Assert.That((await office.GetAsync("worker", $"workers/{colleague}/coordinate")).Status, Is.EqualTo(404));
        Assert.That((await office.GetAsync("worker", "workers")).Code, Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task RevokedRole_EndsWithTheNextRequest()
    {
        await office.AccountAsync("leaving", AccessOffice.Grant(Role.Officer, office.Street));
        (await office.GetAsync("leaving", $"workers/{office.Worker}")).Expect(200);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("leaving"))!;
        var grant = office.Store.Reader.OnConnection(c => c.ReadGrants(account.Id))[0].Grant.Id;

        (await office.SendAsync("administrator", HttpMethod.Post, $"accounts/{account.Id}/grants/{grant}:revoke")).Expect(200);

        Assert.That((await office.GetAsync("leaving", $"workers/{office.Worker}")).Code, Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task Officer_KeepsOrganizationsBelowHisOwn_NotHisOwn()
    {
        var own = await office.GetAsync("officer", $"organizations/{office.Street}");
        var below = await office.GetAsync("officer", $"organizations/{office.Works}");

        var renamedOwn = await office.SendAsync(
            "officer",
            HttpMethod.Patch,
            $"organizations/{office.Street}",
            new { name = "x" },
            own.Etag
        );
        var renamedBelow = await office.SendAsync(
            "officer",
            HttpMethod.Patch,
            $"organizations/{office.Works}",
            new { name = "东街厂" },
            below.Etag
        );
        var root = await office.PostAsync(
            "officer",
            "organizations",
            new
            {
                kind = "enterprise",
                name = "r",
                from = "2000-01-01",
            }
        );

        Assert.That(renamedOwn.Code, Is.EqualTo("own-root"));
        Assert.That(renamedBelow.Status, Is.EqualTo(200), renamedBelow.Text);
        Assert.That(root.Code, Is.EqualTo("root-needs-administrator"));
    }

    [Test]
    public async Task Officer_DoesNotVoidHisOwnOrganization_ItsStreetDoes()
    {
        var own = await office.FoundAsync("东街小店", "enterprise", office.Street);
        await office.AccountAsync("of-the-shop", AccessOffice.Grant(Role.Officer, own));
        var reason = new { reason = "entered twice" };

        var byHimself = await office.PostAsync("of-the-shop", $"organizations/{own}:void", reason, "\"1-x\"");
        var byHisStreet = await office.PostAsync("officer", $"organizations/{own}:void", reason, "\"1-x\"");

        Assert.That(byHimself.Code, Is.EqualTo("own-root"));
        Assert.That(byHisStreet.Status, Is.EqualTo(200), byHisStreet.Text);
    }

    [Test]
    public async Task Verifier_ActsForItsBodiesOnly()
    {
        await office.AccountAsync("narrow", AccessOffice.Grant(Role.Verifier, office.Street, "ip-register"));
        var recorded = await office.PostAsync("officer", $"workers/{office.Worker}/milestones", Milestone());

        var judged = await office.SendAsync(
            "narrow",
            HttpMethod.Post,
            $"workers/{office.Worker}/milestones/{recorded.Expect(201).Id}:verify",
            null,
            recorded.Etag
        );
        var byOther = await office.SendAsync(
            "verifier",
            HttpMethod.Post,
            $"workers/{office.Worker}/milestones/{recorded.Id}:verify",
            null,
            recorded.Etag
        );

        Assert.That(judged.Code, Is.EqualTo("verifier-needed"));
        Assert.That(byOther.Status, Is.EqualTo(200), byOther.Text);
    }

    [Test]
    public async Task PersonalRead_IsCoveredByAnEntry_OnceIn15Minutes()
    {
        var worker = await office.HireAsync(office.Works);
        for (var i = 0; i < 3; i++)
        {
            (await office.GetAsync("officer", $"workers/{worker}/coordinate")).Expect(200);
        }

        var entries = (await office.GetAsync("auditor", $"audit-entries?worker={worker}&account=officer")).Items;
        office.Clock.Pass(TimeSpan.FromMinutes(16));
        (await office.GetAsync("officer", $"workers/{worker}/coordinate")).Expect(200);
        var later = (await office.GetAsync("auditor", $"audit-entries?worker={worker}&account=officer")).Items;

        Assert.That(entries.Select(e => e.GetProperty("action").GetString()), Is.EqualTo(["readPerson"]));
        Assert.That(later, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task PersonalRead_OfAnotherKindOfData_HasAnEntryOfItsOwn_WhichTheWorkerSees()
    {
        var worker = await office.HireAsync(office.Works, "Wu Min");
        await office.WorkerAccountAsync("wu.min", worker);
        foreach (var what in new[] { "/coordinate", "", "/milestones", "" })
        {
            (await office.GetAsync("officer", $"workers/{worker}{what}")).Expect(200);
        }

        var entries = (await office.GetAsync("auditor", $"audit-entries?worker={worker}&action=readPerson")).Items;
        var seen = (await office.GetAsync("wu.min", "me/accesses")).Expect(200).Items;

        string[] expected = ["listMilestones", "getWorker", "getCoordinate"];
        Assert.That(entries.Select(e => e.GetProperty("details").GetProperty("read").GetString()), Is.EqualTo(expected));
        Assert.That(
            seen.Where(a => a.GetProperty("account").GetString() == "officer")
                .Select(a => a.GetProperty("operation").GetString()),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public async Task Lists_AreCoveredByAnEntryThatNamesWhomTheyShow()
    {
        (await office.GetAsync("officer", "workers?limit=500")).Expect(200);

        var entry = (await office.GetAsync("auditor", "audit-entries?account=officer")).Items.First(e =>
            e.GetProperty("action").GetString() == "listWorkers"
        );

        Assert.That(entry.GetProperty("details").GetRawText(), Does.Contain(office.Worker.ToString()));
    }

    private static object Milestone() =>
        new
        {
            type = "skill-level-certificate",
            occurredOn = "2020-11-30",
            attributes = new { grade = "3", certificateNo = "A1" },
        };

    private static object Hire(Guid organization) =>
        new
        {
            name = "Wu Xiu",
            affiliation = new
            {
                kind = "labour-contract",
                organizationId = organization,
                from = "2015-01-01",
            },
        };

    /// <summary>Without what names the very request.</summary>
    private static string Alike(AccessReply reply, string id) =>
        TraceId().Replace(reply.Text, "\"traceId\":\"\"").Replace(id, "ID", StringComparison.Ordinal);

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}

using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Routing;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// The cells of the role table: each endpoint whose address names a worker or an organisation, in scope and out of it, after a
/// move, a voiding, the end of a token and the loss of a role. The endpoints are those that the host has.
/// </summary>
[BothEngines]
public class MatrixCellTests(TestEngine engine)
{
    private const string Stale = "\"99-x\"";
    private const string Insider = "insider";

    private AccessOffice office = null!;
    private IReadOnlyList<RouteEndpoint> endpoints = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        endpoints = Mapped.Of(office.Host);
        await office.AccountAsync(Insider, Everyday(office.Street));
        Assert.That(OfWorkers.Count() + OfOrganizations.Count(), Is.AtLeast(30));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    private IEnumerable<RouteEndpoint> OfWorkers => endpoints.Where(e => e.Names("workerId"));

    private IEnumerable<RouteEndpoint> OfOrganizations => endpoints.Where(e => e.Names("organizationId"));

    /// <summary>Both roles that have to do with people: some endpoint needs each.</summary>
    private RoleGrant[] Everyday(Guid root) =>
        [
            AccessOffice.Grant(Role.Officer, root),
            AccessOffice.Grant(Role.Verifier, root, [.. office.Store.Frameworks.Current.VerifierRoles.Keys]),
        ];

    [Test]
    public async Task InScope_EachIsReached()
    {
        var person = await PersonAsync(office.Works);
        var works = await office.FoundAsync("东街纺织厂", "enterprise", office.Street);

        await EachAsync(OfWorkers, e => person.PathOf(e), reply => reply.Status is 401 or 403 or 404 or 405);
        await EachAsync(OfOrganizations, e => OrganizationPath(e, works), reply => reply.Status is 401 or 403 or 404 or 405);
        foreach (var read in OfWorkers.Concat(OfOrganizations).Where(e => e.IsGet()))
        {
            var path = read.Names("workerId") ? person.PathOf(read) : OrganizationPath(read, works);
            (await office.GetAsync(Insider, path)).Expect(200);
        }
    }

    [Test]
    public async Task OutOfScope_EachIsAnsweredLikeAnAbsentOne()
    {
        var person = await PersonAsync(office.OtherWorks);

        await AbsentAsync(person);
        await AbsentAsync(office.OtherWorks);
    }

    [Test]
    public async Task WhoMovedAway_IsAnsweredLikeAnAbsentOne()
    {
        var person = await PersonAsync(office.Works);
        (await office.GetAsync(Insider, $"workers/{person.Worker}")).Expect(200);
        var moved = new
        {
            kind = "labour-contract",
            organizationId = office.OtherWorks,
            from = "2026-11-22",
            transfer = true,
        };

        (await office.PostAsync(TestAccounts.Office, $"workers/{person.Worker}/affiliations", moved)).Expect(201);

        await AbsentAsync(person);
    }

    [Test]
    public async Task WhatMovedAwayWithTheTree_IsAnsweredLikeAnAbsentOne()
    {
        var works = await office.FoundAsync("东街木器厂", "enterprise", office.Street);
        var person = await PersonAsync(works);
        var seen = (await office.GetAsync(Insider, $"organizations/{works}")).Expect(200);
        (await office.GetAsync(Insider, $"workers/{person.Worker}")).Expect(200);
        var moved = new { parentId = office.OtherStreet, from = "2026-11-22" };

        var patched = await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"organizations/{works}", moved, seen.Etag);

        patched.Expect(200);
        await AbsentAsync(person);
        await AbsentAsync(works);
    }

    /// <summary>The outer id is in scope, the inner one is somebody else's.</summary>
    [Test]
    public async Task AnothersMilestoneUnderAWorkerInScope_IsAnsweredLikeAnAbsentOne()
    {
        var (person, other) = (await PersonAsync(office.Works), await PersonAsync(office.OtherWorks));
        var colleague = await PersonAsync(office.Works);
        foreach (var endpoint in OfWorkers.Where(e => e.RoutePattern.Parameters.Count > 1))
        {
            var absent = await SendAsync(Insider, endpoint, endpoint.PathWith(("workerId", person.Worker)));
            foreach (var whose in new[] { other, colleague })
            {
                var reply = await SendAsync(Insider, endpoint, (whose with { Worker = person.Worker }).PathOf(endpoint));

                Assert.That(reply.Status, Is.EqualTo(404), endpoint.Name());
                Assert.That(
                    reply.Alike(whose.Milestone, whose.Affiliation),
                    Is.EqualTo(absent.Alike(AccessOffice.Absent)),
                    endpoint.Name()
                );
            }
        }
    }

    [Test]
    public async Task VoidedWorker_IsReadByThoseInScope_AndTakesNoWrite()
    {
        var (inside, outside) = (await PersonAsync(office.Works), await PersonAsync(office.OtherWorks));
        foreach (var person in new[] { inside, outside })
        {
            var reason = new { reason = "entered twice" };
            (await office.PostAsync(TestAccounts.Office, $"workers/{person.Worker}:void", reason, "\"2-x\"")).Expect(200);
        }

        await EachAsync(
            OfWorkers.Where(e => e.IsGet()),
            e => inside.PathOf(e),
            r => r.Status != 200 && r.Code != "worker-voided"
        );
        await EachAsync(OfWorkers.Where(e => !e.IsGet()), e => inside.PathOf(e), r => r.Status is < 400 or 401 or 403 or 404);
        await AbsentAsync(outside);
    }

    [Test]
    public async Task EndedToken_OpensNothing()
    {
        var token = SignIns.NewSecret();
        await office.Store.Gate.RunAsync<bool>(tx =>
        {
            var ended = tx.RecordedAt.Plus(TimeSpan.FromSeconds(-1));
            var account = tx.Connection.FindAccount(TestAccounts.Office)!.Id;
            tx.Add(new SignIn(SignIns.HashOf(token), null, account, SignInKind.Bearer, null, ended, ended, ended));
            return true;
        });
        office.SendToken("ended", token);
        var person = await PersonAsync(office.Works);

        var closed = endpoints.Where(e => e.Right() is not null).ToList();

        Assert.That(closed, Has.Count.AtLeast(70));
        await EachAsync(closed, person.PathOf, reply => (reply.Status, reply.Code) != (401, "sign-in-needed"), "ended");
    }

    [Test]
    public async Task RevokedRole_ClosesEach_WithTheNextRequest()
    {
        var grants = Everyday(office.Street);
        await office.AccountAsync("leaving", grants);
        var person = await PersonAsync(office.Works);
        var works = await office.FoundAsync("东街钟表厂", "enterprise", office.Street);
        string PathOf(RouteEndpoint e) => e.Names("workerId") ? person.PathOf(e) : OrganizationPath(e, works);
        var all = OfWorkers.Concat(OfOrganizations).ToList();
        await EachAsync(all, PathOf, reply => reply.Status is 401 or 403 or 404, "leaving");

        // Elsewhere he may still do all of it.
        await RevokeAsync("leaving", grants, Everyday(office.OtherStreet));

        await AbsentAsync(person, "leaving");
        await AbsentAsync(works, "leaving");
        var left = office.Store.Reader.OnConnection(c => c.ReadGrants(c.FindAccount("leaving")!.Id));
        await RevokeAsync("leaving", [.. left.Where(g => g.RevokedAt is null).Select(g => g.Grant)]);
        await EachAsync(all, PathOf, reply => reply.Status != 403 || reply.Code != "not-allowed", "leaving");
    }

    [Test]
    public async Task OtherVerbs_AreToldThoseThatThereAre()
    {
        var person = await PersonAsync(office.Works);
        var addresses = endpoints.GroupBy(person.PathOf).ToList();
        Assert.That(addresses, Has.Count.AtLeast(60));
        foreach (var address in addresses)
        {
            var has = address.Select(e => e.Method().Method).ToList();
            var allowed = string.Join(", ", (has.Contains("GET") ? has.Append("HEAD") : has).Order(StringComparer.Ordinal));
            foreach (var verb in new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" }.Except(has))
            {
                var reply = await office.SendAsync(Insider, new HttpMethod(verb), address.Key);

                Assert.That((reply.Status, reply.Allow), Is.EqualTo((405, allowed)), $"{verb} {address.Key}");
            }
        }
    }

    /// <summary>Each answer about the worker equals that about nobody, in status, body and headers.</summary>
    private Task AbsentAsync(Person person, string account = Insider) =>
        AbsentAsync(
            OfWorkers,
            person.PathOf,
            e => (person with { Worker = Guid.Parse(AccessOffice.Absent) }).PathOf(e),
            person.Worker,
            account
        );

    private Task AbsentAsync(Guid organization, string account = Insider) =>
        AbsentAsync(OfOrganizations, e => OrganizationPath(e, organization), e => e.PathWith(), organization, account);

    private async Task AbsentAsync(
        IEnumerable<RouteEndpoint> asked,
        Func<RouteEndpoint, string> pathOf,
        Func<RouteEndpoint, string> absentPathOf,
        Guid id,
        string account
    )
    {
        foreach (var endpoint in asked)
        {
            var reply = await SendAsync(account, endpoint, pathOf(endpoint));
            var absent = await SendAsync(account, endpoint, absentPathOf(endpoint));

            Assert.That(reply.Status, Is.EqualTo(404), endpoint.Name() + reply.Text);
            Assert.That(reply.Alike(id), Is.EqualTo(absent.Alike(AccessOffice.Absent)), endpoint.Name());
        }
    }

    private async Task EachAsync(
        IEnumerable<RouteEndpoint> asked,
        Func<RouteEndpoint, string> pathOf,
        Func<AccessReply, bool> isWrong,
        string account = Insider
    )
    {
        var faults = new List<string>();
        foreach (var endpoint in asked)
        {
            var reply = await SendAsync(account, endpoint, pathOf(endpoint));
            if (reply.Status >= 500 || isWrong(reply))
            {
                faults.Add($"{endpoint.Name()}: {reply.Status} {reply.Text}");
            }
        }
        Assert.That(faults, Is.Empty);
    }

    /// <summary>As the document's example says, but for a revision that is not there: nothing is changed by asking.</summary>
    private Task<AccessReply> SendAsync(string account, RouteEndpoint endpoint, string path) =>
        office.SendAsync(account, endpoint.Method(), path, endpoint.ExampleBody(), endpoint.IsGet() ? null : Stale);

    private static string OrganizationPath(RouteEndpoint endpoint, Guid organization) =>
        endpoint.PathWith(("organizationId", organization));

    private async Task RevokeAsync(string name, RoleGrant[] revoked, RoleGrant[]? added = null)
    {
        var account = office.Store.Reader.OnConnection(c => c.FindAccount(name))!.Id;
        foreach (var grant in added ?? [])
        {
            var wanted = new
            {
                role = grant.Role.ToString().ToLowerInvariant(),
                organizationId = grant.OrganizationId,
                acts = grant.Acts,
            };
            (await office.PostAsync("administrator", $"accounts/{account}/grants", wanted)).Expect(200);
        }
        foreach (var grant in revoked)
        {
            (await office.PostAsync("administrator", $"accounts/{account}/grants/{grant.Id}:revoke", new { })).Expect(200);
        }
    }

    /// <summary>A worker with all that an address can name.</summary>
    private async Task<Person> PersonAsync(Guid organization)
    {
        var worker = await office.HireAsync(organization);
        var affiliation = (await office.GetAsync(TestAccounts.Office, $"workers/{worker}/affiliations")).Items[0];
        var numbered = new { idNumber = Invented.IdNumber() };
        (await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"workers/{worker}", numbered, "\"1-x\"")).Expect(200);
        var recorded = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{worker}/milestones",
            new
            {
                type = "skill-level-certificate",
                occurredOn = "2020-11-30",
                attributes = new { grade = "3", certificateNo = "A1" },
            }
        );
        return new(worker, affiliation.GetProperty("id").GetGuid(), recorded.Expect(201).Id);
    }

    private sealed record Person(Guid Worker, Guid Affiliation, Guid Milestone)
    {
        public string PathOf(RouteEndpoint endpoint) =>
            endpoint.PathWith(
                ("workerId", Worker),
                ("affiliationId", Affiliation),
                ("milestoneId", Milestone),
                ("code", "chaoyang-12345"),
                ("version", 1)
            );
    }
}

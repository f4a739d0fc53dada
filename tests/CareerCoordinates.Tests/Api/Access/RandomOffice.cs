using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>An account and what it was granted, as the test knows it.</summary>
internal sealed record NaiveAccount(string Name, Guid? Self)
{
    public List<RoleGrant> Grants { get; } = [];

    public List<Guid?> RootsOf(params Role[] roles) =>
        Grants.Where(g => roles.Contains(g.Role)).Select(g => g.OrganizationId).ToList();
}

/// <summary>
/// A random tree, random people and random grants on the real program, and random moves of all of them. Each person and each
/// organisation has a word of its own in everything that is recorded about it.
/// </summary>
internal sealed class RandomOffice(AccessOffice office, Random random) : IAsyncDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    public AccessOffice Office => office;

    public NaiveScope Truth { get; } = new(Today);

    public List<NaiveAccount> Accounts { get; } = [];

    public Dictionary<Guid, string> IdNumbers { get; } = [];

    /// <summary>Of organisations, by id.</summary>
    public Dictionary<Guid, string> Words { get; } = [];

    public static async Task<RandomOffice> OpenAsync(TestEngine engine, int seed)
    {
        var made = new RandomOffice(await AccessOffice.OpenAsync(engine), new Random(seed));
        await made.FoundAsync();
        return made;
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    public T Any<T>(IReadOnlyCollection<T> from) => from.ElementAt(random.Next(from.Count));

    /// <summary>One thing changes; a change that a rule refuses changes nothing.</summary>
    public async Task MoveAsync()
    {
        var person = Any(Truth.People.Keys);
        var at = Any(Truth.Organizations.Keys);
        switch (random.Next(8))
        {
            case 0 or 1:
                await AffiliateAsync(person, at, Near(), null, transfer: true);
                break;
            case 2:
                await AffiliateAsync(person, at, Near(), random.Next(2) == 0 ? Near().AddDays(40) : null, transfer: false);
                break;
            case 3 or 4:
                await EndOrVoidAsync(person, random.Next(2) == 0);
                break;
            case 5 when random.Next(3) == 0:
                var word = Truth.People[person].Canary;
                var voided = await office.PostAsync(
                    TestAccounts.Office,
                    $"workers/{person}:void",
                    new { reason = word },
                    "\"1-x\""
                );
                Truth.People[person].Voided |= voided.Status == 200;
                break;
            case 6:
                await ReparentAsync(at);
                break;
            default:
                await RegrantAsync(Any(Accounts));
                break;
        }
    }

    private async Task FoundAsync()
    {
        foreach (var id in new[] { office.District, office.Street, office.Works, office.OtherStreet, office.OtherWorks })
        {
            var seen = await office.GetAsync(TestAccounts.Office, $"organizations/{id}");
            var parent = seen.Body.GetProperty("parentId");
            Know(
                id,
                parent.ValueKind == JsonValueKind.Null ? null : parent.GetGuid(),
                seen.Body.GetProperty("name").GetString()!
            );
        }
        for (var i = 0; i < 14; i++)
        {
            var (word, parent) = ($"CNRYO{i:0000}", Any(Truth.Organizations.Keys));
            Know(await office.FoundAsync(word, "street-union", parent), parent, word);
        }
        Truth.People[office.Worker] = new("Ma Lan");
        Truth.People[office.Stranger] = new("CANARY-OUTSIDE");
        await RefreshAsync(office.Worker);
        await RefreshAsync(office.Stranger);
        for (var i = 0; i < 26; i++)
        {
            await HireAsync($"CNRYP{i:0000}");
        }
        await GrantsAsync();
    }

    private void Know(Guid id, Guid? parent, string word)
    {
        Truth.Organizations[id] = [(parent, new DateOnly(2000, 1, 1))];
        Words[id] = word;
    }

    private async Task HireAsync(string word)
    {
        // In force, ended, or yet to begin.
        var (from, until) = random.Next(4) switch
        {
            0 => (new DateOnly(2016, 1, 1), (DateOnly?)Today.AddDays(-random.Next(1, 900))),
            1 => (Today.AddDays(random.Next(1, 60)), null),
            _ => (new DateOnly(2015, 1, 1).AddDays(random.Next(2000)), null),
        };
        var number = Invented.IdNumber();
        var hired = await office.PostAsync(
            TestAccounts.Office,
            "workers",
            new
            {
                name = word + " Ma",
                number = word,
                careerStart = "2010-01-01",
                idNumber = number,
                affiliation = new
                {
                    kind = "labour-contract",
                    organizationId = Any(Truth.Organizations.Keys),
                    from = from.ToString("yyyy-MM-dd"),
                    until = until?.ToString("yyyy-MM-dd"),
                    staffNumber = word + "-1",
                },
            }
        );
        var id = hired.Expect(201).Id;
        IdNumbers[id] = number;
        Truth.People[id] = new(word);
        await RefreshAsync(id);
        for (var more = random.Next(3); more > 0; more--)
        {
            var begin = Today.AddDays(random.Next(-1500, 100));
            DateOnly? end = random.Next(2) == 0 ? begin.AddDays(random.Next(1500)) : null;
            await AffiliateAsync(id, Any(Truth.Organizations.Keys), begin, end, transfer: false);
        }
        for (var more = random.Next(3); more > 0; more--)
        {
            var recorded = await office.PostAsync(
                TestAccounts.Office,
                $"workers/{id}/milestones",
                new
                {
                    type = "skill-level-certificate",
                    occurredOn = $"201{random.Next(1, 9)}-11-30",
                    attributes = new { grade = "3", certificateNo = word },
                    evidence = new[] { new { type = "completion-certificate", reference = word } },
                    note = word,
                }
            );
            Truth.People[id].Milestones.Add(recorded.Expect(201).Id);
        }
    }

    private async Task GrantsAsync()
    {
        string[] bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        RoleGrant At(Role role, Guid? root) => AccessOffice.Grant(role, root, role == Role.Verifier ? bodies : []);
        var below = Truth.Organizations.Keys.Where(o => o != office.District).ToList();
        await AddAsync("naive-officer", null, At(Role.Officer, Any(below)));
        await AddAsync("naive-verifier", null, At(Role.Verifier, Any(below)));
        await AddAsync(
            "naive-both",
            null,
            At(Role.Officer, Any(below)),
            At(Role.Verifier, Any(below)),
            At(Role.Officer, Any(below))
        );
        await AddAsync("naive-analyst", null, At(Role.Analyst, Any(below)));
        var self = Any(IdNumbers.Keys);
        await AddAsync("naive-worker", self);
        await AddAsync(
            "naive-worker-officer",
            Any(IdNumbers.Keys.Where(id => id != self).ToList()),
            At(Role.Officer, Any(below))
        );
        await AddAsync("naive-everything", null, At(Role.Officer, null));
    }

    private async Task AddAsync(string name, Guid? self, params RoleGrant[] grants)
    {
        var account = new NaiveAccount(name, self);
        account.Grants.AddRange(grants);
        Accounts.Add(account);
        await (self is { } worker ? office.WorkerAccountAsync(name, worker, grants) : office.AccountAsync(name, grants));
    }

    private DateOnly Near() => Today.AddDays(random.Next(-20, 20));

    private async Task AffiliateAsync(Guid person, Guid organization, DateOnly from, DateOnly? until, bool transfer)
    {
        await office.PostAsync(
            TestAccounts.Office,
            $"workers/{person}/affiliations",
            new
            {
                kind = "labour-contract",
                organizationId = organization,
                from = from.ToString("yyyy-MM-dd"),
                until = until?.ToString("yyyy-MM-dd"),
                staffNumber = $"{Truth.People[person].Canary}-{random.Next(10_000)}",
                transfer,
            }
        );
        await RefreshAsync(person);
    }

    private async Task EndOrVoidAsync(Guid person, bool voids)
    {
        var place = Any(await AffiliationsAsync(person));
        var path = $"workers/{person}/affiliations/{place.GetProperty("id").GetGuid()}";
        object body = voids
            ? new { reason = Truth.People[person].Canary }
            : new { on = Near().ToString("yyyy-MM-dd"), reason = Truth.People[person].Canary };
        await office.PostAsync(
            TestAccounts.Office,
            path + (voids ? ":void" : ":end"),
            body,
            place.GetProperty("etag").GetString()
        );
        await RefreshAsync(person);
    }

    /// <summary>The facts, as who sees everything reads them; whose they are is the test's own affair.</summary>
    private async Task RefreshAsync(Guid person)
    {
        var all = await AffiliationsAsync(person);
        Truth.People[person].Ever.UnionWith(all.Select(a => a.GetProperty("organizationId").GetGuid()));
        Truth.People[person].Places =
        [
            .. all.Where(a => !a.GetProperty("voided").GetBoolean())
                .Select(a =>
                    (
                        a.GetProperty("organizationId").GetGuid(),
                        DateOnly.Parse(a.GetProperty("from").GetString()!),
                        a.GetProperty("until").GetString() is { } until ? DateOnly.Parse(until) : (DateOnly?)null
                    )
                ),
        ];
    }

    private async Task<JsonElement[]> AffiliationsAsync(Guid person) =>
        (await office.GetAsync(TestAccounts.Office, $"workers/{person}/affiliations?include=voided")).Expect(200).Items;

    private async Task ReparentAsync(Guid organization)
    {
        var seen = await office.GetAsync(TestAccounts.Office, $"organizations/{organization}?asOf=2030-01-01");
        var (parent, from) = (Any(Truth.Organizations.Keys), Near());
        var body = new { parentId = parent, from = from.ToString("yyyy-MM-dd") };
        var moved = await office.SendAsync(
            TestAccounts.Office,
            HttpMethod.Patch,
            $"organizations/{organization}",
            body,
            seen.Expect(200).Etag
        );
        if (moved.Status == 200)
        {
            Truth.Organizations[organization].Add((parent, from));
        }
    }

    /// <summary>Takes a grant away, or gives one more.</summary>
    private async Task RegrantAsync(NaiveAccount account)
    {
        var id = office.Store.Reader.OnConnection(c => c.FindAccount(account.Name))!.Id;
        if (account.Grants.Count > 0 && random.Next(2) == 0)
        {
            var lost = Any(account.Grants);
            (await office.PostAsync("administrator", $"accounts/{id}/grants/{lost.Id}:revoke", new { })).Expect(200);
            account.Grants.Remove(lost);
            return;
        }
        var wanted = new { role = "officer", organizationId = Any(Truth.Organizations.Keys) };
        var isHeld = account.Grants.Any(g =>
            g.Role == Role.Officer && g.OrganizationId == wanted.organizationId && g.Acts.Count == 0
        );
        (await office.PostAsync("administrator", $"accounts/{id}/grants", wanted)).Expect(isHeld ? 409 : 200);
        if (isHeld)
        {
            return;
        }
        var known = account.Grants.Select(g => g.Id).ToHashSet();
        var held = office.Store.Reader.OnConnection(c => c.ReadGrants(id)).Where(g => g.RevokedAt is null);
        account.Grants.Add(held.Select(g => g.Grant).Single(g => !known.Contains(g.Id)));
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// I14: whatever the tree, the moves and the grants, no answer tells of anybody outside. CAREER_TEST_SEED=n repeats a run.
/// </summary>
[BothEngines]
public partial class ScopePropertyTests(TestEngine engine)
{
    private const int Rounds = 4;
    private const int MovesOfARound = 12;

    private static readonly Role[] OfPeople = [Role.Officer, Role.Verifier];
    private static readonly Role[] OfOrganizations =
    [
        .. Enum.GetValues<Role>().Where(r => Rights.Has(r, Right.ReadOrganizations)),
    ];

    private static int Seed { get; } =
        Environment.GetEnvironmentVariable("CAREER_TEST_SEED") is { } given
            ? (int)(ulong.Parse(given, CultureInfo.InvariantCulture) % int.MaxValue)
            : Random.Shared.Next();

    [Test]
    public async Task NoAnswer_TellsOfAnybodyOutside()
    {
        TestContext.Out.WriteLine($"CAREER_TEST_SEED={Seed}");
        await using var world = await RandomOffice.OpenAsync(engine, Seed);
        var asked = 0;
        var (seen, hidden) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var account in world.Accounts)
            {
                var ask = new Asking(world, account);
                await ask.ListsAsync();
                await ask.PeopleAsync();
                await ask.OrganizationsAsync();
                await ask.WritesAsync();
                Assert.That(ask.Faults, Is.Empty, $"CAREER_TEST_SEED={Seed}, round {round}, {account.Name}");
                asked += ask.Asked;
                seen += ask.Visible.Count;
                hidden += world.Truth.People.Count - ask.Visible.Count;
            }
            for (var i = 0; i < MovesOfARound; i++)
            {
                await world.MoveAsync();
            }
        }
        TestContext.Out.WriteLine($"{asked} answers looked through; {seen} times somebody was inside, {hidden} times outside.");
        Assert.That((asked, seen, hidden), Is.GreaterThan((500, 20, 20)));
    }

    /// <summary>The negative controls: an answer that was meant for another, and a model that is wrong by one person.</summary>
    [Test]
    public async Task Leak_IsFound()
    {
        await using var world = await RandomOffice.OpenAsync(engine, 7);
        var narrow = world.Accounts.First(a => new Asking(world, a) is { Visible.Count: > 0 and < 20 });
        var everything = await world.Office.GetAsync(TestAccounts.Office, "workers?limit=500&count=true");
        var names = await world.Office.GetAsync(TestAccounts.Office, "organizations?limit=500");

        var leaking = new Asking(world, narrow);
        leaking.Check("workers", everything);
        leaking.Check("organizations", names);
        var mistaken = new Asking(world, narrow);
        mistaken.Visible.Remove(mistaken.Visible.First(id => !world.Truth.People[id].Voided));
        await mistaken.ListsAsync();

        Assert.That(leaking.Faults, Has.Some.Contains("CNRYP").And.Some.Contains("CNRYO"));
        Assert.That(mistaken.Faults, Has.Some.Contains("count"));
    }

    /// <summary>What one account may see by the naive model, and what it is answered.</summary>
    private sealed class Asking
    {
        private readonly RandomOffice world;
        private readonly NaiveAccount account;
        private readonly List<Guid?> roots;
        private readonly HashSet<Guid> organizations;

        public Asking(RandomOffice world, NaiveAccount account)
        {
            this.world = world;
            this.account = account;
            roots = account.RootsOf(OfPeople);
            Visible = [.. Truth.People.Keys.Where(id => Truth.Sees(roots, id))];
            var ofOrganizations = account.RootsOf(OfOrganizations);
            organizations = [.. Truth.Organizations.Keys.Where(id => Truth.IsBelow(id, ofOrganizations))];
        }

        public List<string> Faults { get; } = [];

        public int Asked { get; private set; }

        /// <summary>Whom lists may show.</summary>
        public HashSet<Guid> Visible { get; }

        private NaiveScope Truth => world.Truth;

        private bool IsAllowed(Guid person) => Visible.Contains(person) || account.Self == person;

        public async Task ListsAsync()
        {
            var living = Visible.Where(id => !Truth.People[id].Voided).ToList();
            await CountAsync("workers?count=true&limit=500", living);
            await CountAsync("workers?count=true&limit=500&include=voided", [.. Visible]);
            await CountAsync("milestones?count=true&limit=500", [.. living.SelectMany(id => Truth.People[id].Milestones)]);
            await CountAsync("milestones?count=true&limit=500&state=verified", []);
            foreach (
                var more in new[]
                {
                    "asOf=2015-06-01",
                    "level=0",
                    "stage=growth",
                    "asOf=2026-12-20",
                    "channel=grade-promotion&rung=none",
                }
            )
            {
                Check(more, await GetAsync("workers?count=true&limit=500&" + more));
            }
            for (var i = 0; i < 3; i++)
            {
                var place = world.Any(Truth.Organizations.Keys);
                if (roots.Count > 0 && !Truth.IsBelow(place, roots))
                {
                    await AlikeAsync($"workers?organization={place}", $"workers?organization={AccessOffice.Absent}", place);
                    await AlikeAsync($"milestones?organization={place}", $"milestones?organization={AccessOffice.Absent}", place);
                    continue;
                }
                var there = living.Where(id => Truth.IsInForceBelow(id, place)).ToList();
                await CountAsync($"workers?count=true&limit=500&organization={place}", there);
                var theirs = there.SelectMany(id => Truth.People[id].Milestones).ToList();
                await CountAsync($"milestones?count=true&limit=500&organization={place}", theirs);
            }
            foreach (var text in new[] { "CNRYP", "CNRYP00", world.Any(Truth.People.Values).Canary })
            {
                var found = await PostAsync("workers:search?limit=500", new { text });
                var expected = living.Where(id => Truth.People[id].Canary.StartsWith(text, StringComparison.Ordinal)).ToHashSet();
                if (roots.Count > 0 && !IdsOf(found).SetEquals(expected))
                {
                    Faults.Add($"search {text}: {found.Text}");
                }
            }
            var holder = world.Any(world.IdNumbers.Keys);
            var byNumber = await PostAsync("workers:find-by-id-number", new { idNumber = world.IdNumbers[holder] });
            Expect(
                "find-by-id-number",
                byNumber,
                roots.Count == 0 ? 403
                    : living.Contains(holder) ? 200
                    : 404
            );
            Expect("audit-entries", await GetAsync("audit-entries"), 403);
        }

        public async Task PeopleAsync()
        {
            var mayAsk = roots.Count > 0 || account.Self is not null;
            foreach (var (id, person) in Truth.People)
            {
                var reply = await GetAsync($"workers/{id}", IsAllowed(id) ? null : id);
                Expect(
                    id.ToString(),
                    reply,
                    !mayAsk ? 403
                        : IsAllowed(id) ? 200
                        : 404
                );
            }
            foreach (var id in Some(Truth.People.Keys, 5).Concat(Some([.. Visible], 2)).Append(account.Self ?? Guid.Empty))
            {
                foreach (var path in DetailsOf(id))
                {
                    if (IsAllowed(id) && path.EndsWith("/verification", StringComparison.Ordinal))
                    {
                        // It names the nearest who may verify, whose place may be above the scope: that is what it is for.
                        var ways = Truth.PlacesOf(id).SelectMany(Truth.Above);
                        Check(path, await GetAsync(path), [.. ways.Concat(PlacesEver(id))]);
                    }
                    else if (IsAllowed(id))
                    {
                        var reply = await GetAsync(path, also: id == account.Self ? PlacesToldHimself(id, path) : []);
                        Expect(path, reply, 200, Truth.People[id].Voided ? 409 : 200);
                    }
                    else if (mayAsk)
                    {
                        await AlikeAsync(path, path.Replace(id.ToString(), AccessOffice.Absent, StringComparison.Ordinal), id);
                    }
                }
            }
            foreach (
                var own in new[]
                {
                    "me",
                    "me/record",
                    "me/coordinate",
                    "me/trajectory",
                    "me/next-steps",
                    "me/milestones",
                    "me/accesses",
                }
            )
            {
                // Who looked at one's record is told with the place for which he may.
                Guid[] places = own == "me/accesses" ? [.. Truth.Organizations.Keys] : [];
                await GetAsync(own, also: account.Self is { } self ? [.. PlacesToldHimself(self, own), .. places] : []);
            }
        }

        public async Task OrganizationsAsync()
        {
            var mayAsk = account.RootsOf(OfOrganizations).Count > 0;
            foreach (var id in Some(Truth.Organizations.Keys, 8))
            {
                var expected =
                    !mayAsk ? 403
                    : organizations.Contains(id) ? 200
                    : 404;
                Expect($"organization {id}", await GetAsync($"organizations/{id}"), expected);
                Check("revisions", await GetAsync($"organizations/{id}/revisions"));
                if (expected == 404)
                {
                    await AlikeAsync($"organizations/{id}", $"organizations/{AccessOffice.Absent}", id);
                    await AlikeAsync($"organizations?under={id}", $"organizations?under={AccessOffice.Absent}", id);
                }
            }
            var list = await GetAsync("organizations?count=true&limit=500");
            if (mayAsk && !IdsOf(list).SetEquals(organizations))
            {
                Faults.Add("organizations: " + list.Text);
            }
        }

        /// <summary>What is answered to one who writes where he may not; nothing of it changes anything.</summary>
        public async Task WritesAsync()
        {
            var officer = account.RootsOf(Role.Officer);
            var place = world.Any(Truth.Organizations.Keys);
            var sheet = await PostAsync(
                $"organizations/{place}/claim-codes?after=ffffffff-ffff-7fff-bfff-ffffffffffff&again=true",
                null
            );
            Expect(
                "claim sheet",
                sheet,
                officer.Count == 0 ? 403
                    : Truth.IsBelow(place, officer) ? 200
                    : 404
            );
            var items = Truth
                .People.SelectMany(p =>
                    p.Value.Milestones.Select(m => new
                    {
                        workerId = p.Key,
                        milestoneId = m,
                        etag = "\"9-x\"",
                    })
                )
                .ToList();
            var verifier = account.RootsOf(Role.Verifier);
            var judged = await PostAsync("milestones:verify", new { items }, echoes: true);
            Expect("milestones:verify", judged, verifier.Count == 0 ? 403 : 200);
            foreach (var result in judged.Status == 200 ? judged.Items : [])
            {
                var isThere = Truth.Sees(verifier, result.GetProperty("workerId").GetGuid());
                if (isThere == (result.GetProperty("status").GetInt32() == 404))
                {
                    Faults.Add("milestones:verify: " + result);
                }
            }
        }

        /// <summary>Notes every word of somebody whom the account may not see, and every id of such a person.</summary>
        public void Check(string what, AccessReply reply, params Guid[] also) => Check(what, reply, null, also);

        private void Check(string what, AccessReply reply, Guid? echoed, Guid[] also)
        {
            Asked++;
            var text = reply.Text + "\n" + reply.HeaderText;
            var people = Truth.People.Where(p => IsAllowed(p.Key)).Select(p => p.Value.Canary).ToHashSet();
            var places = organizations.Concat(also).Select(id => world.Words[id]).ToHashSet();
            var outside = Canary().Matches(text).Select(m => m.Value).Where(w => !people.Contains(w) && !places.Contains(w));
            var strangers = Truth.People.Keys.Where(id =>
                id != echoed && !IsAllowed(id) && text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)
            );
            Faults.AddRange(outside.Concat(strangers.Select(id => id.ToString())).Select(leak => $"{what} tells {leak}: {text}"));
            if (reply.Status >= 500)
            {
                Faults.Add($"{what}: {reply.Status}");
            }
        }

        private void Expect(string what, AccessReply reply, params int[] statuses)
        {
            if (!statuses.Contains(reply.Status))
            {
                Faults.Add($"{what}: {reply.Status}, not {string.Join(" or ", statuses)}: {reply.Text}");
            }
        }

        private async Task CountAsync(string path, IReadOnlyCollection<Guid> expected)
        {
            var reply = await GetAsync(path);
            if (roots.Count == 0)
            {
                Expect(path, reply, 403);
            }
            else if (
                reply.Status != 200
                || reply.Body.GetProperty("count").GetInt32() != expected.Count
                || !IdsOf(reply).SetEquals(expected)
            )
            {
                Faults.Add($"{path}: not the count of {expected.Count}: {reply.Text}");
            }
        }

        private async Task AlikeAsync(string path, string absentPath, Guid id)
        {
            var (reply, absent) = (await GetAsync(path, id), await GetAsync(absentPath));
            if (reply.Status != absent.Status || reply.Status < 400 || reply.Alike(id) != absent.Alike(AccessOffice.Absent))
            {
                Faults.Add($"{path}: {reply.Text} is not {absent.Text}");
            }
        }

        private async Task<AccessReply> GetAsync(string path, Guid? echoed = null, Guid[]? also = null)
        {
            var reply = await world.Office.GetAsync(account.Name, path);
            if (!path.EndsWith("/verification", StringComparison.Ordinal))
            {
                Check(path, reply, echoed, also ?? []);
            }
            return reply;
        }

        private async Task<AccessReply> PostAsync(string path, object? body, bool echoes = false)
        {
            var reply = await world.Office.SendAsync(account.Name, HttpMethod.Post, path, body);
            // What was sent in comes back, and no more than that.
            Check(path, echoes ? reply with { Text = WorkerIds().Replace(reply.Text, "") } : reply);
            return reply;
        }

        private List<T> Some<T>(IReadOnlyCollection<T> from, int most) =>
            from.Count == 0 ? [] : [.. Enumerable.Range(0, most).Select(_ => world.Any(from)).Distinct()];

        private Guid[] PlacesEver(Guid person) => [.. Truth.People[person].Ever];

        /// <summary>His own next steps name the nearest union to ask, whose place may be above all of his: that is what it is for.</summary>
        private Guid[] PlacesToldHimself(Guid self, string path) =>
            path.EndsWith("next-steps", StringComparison.Ordinal)
                ? [.. PlacesEver(self), .. Truth.PlacesOf(self).SelectMany(Truth.Above)]
                : PlacesEver(self);

        private IEnumerable<string> DetailsOf(Guid person)
        {
            if (!Truth.People.TryGetValue(person, out var known))
            {
                return [];
            }
            string[] all =
            [
                "revisions",
                "affiliations",
                "milestones?include=voided",
                "coordinate",
                "trajectory",
                "next-steps",
                "record",
            ];
            string[] ofMilestone = ["", "/revisions", "/verification"];
            return
            [
                .. all.Select(what => $"workers/{person}/{what}"),
                .. known.Milestones.Take(1).SelectMany(m => ofMilestone.Select(what => $"workers/{person}/milestones/{m}{what}")),
            ];
        }

        private static HashSet<Guid> IdsOf(AccessReply reply) =>
            reply.Status == 200 && reply.Body.TryGetProperty("items", out var items)
                ? [.. items.EnumerateArray().Select(i => i.GetProperty("id").GetGuid())]
                : [];
    }

    [GeneratedRegex("CNRY[OP][0-9]{4}")]
    private static partial Regex Canary();

    [GeneratedRegex("\"workerId\":\"[^\"]*\"")]
    private static partial Regex WorkerIds();
}

using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Administrators and auditors are for the whole tree; a right is given once; one administrator always stays.</summary>
[BothEngines]
public class RightsTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [TestCase("administrator")]
    [TestCase("auditor")]
    public async Task RoleForTheWholeTree_IsNotGrantedForAPart(string role)
    {
        var refused = await GrantAsync("nobody", new { role, organizationId = office.Street });

        Assert.That((refused.Status, refused.Code), Is.EqualTo((422, "role-is-for-whole-tree")));
        Assert.That(refused.Text, Does.Contain("/organizationId").And.Contain("Leave"));
        (await GrantAsync("nobody", new { role })).Expect(200);
    }

    /// <summary>As older data may have it.</summary>
    [TestCase(Role.Administrator)]
    [TestCase(Role.Auditor)]
    public async Task GrantOfSuchARoleForAPart_GivesNothing(Role role)
    {
        await office.AccountAsync("partial", AccessOffice.Grant(role, office.Street));
        var token = await TokenOfAsync("partial", AccessOffice.Grant(role, office.Street));
        office.SendToken("partial-program", token);

        foreach (var account in new[] { "partial", "partial-program" })
        {
            foreach (var path in new[] { "accounts", "audit-entries", "organizations", "erasures" })
            {
                (await office.GetAsync(account, path)).Expect(account == "partial" ? 403 : 401);
            }
        }
        var me = (await office.GetAsync("partial", "me")).Expect(200);
        Assert.That(me.Body.GetProperty("grants").GetArrayLength(), Is.Zero);
        var shown = (await office.GetAsync("administrator", $"accounts/{IdOf("partial")}")).Expect(200);
        Assert.That(shown.Body.GetProperty("grants").GetArrayLength(), Is.EqualTo(1), "so that it can be revoked");
    }

    [TestCase("search=street-", "lane.street-2,street-1,street-3")]
    [TestCase("search=STREET-&limit=2", "lane.street-2,street-1")]
    [TestCase("search=street-&after=street-1", "street-3")]
    [TestCase("search=eet%25", "")]
    [TestCase("search=eet_1", "")]
    [TestCase("search=!", "")]
    public async Task Accounts_AreFoundByAPartOfTheirName(string asked, string names)
    {
        foreach (var name in new[] { "street-1", "lane.street-2", "street-3" })
        {
            await office.AccountAsync(name);
        }
        var found = (await office.GetAsync("administrator", "accounts?" + asked)).Expect(200);
        Assert.That(string.Join(",", found.Items.Select(one => one.GetProperty("name").GetString())), Is.EqualTo(names));
    }

    [Test]
    public async Task SameRight_IsGrantedOnce_AndTheRefusalNamesTheGrant()
    {
        string[] bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys.Take(2)];
        var first = new
        {
            role = "verifier",
            organizationId = office.Street,
            acts = bodies,
        };
        var granted = (await GrantAsync("nobody", first)).Expect(200);
        var id = granted.Body.GetProperty("grants")[0].GetProperty("id").GetGuid();

        var again = await GrantAsync("nobody", first with { acts = [.. bodies.Reverse()] });
        var narrower = await GrantAsync("nobody", first with { acts = bodies[..1] });
        (await office.PostAsync("administrator", $"accounts/{IdOf("nobody")}/grants/{id}:revoke", new { })).Expect(200);
        var anew = await GrantAsync("nobody", first);

        Assert.That((again.Status, again.Code), Is.EqualTo((409, "grant-exists")));
        Assert.That(again.Text, Does.Contain(id.ToString()));
        narrower.Expect(200);
        anew.Expect(200);
    }

    [Test]
    public async Task SameRight_AskedForManyTimesAtOnce_IsGrantedOnce()
    {
        var wanted = new { role = "officer", organizationId = office.Works };

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GrantAsync("nobody", wanted))));

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 200, 409, 409, 409, 409, 409, 409, 409 }));
    }

    [TestCase("disable")]
    [TestCase("revoke")]
    public async Task AdministratorsWhoTurnOnEachOtherAtOnce_LeaveOne(string how)
    {
        await SetDisabledAsync(TestAccounts.Office, true);
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = ($"one-{round}", $"other-{round}");
            var (oneGrant, otherGrant) = (
                AccessOffice.Grant(Role.Administrator, null),
                AccessOffice.Grant(Role.Administrator, null)
            );
            await office.AccountAsync(one, oneGrant);
            await office.AccountAsync(other, otherGrant);
            await SetDisabledAsync(round == 0 ? "administrator" : Survivor, true);

            var replies = await Task.WhenAll(
                Task.Run(() => office.PostAsync(one, PathTo(how, other, otherGrant), new { })),
                Task.Run(() => office.PostAsync(other, PathTo(how, one, oneGrant), new { }))
            );

            // Who comes late finds himself signed out, without the right, or the last one's right protected.
            Assert.That(replies.Count(r => r.Status == 200), Is.EqualTo(1), string.Join("\n", replies.Select(r => r.Text)));
            Assert.That(replies.Max(r => r.Status), Is.AnyOf(401, 403, 409));
            Assert.That(office.Store.Reader.OnConnection(c => c.HasAdministrator()));
            Survivor = replies[0].Status == 200 ? one : other;
        }
    }

    /// <summary>As seen inside the gate by one who was let in before the other's write.</summary>
    [TestCase("disable")]
    [TestCase("revoke")]
    public async Task LastAdministrator_StaysOne(string how)
    {
        var grant = AccessOffice.Grant(Role.Administrator, null);
        await office.AccountAsync("last", grant);
        await SetDisabledAsync(TestAccounts.Office, true);
        // Whose own account is not among those that count, as when it was disabled a moment ago.
        var partial = AccessOffice.Grant(Role.Administrator, null);
        await office.AccountAsync("gone", partial);
        using var gate = new ManualResetEventSlim();
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = office.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.LockRights();
            tx.SetDisabled(tx.Connection.FindAccount("administrator")!.Id, true);
            tx.SetDisabled(tx.Connection.FindAccount("gone")!.Id, true);
            isHeld.TrySetResult();
            gate.Wait(TimeSpan.FromSeconds(30));
            return true;
        });

        await Task.WhenAny(isHeld.Task, held);
        var late = Task.Run(() => office.PostAsync("gone", PathTo(how, "last", grant), new { }));
        // Let in by what was committed, it waits for the lock or for the one writer.
        await Task.Delay(TimeSpan.FromSeconds(1));
        gate.Set();
        await held;
        var refused = await late;

        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "last-administrator")), refused.Text);
        (await office.GetAsync("last", "accounts")).Expect(200);
    }

    private string Survivor { get; set; } = "";

    private string PathTo(string how, string account, RoleGrant grant) =>
        how == "disable" ? $"accounts/{IdOf(account)}:disable" : $"accounts/{IdOf(account)}/grants/{grant.Id}:revoke";

    private Task<AccessReply> GrantAsync(string account, object grant) =>
        office.PostAsync("administrator", $"accounts/{IdOf(account)}/grants", grant);

    private Guid IdOf(string account) => office.Store.Reader.OnConnection(c => c.FindAccount(account))!.Id;

    private Task SetDisabledAsync(string account, bool disabled) =>
        office.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.SetDisabled(tx.Connection.FindAccount(account)!.Id, disabled);
            return true;
        });

    private async Task<string> TokenOfAsync(string account, RoleGrant grant)
    {
        var secret = ApiTokens.NewSecret();
        await office.Store.Gate.RunAsync<bool>(tx =>
        {
            var end = tx.RecordedAt.Plus(TimeSpan.FromDays(10));
            tx.Add(new ApiToken(IdOf(account), "partial-program", grant, tx.RecordedAt, end, null, null), SignIns.HashOf(secret));
            return true;
        });
        return secret;
    }
}

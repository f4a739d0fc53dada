using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// Nobody judges what he recorded, nor anything about himself (design §5, I15); and who is nearest to do it. The accounts
/// <c>chief</c> and <c>deputy</c> are officer and verifier at once.
/// </summary>
[BothEngines]
public class FourEyesTests(TestEngine engine)
{
    private const string Chief = "chief";
    private const string Deputy = "deputy";
    private AccessOffice office = null!;
    private string[] bodies = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        foreach (var name in new[] { Chief, Deputy })
        {
            await office.AccountAsync(name, Grant(Role.Officer, office.Street), Grant(Role.Verifier, office.Street, bodies));
        }
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task AnOfficer_CannotVerifyWhatHeRecorded()
    {
        var byOfficer = await RecordAsync("officer");
        Assert.That((await VerifyAsync("officer", byOfficer)).Expect(403).Code, Is.EqualTo("not-allowed"));
        (await VerifyAsync("verifier", byOfficer)).Expect(200);

        var byChief = await RecordAsync(Chief);
        var refused = await VerifyAsync(Chief, byChief);

        Assert.That(refused.Expect(422).Code, Is.EqualTo("four-eyes"));
        Assert.That(
            refused.Body.GetProperty("detail").GetString(),
            Does.Contain("Somebody else who may verify this must do it").And.Contain("/verification")
        );
        Assert.That(
            (await office.GetAsync(Chief, PathOf(byChief))).Body.GetProperty("counting").ValueKind,
            Is.EqualTo(JsonValueKind.Null)
        );
    }

    [TestCase("verify")]
    [TestCase("return")]
    [TestCase("reject")]
    public async Task AVerifierWhoRecords_MustHaveAnotherJudge(string verb)
    {
        var recorded = await RecordAsync("verifier");

        Assert.That((await ActAsync("verifier", recorded, verb)).Expect(422).Code, Is.EqualTo("four-eyes"));
        (await ActAsync(Deputy, recorded, verb)).Expect(200);
    }

    [Test]
    public async Task AVerifierWhoCorrectedARecord_CannotVerifyIt_ButAnotherCan()
    {
        var recorded = await RecordAsync("officer");
        var corrected = await office.SendAsync(
            "verifier",
            HttpMethod.Put,
            PathOf(recorded),
            Certificate("3", reason: "wrong grade"),
            recorded.Etag
        );

        Assert.That((await VerifyAsync("verifier", corrected.Expect(200))).Expect(422).Code, Is.EqualTo("four-eyes"));
        (await VerifyAsync(Chief, corrected)).Expect(200);
    }

    /// <summary>What a colleague repeats, with another note or without, is still what the first one wrote.</summary>
    [TestCase(null)]
    [TestCase("seen on paper")]
    public async Task WhatAColleagueRepeats_IsVerifiedByNeitherOfThem(string? note)
    {
        var recorded = await RecordAsync(Chief);
        var repeated = Certificate("4", reason: "as it was");
        if (note is not null)
        {
            repeated["note"] = note;
        }
        var corrected = await office.SendAsync(Deputy, HttpMethod.Put, PathOf(recorded), repeated, recorded.Etag);

        Assert.That((await VerifyAsync(Chief, corrected.Expect(200))).Expect(422).Code, Is.EqualTo("four-eyes"));
        Assert.That((await VerifyAsync(Deputy, corrected)).Expect(422).Code, Is.EqualTo("four-eyes"));
        (await VerifyAsync("verifier", corrected)).Expect(200);
    }

    [Test]
    public async Task WhatAColleagueChanged_TheFirstOneMayVerify()
    {
        var recorded = await RecordAsync(Chief);
        var changed = Certificate("3", reason: "wrong grade");
        var corrected = await office.SendAsync(Deputy, HttpMethod.Put, PathOf(recorded), changed, recorded.Etag);

        (await VerifyAsync(Chief, corrected.Expect(200))).Expect(200);
    }

    [Test]
    public async Task AVerifier_DecidesNothingAboutHimself()
    {
        var himself = await office.HireAsync(office.Works);
        await office.WorkerAccountAsync("himself", himself, Grant(Role.Verifier, office.District, bodies));
        var recorded = await RecordAsync("officer", himself);

        foreach (var verb in new[] { "verify", "return", "reject", "void" })
        {
            Assert.That((await ActAsync("himself", recorded, verb)).Expect(422).Code, Is.EqualTo("about-himself"), verb);
        }
        var verified = (await VerifyAsync("verifier", recorded)).Expect(200);
        Assert.That((await ActAsync("himself", verified, "void")).Expect(422).Code, Is.EqualTo("about-himself"));
        var ended = (await ActAsync("himself", verified, "end")).Expect(200);
        Assert.That(StateOf(ended), Is.EqualTo("submitted"));
    }

    [TestCase("verifier", "verified", Description = "recorded nothing of it")]
    [TestCase(Chief, "submitted", Description = "recorded it")]
    [TestCase("officer", "submitted", Description = "may not verify it")]
    public async Task AnEnd_TakesEffectAtOnce_ByAVerifierWhoRecordedNothing_ElseItIsSubmitted(string account, string state)
    {
        var verified = (await VerifyAsync(Deputy, await RecordAsync(Chief))).Expect(200);

        var ended = (await ActAsync(account, verified, "end")).Expect(200);

        Assert.That(StateOf(ended), Is.EqualTo(state));
        Assert.That(ended.Body.GetProperty("counting").GetInt32(), Is.EqualTo(state == "verified" ? 3 : 2));
        if (state == "submitted")
        {
            (await VerifyAsync(Deputy, ended)).Expect(200);
        }
    }

    [TestCase("verifier", null)]
    [TestCase(Chief, "four-eyes")]
    [TestCase("officer", "verifier-needed")]
    public async Task AVerifiedRecord_IsVoidedOnlyByAVerifierWhoRecordedNothingOfIt(string account, string? code)
    {
        var verified = (await VerifyAsync(Deputy, await RecordAsync(Chief))).Expect(200);

        var voided = await ActAsync(account, verified, "void");

        Assert.That(voided.Code, Is.EqualTo(code), voided.Text);
    }

    [Test]
    public async Task WhoMayVoid_IsWhatVoidingAnswers_AndNamesWhoCan()
    {
        var recorded = await RecordAsync("officer");
        Assert.That(await MayVoidAsync("officer"), Is.EqualTo("True  null"), "his own, never verified");
        Assert.That(await MayVoidAsync(Chief), Is.EqualTo("True  null"));
        recorded = (await VerifyAsync(Deputy, recorded)).Expect(200);
        Assert.That(
            await MayVoidAsync("officer"),
            Does.StartWith("False verifier-needed four-eyes {").And.Contain("organizationId")
        );
        Assert.That(await MayVoidAsync(Deputy), Is.EqualTo("True  null"));

        (await ActAsync(Deputy, recorded, "void")).Expect(200);
        Assert.That(await MayVoidAsync(Deputy), Is.EqualTo("False transition-not-allowed null"));

        async Task<string> MayVoidAsync(string account)
        {
            var body = (await office.GetAsync(account, PathOf(recorded) + "/verification")).Expect(200).Body;
            var codes = body.GetProperty("voidBecause").EnumerateArray().Select(b => b.GetProperty("code").GetString());
            return $"{body.GetProperty("mayVoid").GetBoolean()} {string.Join(' ', codes)} {body.GetProperty("nearestToVoid").GetRawText()}";
        }
    }

    [Test]
    public async Task VerifyingMany_RefusesOwnItemsOneByOne()
    {
        var (own, others, again) = (await RecordAsync(Chief), await RecordAsync("officer"), await RecordAsync(Chief));
        var items = new[] { own, others, again }.Select(r => new
        {
            workerId = office.Worker,
            milestoneId = r.Id,
            etag = r.Etag!.Replace("W/", ""),
        });

        var reply = await office.PostAsync(Chief, "milestones:verify", new { items });

        Assert.That(
            reply.Expect(200).Items.Select(i => $"{i.GetProperty("status")} {i.GetProperty("code")}".Trim()),
            Is.EqualTo(["422 four-eyes", "200", "422 four-eyes"])
        );
    }

    [Test]
    public async Task WhoMayVerify_SaysWhyNot_ToEachWhoMayReadIt()
    {
        var worker = await office.HireAsync(office.Works);
        await office.WorkerAccountAsync("reader", worker);
        await office.AccountAsync("registrar", Grant(Role.Verifier, office.Street, "ip-register"));
        var recorded = await RecordAsync(Chief, worker);

        Assert.That(await WhyAsync("verifier"), Is.EqualTo("True "));
        Assert.That(await WhyAsync(Chief), Is.EqualTo("False four-eyes"));
        Assert.That(await WhyAsync("officer"), Is.EqualTo("False verifier-needed"));
        Assert.That(await WhyAsync("registrar"), Is.EqualTo("False verifier-needed"), "acts for another body");
        Assert.That(await WhyAsync("reader"), Is.EqualTo("False about-himself"));
        var verified = (await VerifyAsync("verifier", recorded)).Expect(200);
        Assert.That(await WhyAsync("verifier"), Is.EqualTo("False transition-not-allowed"));
        Assert.That(
            (await office.GetAsync("verifier", PathOf(verified) + "/verification")).Body.GetProperty("nearest").ValueKind,
            Is.EqualTo(JsonValueKind.Null)
        );

        async Task<string> WhyAsync(string account)
        {
            var reply = (await office.GetAsync(account, PathOf(recorded) + "/verification")).Expect(200);
            var codes = reply.Body.GetProperty("because").EnumerateArray().Select(b => b.GetProperty("code").GetString());
            return $"{reply.Body.GetProperty("mayVerify").GetBoolean()} {string.Join(' ', codes)}";
        }
    }

    /// <summary>Accounts take no clock; out of scope there is no such worker; nothing of it is to be kept.</summary>
    [Test]
    public async Task WhoMayVerify_IsOfNow_AndOfOnesOwnScope()
    {
        var path = PathOf(await RecordAsync("officer")) + "/verification";

        var reply = (await office.GetAsync("officer", path)).Expect(200);
        Assert.That((reply.Etag, reply.Headers.Contains("Cache-Control")), Is.EqualTo(((string?)null, true)));
        (await office.GetAsync("officer", path + "?asOf=2026-01-01")).Expect(400);
        (await office.GetAsync("officer", path + "?knownAt=2026-01-01T00:00:00Z")).Expect(400);
        (await office.GetAsync("officer", $"workers/{office.Worker}/milestones/{AccessOffice.Absent}/verification")).Expect(404);
        var strange = await RecordAsync(TestAccounts.Office, office.Stranger);
        Assert.That(
            (await office.GetAsync("officer", PathOf(strange) + "/verification")).Expect(404).Code,
            Is.EqualTo("unknown-worker")
        );
    }

    [Test]
    public async Task WhatNobodyInTheUnitMayVerify_GoesUpToTheNearestWhoMay()
    {
        var district = await office.FoundAsync("北区总工会", "district-federation", null);
        var street = await office.FoundAsync("北街总工会", "street-union", district);
        var works = await office.FoundAsync("北街机器厂", "enterprise", street);
        var worker = await office.HireAsync(works);
        var recorded = await RecordAsync(TestAccounts.Office, worker);
        Assert.That(await NearestAsync(), Is.EqualTo("null"), "the office may verify everything, but recorded this");

        await office.AccountAsync("everywhere", Grant(Role.Verifier, null, "human-resources-authority"));
        Assert.That(
            await NearestAsync(),
            Is.EqualTo("""{"organizationId":null,"name":null,"acts":["human-resources-authority"]}""")
        );

        await office.AccountAsync("north", Grant(Role.Verifier, district, bodies));
        var atDistrict = await NearestAsync();
        Assert.That(
            atDistrict,
            Is.EqualTo(
                $$"""{"organizationId":"{{district}}","name":"北区总工会","acts":["employer-hr","human-resources-authority"]}"""
            )
        );

        await office.AccountAsync("north-patents", Grant(Role.Verifier, works, "ip-register"));
        await office.AccountAsync("north-officer", Grant(Role.Officer, works));
        await office.WorkerAccountAsync("north-self", worker, Grant(Role.Verifier, works, bodies));
        Assert.That(await NearestAsync(), Is.EqualTo(atDistrict), "another body, no verifier, the worker himself");

        await office.AccountAsync("north-street", Grant(Role.Verifier, street, bodies));
        Assert.That(await NearestAsync(), Does.Contain("北街总工会"));
        var byThem = await RecordAsync("north-street", worker);
        Assert.That(await NearestAsync(byThem), Is.EqualTo(atDistrict), "the one at the street recorded that");

        await DisableAsync("north-street");
        Assert.That(await NearestAsync(), Is.EqualTo(atDistrict), "an account that is disabled");

        var second = await office.FoundAsync("南街机器厂", "enterprise", district);
        await office.AccountAsync("south", Grant(Role.Verifier, second, bodies));
        var place = new
        {
            kind = "dispatch",
            organizationId = second,
            from = "2016-01-01",
        };
        (await office.PostAsync(TestAccounts.Office, $"workers/{worker}/affiliations", place)).Expect(201);
        Assert.That(await NearestAsync(), Does.Contain("南街机器厂"), "the nearest of all his places");

        async Task<string> NearestAsync(AccessReply? fact = null) =>
            (await office.GetAsync(TestAccounts.Office, PathOf(fact ?? recorded) + "/verification"))
                .Expect(200)
                .Body.GetProperty("nearest")
                .GetRawText();
    }

    private static RoleGrant Grant(Role role, Guid? organization, params string[] acts) =>
        AccessOffice.Grant(role, organization, acts);

    private static Dictionary<string, object> Certificate(string grade, string? reason = null)
    {
        var content = new Dictionary<string, object>
        {
            ["type"] = "skill-level-certificate",
            ["occurredOn"] = "2020-11-30",
            ["attributes"] = new { grade, certificateNo = "A1" },
        };
        if (reason is not null)
        {
            content["reason"] = reason;
        }
        return content;
    }

    private async Task<AccessReply> RecordAsync(string account, Guid? worker = null) =>
        (await office.PostAsync(account, $"workers/{worker ?? office.Worker}/milestones", Certificate("4"))).Expect(201);

    private Task<AccessReply> VerifyAsync(string account, AccessReply seen) => ActAsync(account, seen, "verify");

    private Task<AccessReply> ActAsync(string account, AccessReply seen, string verb)
    {
        object? body = verb switch
        {
            "verify" => null,
            "end" => new { on = "2024-06-30", reason = "revoked by the centre" },
            _ => new { reason = "as the register says" },
        };
        return office.SendAsync(account, HttpMethod.Post, $"{PathOf(seen)}:{verb}", body, seen.Etag);
    }

    private static string PathOf(AccessReply milestone) =>
        $"workers/{milestone.Body.GetProperty("workerId").GetString()}/milestones/{milestone.Id}";

    private static string? StateOf(AccessReply milestone) => milestone.Body.GetProperty("state").GetString();

    private Task DisableAsync(string account) =>
        office.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.SetDisabled(tx.Connection.FindAccount(account)!.Id, true);
            return true;
        });
}

using System.Text.Json;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.EnteredFigures;

/// <summary>An officer enters what her street reports for the year, and what becomes of it.</summary>
[BothEngines]
public class EnteredFigureTests(TestEngine engine)
{
    private AccessOffice office = null!;
    private int streets;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.AccountAsync("district officer", AccessOffice.Grant(Role.Officer, office.District));
        await office.AccountAsync("district analyst", AccessOffice.Grant(Role.Analyst, office.District));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task CallsOfTheYear_EnteredThenCorrected_AreStillKnownAsTheyWereBefore()
    {
        var street = await StreetAsync();
        var entered = (await EnterAsync(street, number: 1286)).Expect(201);
        var path = $"entered-figures/{entered.Id}";
        Assert.That(entered.Body.GetProperty("number").GetDecimal(), Is.EqualTo(1286));
        Assert.That(entered.Body.GetProperty("recordedBy").GetString(), Is.EqualTo("officer"));
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        var corrected = (await CorrectAsync(entered, number: 1291, source: "核对后的年度统计表")).Expect(200);
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        Assert.That(Number(corrected), Is.EqualTo(1291));
        Assert.That(corrected.Body.GetProperty("revision").GetInt32(), Is.EqualTo(2));
        Assert.That(corrected.Body.GetProperty("reason").GetString(), Is.EqualTo("five were missing"));
        Assert.That(Number(await office.GetAsync("officer", path)), Is.EqualTo(1291));
        var before = (await office.GetAsync("officer", $"{path}?knownAt={RecordedAt(entered)}")).Expect(200);
        Assert.That(Number(before), Is.EqualTo(1286));
        Assert.That(before.Body.GetProperty("knownAtClosed").GetBoolean(), Is.True);
        var revisions = (await office.GetAsync("officer", path + "/revisions")).Expect(200).Items;
        Assert.That(revisions.Select(r => r.GetProperty("number").GetDecimal()), Is.EqualTo([1286, 1291]));
        Assert.That(revisions[0].GetProperty("supersededAt").GetString(), Is.EqualTo(RecordedAt(corrected)));
        Assert.That(revisions[1].TryGetProperty("supersededAt", out _), Is.False);
        var listed = await office.GetAsync("officer", $"entered-figures?organization={street}&knownAt={RecordedAt(entered)}");
        Assert.That(listed.Expect(200).Items.Single().GetProperty("number").GetDecimal(), Is.EqualTo(1286));
        Assert.That(
            (await office.GetAsync("officer", $"{path}?knownAt=2026-11-22T05:00:00Z")).Expect(404).Code,
            Is.EqualTo("unknown-entered-figure")
        );
    }

    [Test]
    public async Task SameFigureTwice_IsRefused_AndNamesTheFirst_UntilThatIsVoided()
    {
        var street = await StreetAsync();
        var first = (await EnterAsync(street, number: 10)).Expect(201);

        var second = (await EnterAsync(street, number: 11)).Expect(409);
        Assert.That(second.Code, Is.EqualTo("already-entered"));
        Assert.That(second.Text, Does.Contain(first.Id.ToString()));
        (await EnterAsync(street, number: 11, year: 2024)).Expect(201);
        (await EnterAsync(street, number: 11, kind: "october")).Expect(201);
        (await EnterAsync(street, figure: "answered", number: 11)).Expect(201);
        (await EnterAsync(await StreetAsync(), number: 11)).Expect(201);

        (await VoidAsync(first)).Expect(200);
        var again = (await EnterAsync(street, number: 11)).Expect(201);
        Assert.That((await VoidAsync(first, "\"2\"")).Expect(409).Code, Is.EqualTo("entered-figure-voided"));
        Assert.That((await CorrectAsync(first, 12, ifMatch: "\"2\"")).Expect(409).Code, Is.EqualTo("entered-figure-voided"));
        var listed = await ListAsync($"organization={street}&indicator=hotline-calls&year=2025&yearKind=calendar");
        var withVoided = await ListAsync($"organization={street}&year=2025&yearKind=calendar&include=voided");
        Assert.That(listed.Select(Id), Has.Member(again.Id).And.No.Member(first.Id));
        Assert.That(withVoided.Select(Id), Is.SupersetOf([first.Id, again.Id]));
        Assert.That(withVoided.Single(i => Id(i) == first.Id).GetProperty("voided").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Correction_MayMoveItToAnotherYear_WhereNoneIsEntered_AndFreesTheFormer()
    {
        var street = await StreetAsync();
        var wrong = (await EnterAsync(street, number: 10)).Expect(201);
        var other = (await EnterAsync(street, number: 20, year: 2023)).Expect(201);

        var taken = (await CorrectAsync(wrong, 10, year: 2023)).Expect(409);
        Assert.That(taken.Text, Does.Contain(other.Id.ToString()));
        (await CorrectAsync(wrong, 10, year: 2024)).Expect(200);
        (await EnterAsync(street, number: 12)).Expect(201);
    }

    [Test]
    public async Task Correction_ThatChangesNothing_SupersedesNothing()
    {
        var entered = (await EnterAsync(await StreetAsync(), number: 10)).Expect(201);

        var same = (await CorrectAsync(entered, 10.0m)).Expect(200);

        Assert.That(same.Body.GetProperty("revision").GetInt32(), Is.EqualTo(1));
        Assert.That((await office.GetAsync("officer", $"entered-figures/{entered.Id}/revisions")).Items, Has.Length.EqualTo(1));
    }

    /// <summary>A report adds up the organisations that were there on the year's last day: what another entered would be in no sum.</summary>
    [Test]
    public async Task FigureOfAYearBeforeTheOrganizationStands_IsRefused_UntilItsDayIsCorrected()
    {
        var street = await StreetAsync("2020-01-01");
        var later = await office.GetAsync("officer", $"organizations/{street}");
        // A day that is said to be later takes back nothing of what was said before.
        var changed = (await BeginAsync(street, "2024-01-01", later.Etag)).Expect(200);

        var refused = (await EnterAsync(street, number: 10, year: 2019)).Expect(422);
        var ofOctober = await EnterAsync(street, number: 10, year: 2019, kind: "october");
        var entered = (await EnterAsync(street, number: 20, year: 2020)).Expect(201);
        var movedBack = await CorrectAsync(entered, 20, year: 2019);

        Assert.That(refused.Code, Is.EqualTo("organization-not-begun"));
        Assert.That(refused.Text, Does.Contain("\"/year\"").And.Contain("ends on 2019-12-31").And.Contain("from 2020-01-01 on"));
        Assert.That((ofOctober.Status, ofOctober.Code), Is.EqualTo((422, "organization-not-begun")));
        Assert.That((movedBack.Status, movedBack.Code), Is.EqualTo((422, "organization-not-begun")));
        Assert.That(await ListAsync($"organization={street}&include=voided"), Has.Length.EqualTo(1));

        (await BeginAsync(street, "2019-12-31", changed.Etag)).Expect(200);
        (await EnterAsync(street, number: 10, year: 2019)).Expect(201);
        Assert.That(
            (await EnterAsync(street, number: 10, year: 2019, kind: "october")).Code,
            Is.EqualTo("organization-not-begun")
        );
        office.Store.Projection.Load(CancellationToken.None);
        // Until the record in which they stand is closed.
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        Assert.That((await SumAsync(street, 2019), await SumAsync(street, 2020)), Is.EqualTo((10, 20)));
    }

    [TestCase("""{"indicator":"wishes"}""", 422, "unknown-indicator")]
    [TestCase("""{"indicator":"workers-total","figure":"workers"}""", 422, "indicator-computed")]
    [TestCase("""{"figure":"lost"}""", 422, "unknown-figure")]
    [TestCase("""{"year":2027}""", 422, "year-not-begun")]
    [TestCase("""{"year":1899}""", 400, "year-out-of-range")]
    [TestCase("""{"year":20.5}""", 400, "not-an-integer")]
    [TestCase("""{"yearKind":"lunar"}""", 400, "value-not-allowed")]
    [TestCase("""{"number":-1}""", 422, "entered-number-out-of-range")]
    [TestCase("""{"number":1.5}""", 422, "entered-number-not-whole")]
    [TestCase("""{"number":"12"}""", 400, "not-a-number")]
    [TestCase("""{"number":1e308}""", 400, "not-a-number")]
    [TestCase("""{"source":"  "}""", 400, null)]
    [TestCase("""{"source":"经办人 11010519000101001X"}""", 422, "id-number-elsewhere")]
    [TestCase("""{"note":"x"}""", 400, "unknown-member")]
    public async Task WhatDoesNotFit_IsRefused_AndLeavesNoTrace(string change, int status, string? code)
    {
        var street = await StreetAsync();
        var body = Figure(street, number: 10);
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, object>>(change)!)
        {
            body[name] = value;
        }

        var refused = (await office.PostAsync("officer", "entered-figures", body)).Expect(status);

        if (code is not null)
        {
            Assert.That(refused.Text, Does.Contain($"\"{code}\""));
        }
        Assert.That(await ListAsync($"organization={street}&include=voided"), Is.Empty);
    }

    [Test]
    public async Task Money_IsKeptToTheCent()
    {
        var body = Figure(await StreetAsync(), number: 2680000.75m);
        (body["indicator"], body["figure"]) = ("special-funds", "funds");

        var entered = (await office.PostAsync("officer", "entered-figures", body)).Expect(201);

        Assert.That(entered.Text, Does.Contain("\"number\":2680000.75,"));
        Assert.That(Number(await office.GetAsync("officer", $"entered-figures/{entered.Id}")), Is.EqualTo(2680000.75m));
    }

    [Test]
    public async Task Change_NeedsWhatWasSeen_AndAReason()
    {
        var entered = (await EnterAsync(await StreetAsync(), number: 10)).Expect(201);
        var path = $"entered-figures/{entered.Id}";
        var body = Correction(entered, 11);

        Assert.That(
            (await office.SendAsync("officer", HttpMethod.Put, path, body)).Expect(428).Code,
            Is.EqualTo("if-match-required")
        );
        (await CorrectAsync(entered, 11)).Expect(200);
        Assert.That((await CorrectAsync(entered, 12)).Expect(412).Code, Is.EqualTo("stale"));
        Assert.That((await VoidAsync(entered)).Expect(412).Code, Is.EqualTo("stale"));
        body["reason"] = " ";
        var silent = await office.SendAsync("officer", HttpMethod.Put, path, body, "\"2\"");
        Assert.That(silent.Expect(422).Code, Is.EqualTo("reason-required"));
    }

    [Test]
    public async Task IdempotencyKey_SentAgain_EntersOnce()
    {
        var body = Figure(await StreetAsync(), number: 10);
        var first = await office.SendAsync("officer", HttpMethod.Post, "entered-figures", body, key: "calls-2025");
        var again = await office.SendAsync("officer", HttpMethod.Post, "entered-figures", body, key: "calls-2025");

        Assert.That((again.Expect(201).Text, again.Etag), Is.EqualTo((first.Expect(201).Text, first.Etag)));
    }

    [Test]
    public async Task Corrections_AtOnce_OneOfThemWins()
    {
        var entered = (await EnterAsync(await StreetAsync(), number: 10)).Expect(201);

        var replies = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => CorrectAsync(entered, 10 + i)));

        Assert.That(replies.Count(r => r.Status == 200), Is.EqualTo(1));
        Assert.That(replies.Count(r => r.Status == 412), Is.EqualTo(4));
    }

    [Test]
    public async Task SameFigure_EnteredByManyAtOnce_IsEnteredOnce()
    {
        var street = await StreetAsync();

        var replies = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => EnterAsync(street, number: i)));

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo([201, 409, 409, 409, 409]));
        Assert.That(await ListAsync($"organization={street}"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task OfficerOfAStreet_EntersNothingForAnother()
    {
        var outside = await EnterAsync(office.OtherWorks, number: 1);
        var absent = await EnterAsync(Guid.Parse(AccessOffice.Absent), number: 1);
        var above = await EnterAsync(office.District, number: 1);

        Assert.That((outside.Status, outside.Code), Is.EqualTo((422, "unknown-organization")));
        Assert.That(outside.Alike(office.OtherWorks), Is.EqualTo(absent.Alike(AccessOffice.Absent)));
        Assert.That(above.Alike(office.District), Is.EqualTo(absent.Alike(AccessOffice.Absent)));
    }

    [Test]
    public async Task OutOfScope_IsAnsweredLikeAnAbsentOne()
    {
        var body = Figure(office.OtherStreet, number: 10, year: 2019);
        var theirs = (await office.PostAsync("district officer", "entered-figures", body)).Expect(201);
        var correction = Correction(theirs, 11);
        object reason = new { reason = "never was" };

        foreach (var account in new[] { "officer", "analyst" })
        {
            await AlikeAsync(account, HttpMethod.Get, "");
            await AlikeAsync(account, HttpMethod.Get, "?knownAt=2999-01-01T00:00:00Z");
            await AlikeAsync(account, HttpMethod.Get, "/revisions");
            var listed = await office.GetAsync(account, "entered-figures?limit=500&count=true&include=voided");
            Assert.That(listed.Expect(200).Text, Does.Not.Contain(theirs.Id.ToString()));
            Assert.That(listed.Body.GetProperty("count").GetInt64(), Is.EqualTo(listed.Items.Length));
        }
        foreach (var etag in new[] { theirs.Etag, "\"9\"", null })
        {
            await AlikeAsync("officer", HttpMethod.Put, "", correction, etag);
            await AlikeAsync("officer", HttpMethod.Post, ":void", reason, etag);
        }
        foreach (var account in new[] { "district analyst", "auditor" })
        {
            (await office.GetAsync(account, $"entered-figures/{theirs.Id}")).Expect(200);
            Assert.That((await office.GetAsync(account, "entered-figures?limit=500")).Text, Does.Contain(theirs.Id.ToString()));
        }

        async Task AlikeAsync(string account, HttpMethod method, string what, object? sent = null, string? etag = null)
        {
            var outside = await office.SendAsync(account, method, $"entered-figures/{theirs.Id}{what}", sent, etag);
            var absent = await office.SendAsync(account, method, $"entered-figures/{AccessOffice.Absent}{what}", sent, etag);

            Assert.That(outside.Status, Is.AnyOf(400, 404, 428), outside.Text);
            Assert.That(outside.Alike(theirs.Id), Is.EqualTo(absent.Alike(AccessOffice.Absent)), what);
        }
    }

    [Test]
    public async Task StreetThatMovesAway_TakesItsFiguresAlong()
    {
        var street = await StreetAsync();
        var entered = (await EnterAsync(street, number: 10)).Expect(201);
        var seen = await office.GetAsync("officer", $"organizations/{street}");
        var moved = new { parentId = office.OtherStreet, from = "2026-11-22" };

        (await office.SendAsync(TestAccounts.Office, HttpMethod.Patch, $"organizations/{street}", moved, seen.Etag)).Expect(200);

        (await office.GetAsync("officer", $"entered-figures/{entered.Id}")).Expect(404);
        Assert.That((await CorrectAsync(entered, 11)).Expect(404).Code, Is.EqualTo("unknown-entered-figure"));
        (await office.GetAsync("district officer", $"entered-figures/{entered.Id}")).Expect(200);
    }

    [Test]
    public async Task VoidedOrganization_IsListedWithItsFiguresOnlyAmongTheVoided_AndTakesNoWrite()
    {
        var street = await StreetAsync();
        var entered = (await EnterAsync(street, number: 10)).Expect(201);
        (await office.PostAsync("officer", $"organizations/{street}:void", new { reason = "never was" }, "\"1\"")).Expect(200);

        (await office.GetAsync("officer", $"entered-figures/{entered.Id}")).Expect(404);
        (await office.GetAsync("auditor", $"entered-figures/{entered.Id}")).Expect(200);
        Assert.That((await EnterAsync(street, number: 10, year: 2020)).Status, Is.EqualTo(422));
        var changed = await office.SendAsync(
            TestAccounts.Office,
            HttpMethod.Put,
            $"entered-figures/{entered.Id}",
            Correction(entered, 11),
            entered.Etag
        );
        Assert.That(changed.Expect(409).Code, Is.EqualTo("organization-voided"));
        var listed = await office.GetAsync("auditor", "entered-figures?limit=500");
        var withVoided = await office.GetAsync("auditor", "entered-figures?limit=500&include=voided");
        Assert.That(listed.Text, Does.Not.Contain(entered.Id.ToString()));
        Assert.That(withVoided.Text, Does.Contain(entered.Id.ToString()));
    }

    [Test]
    public async Task List_PageByPage_GivesEachOnce_AsOfTheFirstPage()
    {
        var street = await StreetAsync();
        var entered = new List<Guid>();
        for (var year = 2016; year <= 2022; year++)
        {
            entered.Add((await EnterAsync(street, number: 1, year: year)).Expect(201).Id);
        }
        var query = $"organization={street}&count=true&limit=3";
        var seen = new List<Guid>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = (await office.GetAsync("officer", $"entered-figures?{query}{cursor}")).Expect(200);
            Assert.That(page.Body.GetProperty("count").GetInt32(), Is.EqualTo(7));
            seen.AddRange(page.Items.Select(Id));
            cursor = page.Body.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : null;
            (await EnterAsync(street, figure: "answered", number: 1, year: 2000 + seen.Count)).Expect(201);
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Reverse(entered)), "what was entered last comes first");
        var misspelt = await office.GetAsync("officer", "entered-figures?indicator=hotline");
        Assert.That(misspelt.Expect(400).Text, Does.Contain("hotline-calls"));
        var computed = await office.GetAsync("officer", "entered-figures?indicator=workers-total");
        Assert.That(computed.Expect(400).Text, Does.Contain("hotline-calls"));
        (await office.GetAsync("officer", "entered-figures?asOf=2025-01-01")).Expect(400);
    }

    /// <summary>The tree is that of the day of the instant, not of the day on which somebody asks again.</summary>
    [Test]
    public async Task ListAsKnownOnce_IsTheSameAgain_WhenAMoveHasCome()
    {
        await using var another = await AccessOffice.OpenAsync(engine);
        var figure = Figure(another.Works, number: 10);
        (await another.PostAsync("officer", "entered-figures", figure)).Expect(201);
        var moved = new { parentId = another.OtherStreet, from = "2026-11-23" };
        var works = $"organizations/{another.Works}";
        var seen = await another.GetAsync("officer", works);
        (await another.SendAsync(TestAccounts.Office, HttpMethod.Patch, works, moved, seen.Etag)).Expect(200);
        var now = another.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        another.Clock.Pass(TimeSpan.FromMinutes(1));
        var path = $"entered-figures?organization={another.Street}&knownAt={now}";
        var once = (await another.GetAsync("auditor", path)).Expect(200);
        Assert.That(once.Items, Has.Length.EqualTo(1));

        another.Clock.Pass(TimeSpan.FromDays(1));
        await another.AccountAsync("next day", AccessOffice.Grant(Role.Auditor, null));

        Assert.That((await another.GetAsync("next day", path)).Expect(200).Text, Is.EqualTo(once.Text));
        var today = await another.GetAsync("next day", $"entered-figures?organization={another.Street}");
        Assert.That(today.Expect(200).Items, Is.Empty);
    }

    /// <summary>A street of its own below the officer's, where nothing is entered.</summary>
    private Task<Guid> StreetAsync(string from = "2000-01-01") =>
        office.FoundAsync($"东街第{++streets}站", "street-union", office.Street, from);

    /// <summary>Says of a street from which day it stands where it does.</summary>
    private Task<AccessReply> BeginAsync(Guid street, string from, string? seen) =>
        office.SendAsync("officer", HttpMethod.Patch, $"organizations/{street}", new { from }, seen);

    /// <summary>The calls of a year below a street.</summary>
    private async Task<decimal> SumAsync(Guid street, int year)
    {
        var report = (await office.GetAsync("officer", $"reports/indicators?year={year}&organization={street}")).Expect(200).Body;
        return report
            .GetProperty("indicators")
            .EnumerateArray()
            .Single(i => i.GetProperty("code").GetString() == "hotline-calls")
            .GetProperty("figures")
            .EnumerateArray()
            .Single(f => f.GetProperty("code").GetString() == "taken")
            .GetProperty("value")
            .GetDecimal();
    }

    private static Dictionary<string, object> Figure(
        Guid organization,
        decimal number,
        string figure = "taken",
        int year = 2025,
        string kind = "calendar"
    ) =>
        new()
        {
            ["organizationId"] = organization,
            ["indicator"] = "hotline-calls",
            ["figure"] = figure,
            ["yearKind"] = kind,
            ["year"] = year,
            ["number"] = number,
            ["source"] = "12351热线年度统计表",
        };

    private Task<AccessReply> EnterAsync(
        Guid organization,
        decimal number,
        string figure = "taken",
        int year = 2025,
        string kind = "calendar"
    ) => office.PostAsync("officer", "entered-figures", Figure(organization, number, figure, year, kind));

    private static Dictionary<string, object> Correction(AccessReply entered, decimal number)
    {
        var body = Figure(Guid.Empty, number, year: entered.Body.GetProperty("year").GetInt32());
        body.Remove("organizationId");
        body["reason"] = "five were missing";
        return body;
    }

    private Task<AccessReply> CorrectAsync(
        AccessReply entered,
        decimal number,
        int? year = null,
        string? source = null,
        string? ifMatch = null
    )
    {
        var body = Correction(entered, number);
        body["year"] = year ?? body["year"];
        body["source"] = source ?? body["source"];
        return office.SendAsync("officer", HttpMethod.Put, $"entered-figures/{entered.Id}", body, ifMatch ?? entered.Etag);
    }

    private Task<AccessReply> VoidAsync(AccessReply entered, string? ifMatch = null) =>
        office.PostAsync("officer", $"entered-figures/{entered.Id}:void", new { reason = "never was" }, ifMatch ?? entered.Etag);

    private async Task<JsonElement[]> ListAsync(string query) =>
        (await office.GetAsync("officer", "entered-figures?limit=500&" + query)).Expect(200).Items;

    private static Guid Id(JsonElement item) => item.GetProperty("id").GetGuid();

    private static decimal Number(AccessReply reply) => reply.Body.GetProperty("number").GetDecimal();

    private static string RecordedAt(AccessReply reply) => reply.Body.GetProperty("recordedAt").GetString()!;
}

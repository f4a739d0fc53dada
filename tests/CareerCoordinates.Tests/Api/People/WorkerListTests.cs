using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

/// <summary>Who is listed, by where he stands on a day as known at an instant.</summary>
[BothEngines]
public class WorkerListTests(TestEngine engine) : PeopleTests(engine)
{
    private Reply port = null!;
    private Reply quay = null!;
    private Reply ada = null!;
    private Reply bo = null!;
    private Reply cy = null!;
    private Reply beforeTheMaster = null!;

    [OneTimeSetUp]
    public async Task Settle()
    {
        port = await Desk.OrganizationAsync(kind: "district-federation");
        quay = await Desk.OrganizationAsync(port.Id);
        // Ada: deckhand 2015, bosun 2017 to 2019, then deckhand, master 2022; enrolled 2016.
        ada = await Desk.WorkerAsync(quay.Id, "Ada", ""","careerStart":"2015-01-01" """);
        await Desk.MilestoneAsync(ada.Id, "berth", "2015-01-01", """{"post":"deckhand","ship":"Alk"}""");
        await Desk.MilestoneAsync(
            ada.Id,
            "berth",
            "2017-01-01",
            """{"post":"bosun","ship":"Alk"}""",
            ""","until":"2019-12-31" """
        );
        await Desk.MilestoneAsync(ada.Id, "guild-enrolment", "2016-01-01");
        // Bo: career start unknown, nothing held but a tinkerer's rung from 2018.
        bo = await Desk.WorkerAsync(port.Id, "Bo");
        await Desk.MilestoneAsync(bo.Id, "rig-improvement", "2018-03-01", """{"savings":150,"inUse":true}""");
        // Cy: nothing held; moves to the quay in 2020.
        cy = await Desk.WorkerAsync(port.Id, "Cy", ""","careerStart":"2000-02-29" """);
        beforeTheMaster = await Desk.PostAsync(
            $"workers/{cy.Id}/affiliations",
            PeopleDesk.AffiliationJson(quay.Id, "2020-01-01", ""","transfer":true""")
        );
        await Desk.MilestoneAsync(ada.Id, "sea-ticket", "2022-01-01", """{"klass":"a","score":91,"resit":false}""");
    }

    [TestCase("", "ABC")]
    [TestCase("organization=quay&asOf=2019-12-31", "A")]
    [TestCase("organization=quay&asOf=2020-01-01", "AC")]
    [TestCase("organization=port&asOf=2020-01-01", "ABC")]
    [TestCase("organization=port&asOf=2014-12-31", "")]
    [TestCase("channel=seamanship&rung=deckhand&asOf=2016-12-31", "A")]
    [TestCase("channel=seamanship&rung=bosun&asOf=2017-01-01", "A")]
    [TestCase("channel=seamanship&rung=deckhand&asOf=2017-01-01", "")]
    [TestCase("channel=seamanship&rung=bosun&asOf=2019-12-31", "A")]
    [TestCase("channel=seamanship&rung=deckhand&asOf=2020-01-01", "A")]
    [TestCase("channel=seamanship&rung=none&asOf=2020-01-01", "BC")]
    [TestCase("channel=seamanship&rung=none&asOf=2014-12-31", "ABC")]
    [TestCase("channel=seamanship&rung=master&asOf=2022-01-01", "A")]
    [TestCase("channel=seamanship&rung=master&asOf=2022-01-01&knownAt=before", "")]
    [TestCase("channel=seamanship&rung=deckhand&asOf=2022-01-01&knownAt=before", "A")]
    [TestCase("level=0&asOf=2018-02-28", "BC")]
    [TestCase("level=1&asOf=2016-01-01", "A")]
    [TestCase("level=2&asOf=2018-03-01", "AB")]
    [TestCase("level=5&asOf=2022-01-01", "A")]
    [TestCase("level=5&asOf=2022-01-01&knownAt=before", "")]
    [TestCase("level=1&asOf=2022-01-01&knownAt=before", "A")]
    [TestCase("stage=unknown&asOf=2020-01-01", "B")]
    [TestCase("stage=first-tide&asOf=2014-01-01", "A", Description = "before the career start the first band holds")]
    [TestCase("stage=first-tide&asOf=2017-07-01", "A")]
    [TestCase("stage=open-water&asOf=2017-07-03", "A", Description = "two and a half years: half of 365 days are 182.5")]
    [TestCase("stage=long-haul&asOf=2020-02-28", "C")]
    [TestCase("stage=home-port&asOf=2020-02-28", "")]
    [TestCase("stage=home-port&asOf=2020-02-29", "C")]
    [TestCase("stage=home-port&organization=quay&level=0&channel=voice&rung=none&asOf=2021-01-01", "C")]
    [TestCase("stage=home-port&organization=quay&level=0&channel=voice&rung=none&asOf=2021-01-01&knownAt=cy", "")]
    public async Task Filter_OnADay_FindsWhoStandsThere(string query, string expected)
    {
        var asked = query
            .Replace("=quay", "=" + quay.Id)
            .Replace("=port", "=" + port.Id)
            .Replace("=before", "=" + beforeTheMaster.RecordedAt)
            .Replace("=cy", "=" + cy.RecordedAt);
        var found = (await Desk.GetAsync("workers?count=true&" + asked)).Expect(200);
        var letters = found.Items.Select(i => i.GetProperty("name").GetString()![..1]).Order();
        Assert.That(string.Concat(letters), Is.EqualTo(expected));
        Assert.That(found["count"].GetInt32(), Is.EqualTo(expected.Length));
    }

    [Test]
    public async Task Item_CarriesTheEtagOfTheSingleThing()
    {
        var item = (await Desk.GetAsync("workers")).Items.Single(i => i.GetProperty("id").GetGuid() == bo.Id);
        var single = await Desk.GetAsync($"workers/{bo.Id}");
        Assert.That(single.Etag, Does.EndWith(item.GetProperty("etag").GetString()!));
    }

    [Test]
    public async Task Pages_GiveEachWorkerOnce_InAStableOrder()
    {
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await Desk.GetAsync($"workers?limit=1&organization={port.Id}&asOf=2021-01-01{cursor}")).Expect(200);
            Assert.That(page.Items, Has.Length.EqualTo(1));
            seen.AddRange(page.Ids);
            cursor = page["nextCursor"].GetString() is { } next ? "&cursor=" + next : null;
        } while (cursor is not null);
        Assert.That(seen, Is.EqualTo(new[] { ada.Id, bo.Id, cy.Id }));
    }

    [Test]
    public async Task MilestoneVoided_TakesTheRungAwayFromTheList_ButNotFromThePast()
    {
        var dee = await Desk.WorkerAsync((await Desk.OrganizationAsync()).Id, "Dee");
        var made = await Desk.MilestoneAsync(
            dee.Id,
            "delegate-elected",
            "2020-01-01",
            """{"seat":"council"}""",
            ""","until":"2024-12-31" """
        );
        (await Desk.VoidMilestoneAsync(dee.Id, made)).Expect(200);

        const string query = "workers?channel=voice&rung=councillor&asOf=2021-01-01";
        Assert.That((await Desk.GetAsync(query)).Ids, Is.Empty);
        Assert.That((await Desk.GetAsync($"{query}&knownAt={made.RecordedAt}")).Ids, Is.EqualTo([dee.Id]));
        (await Desk.VoidAsync($"workers/{dee.Id}")).Expect(200);
    }

    [TestCase("channel=voice", "?channel channel-and-rung-together")]
    [TestCase("rung=none", "?rung channel-and-rung-together")]
    [TestCase("channel=voice&rung=master", "?rung unknown-rung")]
    [TestCase("channel=song&rung=none", "?rung unknown-rung")]
    [TestCase("stage=high-tide", "?stage unknown-stage")]
    [TestCase("level=6", "?level unknown-level")]
    [TestCase("level=-1", "?level out-of-range")]
    [TestCase("level=two", "?level not-an-integer")]
    [TestCase("organization=quay", "?organization not-an-id")]
    [TestCase("include=all", "?include value-not-allowed")]
    [TestCase("name=Ada", "?name unknown-parameter")]
    [TestCase("knownAt=2199-01-01T00:00:00Z", "?knownAt known-at-in-future")]
    [TestCase("asOf=2020-02-30", "?asOf not-a-day")]
    [TestCase("cursor=abc", "?cursor bad-cursor")]
    public async Task Filter_BadlyAsked_IsRefused(string query, string fault) =>
        Assert.That((await Desk.GetAsync("workers?" + query)).Expect(400).Faults, Is.EqualTo([fault]));
}

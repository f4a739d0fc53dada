using CareerCoordinates.Tests.Api.People;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api;

/// <summary>An answer says on which clocks it holds, so that it can be asked for again.</summary>
[BothEngines]
public class EchoedClocksTests(TestEngine engine) : PeopleTests(engine)
{
    /// <summary>An instant at which all of them were on record.</summary>
    private const string Instant = "2026-11-22T06:00:30.000000Z";

    private readonly Dictionary<string, string> paths = [];
    private Reply worker = null!;

    [OneTimeSetUp]
    public async Task RecordOneOfEach()
    {
        var quay = await Desk.OrganizationAsync();
        worker = await Desk.WorkerAsync(quay.Id);
        paths["organization"] = $"organizations/{quay.Id}";
        paths["worker"] = $"workers/{worker.Id}";
        paths["affiliation"] = $"{paths["worker"]}/affiliations/{worker["affiliation"].GetProperty("id")}";
        var milestone = await Desk.MilestoneAsync(worker.Id, "guild-enrolment", "2016-01-01");
        paths["milestone"] = $"{paths["worker"]}/milestones/{milestone.Id}";
        var entered = await Desk.PostAsync(
            "entered-figures",
            $$"""
            {"organizationId":"{{quay.Id}}","indicator":"storms","figure":"days","yearKind":"calendar","year":2025,"number":3,"source":"the log"}
            """
        );
        paths["entered figure"] = $"entered-figures/{entered.Expect(201).Id}";
        Desk.Clock.Pass(TimeSpan.FromMinutes(1));
    }

    [TestCase("organization", "", "2026-11-22")]
    [TestCase("organization", "asOf=2020-06-01", "2020-06-01")]
    [TestCase("worker", "", null)]
    [TestCase("affiliation", "", null)]
    [TestCase("entered figure", "", null)]
    [TestCase("milestone", "", "2026-11-22")]
    [TestCase("milestone", "asOf=2020-06-01", "2020-06-01")]
    public async Task Read_OfOne_EchoesTheClocksThatItTakes(string what, string query, string? asOf)
    {
        var open = (await Desk.GetAsync($"{paths[what]}?{query}")).Expect(200);
        var (day, knownAt, isClosed) = Clocks(open);
        Assert.That((day, isClosed), Is.EqualTo((asOf, false)));
        Assert.That(knownAt, Is.GreaterThan(open.RecordedAt).Using<string>(StringComparer.Ordinal));

        var at = open.RecordedAt;
        var closed = (await Desk.GetAsync($"{paths[what]}?{query}&knownAt={at}")).Expect(200);
        Assert.That(Clocks(closed), Is.EqualTo((asOf, at, true)));
        Assert.That((await Desk.GetAsync($"{paths[what]}?{query}&knownAt={at}")).Text, Is.EqualTo(closed.Text));
    }

    [TestCase("organization")]
    [TestCase("worker")]
    [TestCase("affiliation")]
    [TestCase("milestone")]
    [TestCase("entered figure")]
    public async Task Revisions_EchoTheInstant(string what)
    {
        var open = (await Desk.GetAsync(paths[what] + "/revisions")).Expect(200);
        Assert.That(Clocks(open).Closed, Is.False);
        var at = open.Items[^1].GetProperty("recordedAt").GetString();
        var closed = (await Desk.GetAsync($"{paths[what]}/revisions?knownAt={at}")).Expect(200);
        Assert.That(Clocks(closed), Is.EqualTo(((string?)null, at, true)));
    }

    /// <summary>What a client has seen in a list it need not fetch again, whichever clocks it asks on.</summary>
    [TestCase("organization", "organizations?")]
    [TestCase("worker", "workers?")]
    [TestCase("affiliation", "workers/{0}/affiliations?")]
    [TestCase("milestone", "workers/{0}/milestones?")]
    [TestCase("milestone", "milestones?")]
    [TestCase("entered figure", "entered-figures?")]
    public async Task Item_OfAList_HasTheEtagOfTheReadOnTheSameClocks(string what, string list)
    {
        foreach (var clocks in new[] { "", $"knownAt={Instant}" })
        {
            var found = await Desk.GetAsync(string.Format(null, list, worker.Id) + clocks);
            var single = (await Desk.GetAsync($"{paths[what]}?{clocks}")).Expect(200);
            var item = found.Items.Single(i => i.GetProperty("id").GetGuid() == single.Id);
            Assert.That(single.Etag, Does.EndWith(item.GetProperty("etag").GetString()!), clocks);
        }
    }

    [TestCase("affiliations")]
    [TestCase("milestones")]
    public async Task List_OfAWorker_EchoesBoth(string list)
    {
        var read = (await Desk.GetAsync($"workers/{worker.Id}/{list}?asOf=2020-06-01&knownAt={Instant}")).Expect(200);
        Assert.That(Clocks(read), Is.EqualTo(("2020-06-01", Instant, true)));
    }

    [Test]
    public async Task Search_EchoesTheInstant()
    {
        var found = (await Desk.PostAsync($"workers:search?knownAt={Instant}", """{"text":"Ines"}""")).Expect(200);
        Assert.That(Clocks(found), Is.EqualTo(((string?)null, Instant, true)));
    }

    private static (string? AsOf, string? KnownAt, bool Closed) Clocks(Reply reply) =>
        (
            reply.Body.TryGetProperty("asOf", out var day) ? day.GetString() : null,
            reply["knownAt"].GetString(),
            reply["knownAtClosed"].GetBoolean()
        );
}

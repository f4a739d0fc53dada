using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>I18: an ID number has one place; every other text refuses it, and no refusal tells it.</summary>
[BothEngines]
public class IdNumberInTextTests(TestEngine engine)
{
    private readonly string number = Invented.IdNumber();
    private RichPerson person = null!;

    private string Text => $"王{number}";

    [OneTimeSetUp]
    public async Task Open() => person = await RichPerson.RecordAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await person.DisposeAsync();

    [Test]
    public async Task EveryFreeText_RefusesAnIdNumber()
    {
        var worker = $"workers/{person.Worker}";
        var milestone = $"{worker}/milestones/{person.Milestones[2]}";
        var medal = $"{worker}/milestones/{person.Milestones[0]}";
        var list = (await person.GetAsync($"{worker}/affiliations")).Expect(200).Items;
        var external = list.Single(a => a.GetProperty("kind").GetString() == "external");
        var affiliation = $"{worker}/affiliations/{external.GetProperty("id")}";
        var waiting = (await person.GetAsync($"{worker}/milestones?state=submitted")).Expect(200).Items.Single();
        var submitted = $"{worker}/milestones/{waiting.GetProperty("id")}";
        var empty = (await person.PostAsync("organizations", Organization("示例公司"))).Expect(201).Id;
        var why = new { reason = Text };
        var endsAt = person.Host.Store.Clock.ProcessNow.PlusMicroseconds(3_600_000_000).ToString();
        (string Path, object Body, string Pointer)[] sent =
        [
            ("workers", WorkerIdNumberTests.Worker(null, new { name = Text }, person.Organization), "/name"),
            ("workers", WorkerIdNumberTests.Worker(null, new { number = Text }, person.Organization), "/number"),
            ($"PATCH {worker}", new { name = Text }, "/name"),
            ($"PATCH {worker}", new { gender = "male", reason = Text }, "/reason"),
            ($"{worker}:void", why, "/reason"),
            ($"{worker}:reveal-id-number", why, "/reason"),
            ("organizations", Organization(Text), "/name"),
            ("organizations", Organization("示例公司", Text), "/tags/0"),
            ($"PATCH organizations/{person.Organization}", new { name = Text }, "/name"),
            ($"organizations/{empty}:void", why, "/reason"),
            ($"{worker}/affiliations", External(Text), "/externalName"),
            ($"{worker}/affiliations", External("Firm", Text), "/staffNumber"),
            ($"PATCH {affiliation}", new { externalName = Text }, "/externalName"),
            ($"PATCH {affiliation}", new { until = "2015-01-01", reason = Text }, "/reason"),
            ($"{affiliation}:end", new { on = "2015-01-01", reason = Text }, "/reason"),
            ($"{affiliation}:void", why, "/reason"),
            ($"{worker}/milestones", Milestone(note: Text), "/note"),
            ($"{worker}/milestones", Milestone(certificate: "T" + number), "/attributes/certificateNo"),
            ($"{worker}/milestones", Milestone(evidence: Text), "/evidence/0/reference"),
            ($"PUT {milestone}", Milestone(why: Text), "/reason"),
            ($"{submitted}:return", why, "/reason"),
            ($"{submitted}:reject", why, "/reason"),
            ($"{medal}:end", new { on = "2020-12-01", reason = Text }, "/reason"),
            ($"{medal}:void", why, "/reason"),
            ($"{medal}:contest", why, "/reason"),
            ($"{milestone}:answer", why, "/reason"),
            ("erasures", new { workerId = person.Another, reason = Text }, "/reason"),
            ("accounts", new { name = "u" + number.ToLowerInvariant(), password = "a sentence that only I know" }, "/name"),
            (
                "me/tokens",
                new
                {
                    name = "t" + number.ToLowerInvariant(),
                    role = "officer",
                    endsAt,
                },
                "/name"
            ),
        ];
        var replies = new List<AccessReply>();
        foreach (var (path, body, _) in sent)
        {
            replies.Add(await SendAsync(path, body));
        }
        var byKey = await person.SendAsync(HttpMethod.Post, "organizations", Organization("示例公司"), key: number);

        Assert.Multiple(() =>
        {
            foreach (var ((path, _, pointer), reply) in sent.Zip(replies))
            {
                Assert.That(FaultsOf(reply), Does.Contain($"{pointer} id-number-elsewhere"), $"{path} {reply.Text}");
                Assert.That(reply.Text, Does.Not.Contain(number).IgnoreCase);
            }
            Assert.That((byKey.Status, byKey.Code), Is.EqualTo((422, "id-number-elsewhere")), byKey.Text);
        });
        await IsNowhereAsync();
    }

    /// <summary>Of a million random keys one has such digits.</summary>
    [Test]
    public async Task KeyThatIsAUuid_HoldsNoIdNumber()
    {
        const string Key = "0123abcd-45ef-ab11-0105-190001010028";

        var kept = await person.SendAsync(HttpMethod.Post, "organizations", Organization("示例公司"), key: Key);

        Assert.That(IdNumber.StandsIn(Key), Is.True);
        kept.Expect(201);
    }

    /// <summary>Where a code, a day or the name of a member is expected, a refusal quotes what was sent, but no ID number.</summary>
    [Test]
    public async Task NoRefusal_TellsAnIdNumber()
    {
        var worker = $"workers/{person.Worker}";
        // Quoted texts are cut: the number would stand at the end of what is shown.
        var cut = new string('a', 48) + number;
        (string Path, object Body, string Code)[] sent =
        [
            ($"{worker}/milestones", Milestone(type: Text), "unknown-type"),
            ($"{worker}/milestones", Milestone(type: cut), "unknown-type"),
            ($"{worker}/milestones", Milestone(grade: Text), "value-not-allowed"),
            ($"{worker}/milestones", Milestone(grade: new[] { number }), "value-not-allowed"),
            ($"{worker}/milestones", Milestone(evidenceType: Text), "unknown-evidence-type"),
            ($"{worker}/milestones", Milestone(attribute: Text), "unknown-attribute"),
            ("organizations", new Dictionary<string, string> { [Text] = "" }, "unknown-member"),
            ("organizations?" + number + "=1", Organization("示例公司"), "unknown-parameter"),
            ("workers", WorkerIdNumberTests.Worker(null, new { gender = Text }, person.Organization), "unknown-gender"),
        ];
        var replies = new List<AccessReply>();
        foreach (var (path, body, _) in sent)
        {
            replies.Add(await SendAsync(path, body));
        }

        Assert.Multiple(() =>
        {
            foreach (var ((path, _, code), reply) in sent.Zip(replies))
            {
                Assert.That(FaultsOf(reply), Does.Contain(code), $"{path} {reply.Text}");
                Assert.That(reply.Text, Does.Contain("…").And.Not.Contain(number[..12]));
            }
        });
        await IsNowhereAsync(log: false);
    }

    /// <param name="log">False where the number stood in an address, which the server of the tests logs.</param>
    private async Task IsNowhereAsync(bool log = true)
    {
        Assert.That(person.Host.FindInRows(number), Is.Empty);
        Assert.That(person.Host.FindInRows(number.ToLowerInvariant()), Is.Empty);
        if (log)
        {
            Assert.That(await person.Host.FindAsync(number), Is.Empty);
        }
    }

    private Task<AccessReply> SendAsync(string path, object body)
    {
        var parts = path.Split(' ');
        var method = parts.Length > 1 ? new HttpMethod(parts[0]) : HttpMethod.Post;
        var revision = path.Contains($"workers/{person.Worker}", StringComparison.Ordinal) ? Revision(parts[^1]) : 1;
        return person.SendAsync(method, parts[^1], body, $"\"{revision}-x\"");
    }

    /// <summary>The worker and his third milestone were changed once.</summary>
    private int Revision(string path) =>
        path.Contains($"{person.Milestones[2]}", StringComparison.Ordinal)
        || path.EndsWith($"{person.Worker}", StringComparison.Ordinal)
        || path.EndsWith($"{person.Worker}:void", StringComparison.Ordinal)
            ? 2
            : 1;

    private static object Organization(string name, params string[] tags) =>
        new
        {
            name,
            kind = "district-federation",
            from = "2000-01-01",
            tags,
        };

    private static object External(string externalName, string? staffNumber = null) =>
        new
        {
            kind = "external",
            externalName,
            staffNumber,
            from = "2015-01-01",
        };

    private static Dictionary<string, object?> Milestone(
        string type = "skill-level-certificate",
        string? note = null,
        string certificate = "A-1",
        object? grade = null,
        string evidenceType = "completion-certificate",
        string evidence = "A-1",
        string? attribute = null,
        string? why = null
    )
    {
        var attributes = new Dictionary<string, object> { ["certificateNo"] = certificate, ["grade"] = grade ?? "4" };
        if (attribute is not null)
        {
            attributes[attribute] = "1";
        }
        var milestone = new Dictionary<string, object?>
        {
            ["type"] = type,
            ["occurredOn"] = "2018-05-01",
            ["attributes"] = attributes,
            ["evidence"] = new[] { new { type = evidenceType, reference = evidence } },
            ["note"] = note,
        };
        if (why is not null)
        {
            milestone["reason"] = why;
        }
        return milestone;
    }

    private static string FaultsOf(AccessReply reply) =>
        reply.Body.TryGetProperty("errors", out var errors)
            ? string.Join(", ", errors.EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}"))
            : reply.Code ?? "";
}

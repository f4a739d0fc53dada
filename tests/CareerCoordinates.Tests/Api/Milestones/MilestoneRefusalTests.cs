using System.Text;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>Bad input about milestones: status, pointer and code, in both languages, and nothing stored.</summary>
[BothEngines]
public class MilestoneRefusalTests(TestEngine engine)
{
    private const string Term =
        """{"type":"worker-representative-elected","occurredOn":"2017-05-01","attributes":{"post":"representative"}}""";
    private const string Open =
        """{"type":"union-membership","occurredOn":"2012-09-01","attributes":{"employmentForm":"employee"}}""";
    private const string Pact = """{"type":"mentoring-pact","occurredOn":"2018-01-01","attributes":{"role":"apprentice"}}""";

    private MilestoneDesk desk = null!;

    [OneTimeSetUp]
    public async Task OpenDesk() => desk = await MilestoneDesk.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task CloseDesk() => await desk.DisposeAsync();

    private static IEnumerable<TestCaseData> BadRecords()
    {
        var certificate = MilestoneDesk.Certificate();
        TestCaseData Case(string name, string json, int status, params string[] faults) =>
            new TestCaseData(json, status, faults).SetArgDisplayNames(name);
        yield return Case("unknown type", MilestoneDesk.With(certificate, "type", "\"medal\""), 422, "/type unknown-type");
        yield return Case(
            "disabled type",
            """{"type":"party-development","occurredOn":"2020-01-01","attributes":{"stage":"full-member"}}""",
            422,
            "/type type-disabled"
        );
        yield return Case(
            "unknown attribute",
            Attributes("""{"grade":"3","certificateNo":"A1","colour":"red"}"""),
            422,
            "/attributes/colour unknown-attribute"
        );
        yield return Case(
            "missing attribute",
            Attributes("""{"grade":"3"}"""),
            422,
            "/attributes/certificateNo attribute-missing"
        );
        yield return Case(
            "null attribute",
            Attributes("""{"grade":null,"certificateNo":"A1"}"""),
            422,
            "/attributes/grade attribute-missing"
        );
        yield return Case(
            "text as number",
            Attributes("""{"grade":"3","certificateNo":1}"""),
            422,
            "/attributes/certificateNo attribute-mistyped"
        );
        yield return Case(
            "text as object",
            Attributes("""{"grade":"3","certificateNo":{"a":[1]}}"""),
            422,
            "/attributes/certificateNo attribute-mistyped"
        );
        yield return Case(
            "value not allowed",
            Attributes("""{"grade":"6","certificateNo":"A1"}"""),
            422,
            "/attributes/grade value-not-allowed"
        );
        yield return Case(
            "enum as number",
            Attributes("""{"grade":3,"certificateNo":"A1"}"""),
            422,
            "/attributes/grade value-not-allowed"
        );
        yield return Case(
            "text too long",
            Attributes($$"""{"grade":"3","certificateNo":"{{new string('9', 2001)}}"}"""),
            400,
            "/attributes/certificateNo text-too-long"
        );
        yield return Case(
            "flag as text",
            """{"type":"five-small","occurredOn":"2018-10-10","attributes":{"form":"invention","implemented":"true"}}""",
            422,
            "/attributes/implemented attribute-mistyped"
        );
        yield return Case(
            "integer as fraction",
            """{"type":"apprenticeship-programme","occurredOn":"2018-10-10","attributes":{"months":1.5}}""",
            422,
            "/attributes/months attribute-mistyped"
        );
        yield return Case(
            "until before occurred",
            MilestoneDesk.With(Term, "until", "\"2017-04-30\""),
            422,
            "/until until-before-occurred"
        );
        yield return Case(
            "until on a point",
            MilestoneDesk.With(certificate, "until", "\"2025-11-30\""),
            422,
            "/until until-on-point"
        );
        yield return Case("no until on a term", Term, 422, "/until until-missing");
        yield return Case(
            "year 1899",
            MilestoneDesk.With(certificate, "occurredOn", "\"1899-12-31\""),
            400,
            "/occurredOn date-out-of-range"
        );
        yield return Case(
            "year 2201",
            MilestoneDesk.With(certificate, "occurredOn", "\"2201-01-01\""),
            400,
            "/occurredOn date-out-of-range"
        );
        yield return Case(
            "30 February",
            MilestoneDesk.With(certificate, "occurredOn", "\"2020-02-30\""),
            400,
            "/occurredOn not-a-date"
        );
        yield return Case(
            "month 13",
            MilestoneDesk.With(certificate, "occurredOn", "\"2020-13\""),
            400,
            "/occurredOn not-a-date"
        );
        yield return Case(
            "full-width digits",
            MilestoneDesk.With(certificate, "occurredOn", "\"２０２０\""),
            400,
            "/occurredOn not-a-date"
        );
        yield return Case("blank day", MilestoneDesk.With(certificate, "occurredOn", "\" \""), 400, "/occurredOn empty");
        yield return Case(
            "before birth",
            MilestoneDesk.With(certificate, "occurredOn", "\"1990-01-01\""),
            422,
            "/occurredOn before-birth"
        );
        yield return Case(
            "year not over",
            MilestoneDesk.With(certificate, "occurredOn", $"\"{DateTime.UtcNow.Year + 1}\""),
            422,
            "/occurredOn period-not-over"
        );
        yield return Case(
            "until in a year not over",
            MilestoneDesk.With(Open, "until", "\"2190\""),
            422,
            "/until period-not-over"
        );
        yield return Case(
            "unknown evidence",
            MilestoneDesk.With(certificate, "evidence", """[{"type":"rumour","reference":"x"}]"""),
            422,
            "/evidence/0/type unknown-evidence-type"
        );
        yield return Case(
            "blank evidence",
            MilestoneDesk.With(certificate, "evidence", """[{"type":"completion-certificate","reference":" "}]"""),
            400,
            "/evidence/0/reference text-required"
        );
        yield return Case(
            "evidence without reference",
            MilestoneDesk.With(certificate, "evidence", """[{"type":"completion-certificate"}]"""),
            400,
            "/evidence/0/reference member-missing"
        );
        yield return Case(
            "no proof at all",
            MilestoneDesk.With(certificate, "evidence", "[null]"),
            400,
            "/evidence/0 null-not-allowed"
        );
        yield return Case(
            "21 proofs",
            MilestoneDesk.With(
                certificate,
                "evidence",
                "[" + string.Join(',', Enumerable.Repeat("""{"type":"completion-certificate","reference":"x"}""", 21)) + "]"
            ),
            400,
            "/evidence too-much-evidence"
        );
        yield return Case(
            "note too long",
            MilestoneDesk.With(certificate, "note", $"\"{new string('记', 2001)}\""),
            400,
            "/note text-too-long"
        );
        yield return Case(
            "note with a bell",
            MilestoneDesk.With(certificate, "note", "\"a\\u0007b\""),
            400,
            "/note control-character"
        );
        foreach (var state in new[] { "verified", "voided", "", "Submitted" })
        {
            yield return Case(
                $"state '{state}'",
                MilestoneDesk.With(certificate, "state", $"\"{state}\""),
                422,
                "/state recorded-as-submitted"
            );
        }
        yield return Case(
            "unknown member",
            MilestoneDesk.With(certificate, "occuredOn", "\"2020\""),
            400,
            "/occuredOn unknown-member"
        );
        yield return Case("duplicate member", certificate[..^1] + ",\"type\":\"five-small\"}", 400, "/type duplicate-member");
        yield return Case(
            "duplicate attribute",
            certificate.Replace("\"grade\":\"3\"", "\"grade\":\"3\",\"grade\":\"1\""),
            400,
            "/attributes/grade duplicate-member"
        );
        yield return Case(
            "missing members",
            "{}",
            400,
            "/type member-missing",
            "/occurredOn member-missing",
            "/attributes member-missing"
        );
        yield return Case(
            "attributes as a list",
            MilestoneDesk.With(certificate, "attributes", "[]"),
            400,
            "/attributes not-an-object"
        );
        yield return Case(
            "deep nesting",
            Attributes(string.Concat(Enumerable.Repeat("""{"a":""", 40)) + "1" + new string('}', 40), raw: true),
            400
        );
        yield return Case(
            "no worker of this id",
            Referring("01990000-0000-7000-8000-000000000000"),
            422,
            "/attributes/counterpartId unknown-reference"
        );
        yield return Case("no id", Referring("Ma Lan"), 422, "/attributes/counterpartId attribute-mistyped");
        yield return Case(
            "several at once",
            MilestoneDesk.With(Attributes("""{"grade":"9"}"""), "occurredOn", "\"2020-02-30\""),
            400,
            "/occurredOn not-a-date",
            "/attributes/grade value-not-allowed",
            "/attributes/certificateNo attribute-missing"
        );
    }

    [Test]
    public async Task Worker_WhoNamesHimself_IsRefused()
    {
        var worker = await desk.WorkerAsync();

        var refused = await desk.RecordAsync(worker, Referring(worker.ToString()));

        Assert.That(refused.Expect(422).Faults, Is.EqualTo(["/attributes/counterpartId self-reference"]));
    }

    [TestCaseSource(nameof(BadRecords))]
    public async Task BadRecord_IsRefused_AndNothingIsStored(string json, int status, string[] faults)
    {
        var worker = await desk.WorkerAsync(birthDate: "1991-05-01");

        var refused = await desk.RecordAsync(worker, json);

        refused.Expect(status);
        Assert.That(faults.Length == 0 || refused.Faults.SequenceEqual(faults), string.Join("; ", refused.Faults));
        Assert.That(desk.RecordOf(worker), Does.Contain("\"Count\":0"));
    }

    [Test]
    public async Task BadCorrection_IsRefusedLikeABadRecord_AndNothingIsStored()
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());
        async Task<string> Correct(string json)
        {
            var refused = await desk.CorrectAsync(worker, recorded, json);
            return $"{refused.Status} {string.Join(' ', refused.Faults)}";
        }

        Assert.That(await Correct(MilestoneDesk.Corrected("6")), Is.EqualTo("422 /attributes/grade value-not-allowed"));
        Assert.That(await Correct(MilestoneDesk.Certificate()), Is.EqualTo("400 /reason member-missing"));
        Assert.That(
            await Correct(MilestoneDesk.Corrected(more: ""","ended":{"on":"2020","kind":"ended","reason":"x"}""")),
            Is.EqualTo("400 /ended/on not-a-day")
        );
        Assert.That(
            await Correct(MilestoneDesk.Corrected(more: ""","ended":{"on":"2020-01-01","kind":"ended","reason":"x"}""")),
            Is.EqualTo("422 /ended/on end-before-occurred")
        );
        Assert.That(
            await Correct(MilestoneDesk.Corrected(more: ""","endedChange":{"carried":true}""")),
            Is.EqualTo("400 /endedChange unknown-member")
        );
        Assert.That(
            await Correct(MilestoneDesk.With(Open, "reason", "\"another type\"")),
            Is.EqualTo("422 /type type-cannot-change")
        );
        Assert.That(desk.RecordOf(worker), Does.Contain("\"Count\":2"));
    }

    [TestCase("end", """{"on":"2020-11-29","reason":"x"}""", "422 /on end-before-occurred")]
    [TestCase("end", """{"on":"2020-02-30","reason":"x"}""", "400 /on not-a-day")]
    [TestCase("end", """{"on":"2024","reason":"x"}""", "400 /on not-a-day")]
    [TestCase("end", """{"reason":"x"}""", "400 /on member-missing")]
    [TestCase("end", """{"on":"2024-01-01"}""", "400 /reason member-missing")]
    [TestCase("end", """{"on":"2024-01-01","reason":"x","kind":"over"}""", "400 /kind value-not-allowed")]
    [TestCase("void", """{"reason":" "}""", "422 /reason reason-required")]
    [TestCase("void", "{}", "400 /reason member-missing")]
    [TestCase("end", null, "400 ")]
    [TestCase("void", null, "400 ")]
    [TestCase("return", null, "400 ")]
    [TestCase("contest", null, "400 ")]
    [TestCase("contest", "{}", "400 /reason member-missing")]
    [TestCase("answer", """{"reason":"x"}""", "409 ")]
    [TestCase("return", """{"reason":"x"}""", "409 ")]
    [TestCase("reject", """{"reason":"x"}""", "409 ")]
    [TestCase("withdraw", """{"reason":"x"}""", "409 ")]
    [TestCase("verify", null, "409 ")]
    public async Task BadAction_IsRefused_AndNothingIsStored(string verb, string? json, string expected)
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());

        var refused = await desk.ActAsync(worker, verified, verb, json);

        Assert.That($"{refused.Status} {string.Join(' ', refused.Faults)}", Is.EqualTo(expected), refused.Body.ToString());
        Assert.That(desk.RecordOf(worker), Is.EqualTo("""{"Count":2,"Contests":0}"""));
    }

    [TestCase("reject")]
    [TestCase("void")]
    [TestCase("verify")]
    public async Task Action_OfAnotherMediaType_Is415(string verb)
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());
        var path = $"workers/{worker}/milestones/{recorded.Id}:{verb}";

        var refused = await desk.SendAsync(HttpMethod.Post, path, "reason=x", recorded.Etag, mediaType: "text/plain");

        Assert.That((refused.Status, refused.Code), Is.EqualTo((415, "unsupported-media-type")));
    }

    [Test]
    public async Task TransitionNotAllowed_NamesWhatIs_InBothLanguages()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());
        var path = $"workers/{worker}/milestones/{verified.Id}:verify";

        var english = await desk.SendAsync(HttpMethod.Post, path, ifMatch: verified.Etag);
        var chinese = await desk.SendAsync(HttpMethod.Post, path, ifMatch: verified.Etag, language: "zh-CN,en;q=0.5");

        Assert.That(english.Text("detail"), Does.Contain("correct, end, void"));
        Assert.That(chinese.Text("detail"), Does.Contain("可执行：更正（correct）、终止（end）、作废（void）"));
        Assert.That(chinese.Code, Is.EqualTo("transition-not-allowed"));
    }

    [TestCase("", 200)]
    [TestCase("{}", 200)]
    [TestCase("""{"asdf":12}""", 400)]
    [TestCase("""{"reason":"x"}""", 400)]
    public async Task Verify_TakesNoMembers(string json, int status)
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());

        var path = $"workers/{worker}/milestones/{recorded.Id}:verify";
        var answer = await desk.SendAsync(HttpMethod.Post, path, json, recorded.Etag, bySecond: true);

        Assert.That(answer.Expect(status).Code, Is.EqualTo(status == 400 ? "body-not-taken" : null));
    }

    [Test]
    public async Task IfMatch_MissingOrStale_IsRefused_ForEveryWrite()
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());
        await desk.ActAsync(worker, recorded, "verify");
        var path = $"workers/{worker}/milestones/{recorded.Id}";
        var writes = new[] { "verify", "return", "reject", "withdraw", "end", "void", "contest", "answer" }
            .Select(verb =>
                (
                    Method: HttpMethod.Post,
                    Path: $"{path}:{verb}",
                    Json: verb switch
                    {
                        "verify" => null,
                        "end" => """{"on":"2024-01-01","reason":"x"}""",
                        _ => """{"reason":"x"}""",
                    }
                )
            )
            .Append((HttpMethod.Put, path, MilestoneDesk.Corrected()));

        foreach (var (method, address, json) in writes)
        {
            var missing = await desk.SendAsync(method, address, json);
            var stale = await desk.SendAsync(method, address, json, recorded.Etag);

            Assert.That((missing.Status, missing.Code), Is.EqualTo((428, "if-match-required")), address);
            Assert.That((stale.Status, stale.Code), Is.EqualTo((412, "stale")), address);
        }
        Assert.That(desk.RecordOf(worker), Is.EqualTo("""{"Count":2,"Contests":0}"""));
    }

    [Test]
    public async Task VoidedWorker_TakesNoMoreWrites_AndUnknownOnesAreNotThere()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());
        await desk.VoidAsync(worker);
        var other = await desk.WorkerAsync();
        var nobody = Guid.CreateVersion7();

        Assert.That((await desk.RecordAsync(worker, MilestoneDesk.Certificate())).Expect(409).Code, Is.EqualTo("worker-voided"));
        Assert.That((await desk.ActAsync(worker, verified, "void")).Expect(409).Code, Is.EqualTo("worker-voided"));
        Assert.That((await desk.ActAsync(worker, verified, "contest")).Expect(409).Code, Is.EqualTo("worker-voided"));
        Assert.That(
            (await desk.CorrectAsync(worker, verified, MilestoneDesk.Corrected())).Expect(409).Code,
            Is.EqualTo("worker-voided")
        );
        Assert.That((await desk.RecordAsync(nobody, MilestoneDesk.Certificate())).Expect(404).Code, Is.EqualTo("unknown-worker"));
        Assert.That((await desk.ListAsync(nobody)).Expect(404).Code, Is.EqualTo("unknown-worker"));
        Assert.That((await desk.ActAsync(other, verified, "void")).Expect(404).Code, Is.EqualTo("unknown-milestone"));
        Assert.That((await desk.GetAsync(other, verified.Id)).Expect(404).Code, Is.EqualTo("unknown-milestone"));
        Assert.That((await desk.GetAsync(worker, verified.Id)).Expect(200).Body.GetProperty("actions").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task ReferenceToAVoidedWorker_IsRefusedLikeOneToNobody()
    {
        var worker = await desk.WorkerAsync();
        var mentor = await desk.WorkerAsync();

        var taken = await desk.RecordAsync(worker, Referring(mentor.ToString()));
        await desk.VoidAsync(mentor);
        var refused = await desk.RecordAsync(worker, Referring(mentor.ToString()));

        Assert.That(taken.Expect(201).Body.GetProperty("attributes").GetProperty("counterpartId").GetGuid(), Is.EqualTo(mentor));
        Assert.That(refused.Expect(422).Faults, Is.EqualTo(["/attributes/counterpartId unknown-reference"]));
    }

    [Test]
    public async Task WrongMediaTypeAndTooLargeABody_AreRefused()
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());
        var path = $"workers/{worker}/milestones";
        var large = new StringBuilder(MilestoneDesk.Certificate()).Append(' ', 1024 * 1024).ToString();

        var patch = await desk.SendAsync(
            HttpMethod.Put,
            $"{path}/{recorded.Id}",
            MilestoneDesk.Corrected(),
            recorded.Etag,
            mediaType: "application/merge-patch+json"
        );

        Assert.That(
            (await desk.SendAsync(HttpMethod.Post, path, MilestoneDesk.Certificate(), mediaType: "text/plain")).Status,
            Is.EqualTo(415)
        );
        Assert.That((await desk.RecordAsync(worker, large)).Status, Is.EqualTo(413));
        Assert.That(patch.Status, Is.EqualTo(415));
        Assert.That(desk.RecordOf(worker), Does.Contain("\"Count\":1"));
    }

    [TestCase("?type=medal", "?type value-not-allowed")]
    [TestCase("?kind=medal", "?kind value-not-allowed")]
    [TestCase("?channel=sea", "?channel value-not-allowed")]
    [TestCase("?state=done", "?state value-not-allowed")]
    [TestCase("?from=2020", "?from not-a-day")]
    [TestCase("?asOf=2020-02-30", "?asOf not-a-day")]
    [TestCase("?knownAt=2200-01-01T00:00:00Z", "?knownAt known-at-in-future")]
    [TestCase("?inForce=yes", "?inForce not-a-flag")]
    [TestCase("?include=all", "?include value-not-allowed")]
    [TestCase("?asof=2020-01-01", "?asof unknown-parameter")]
    [TestCase("?type=lecture&type=lecture", "?type repeated-parameter")]
    [TestCase("?cursor=abcd", "?cursor bad-cursor")]
    public async Task BadFilter_IsRefused(string query, string fault)
    {
        var worker = await desk.WorkerAsync();

        var refused = (await desk.ListAsync(worker, query)).Expect(400);

        Assert.That(refused.Faults, Is.EqualTo([fault]));
    }

    [TestCase("workers/{0}/milestones?kind=medal", "（")]
    [TestCase("workers/{0}/milestones?type=medal", "（skill-level-certificate）")]
    [TestCase("workers/{0}/milestones?channel=sea", "（grade-promotion）")]
    [TestCase("workers?channel=sea&rung=mate", "（grade-promotion）")]
    [TestCase("workers?stage=late", "（growth）")]
    public async Task BadFilter_IsToldTheNamesBesideTheCodes_InChinese(string path, string named)
    {
        var worker = await desk.WorkerAsync();

        var refused = await desk.SendAsync(HttpMethod.Get, string.Format(null, path, worker), language: "zh-CN");

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text("detail"), Does.Contain(named));
    }

    [Test]
    public async Task WrongValue_IsToldTheNamesBesideTheCodes_InChinese()
    {
        var worker = await desk.WorkerAsync();
        var json = MilestoneDesk.Certificate().Replace("\"grade\":\"3\"", "\"grade\":\"6\"", StringComparison.Ordinal);

        var refused = await desk.SendAsync(HttpMethod.Post, $"workers/{worker}/milestones", json, language: "zh-CN");

        Assert.That(
            refused.Text("detail"),
            Does.Match("可用：[^“”]+（\"1\"）、.+（\"5\"）").Or.Match("可用：[^“”]+（\"5\"）、.+（\"1\"）")
        );
    }

    private static string Attributes(string json, bool raw = false) =>
        raw
            ? MilestoneDesk.Certificate().Replace("""{"grade":"3","certificateNo":"A1"}""", json)
            : MilestoneDesk.With(MilestoneDesk.Certificate(), "attributes", json);

    private static string Referring(string id) =>
        MilestoneDesk.With(Pact, "attributes", $$"""{"role":"apprentice","counterpartId":"{{id}}"}""");
}

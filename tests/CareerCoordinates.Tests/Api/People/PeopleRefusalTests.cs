using System.Text.Json;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

/// <summary>Bad input about people: a stable code at its place, a remedy in both languages, and nothing stored.</summary>
[BothEngines]
public class PeopleRefusalTests(TestEngine engine) : PeopleTests(engine)
{
    private const string Enterprise = """{"kind":"enterprise","name":"Wharf","from":"2001-01-01"}""";
    private const string Person =
        """{"name":"Ines","affiliation":{"kind":"labour-contract","organizationId":"ORG","from":"2015-01-01"}}""";
    private const string Place = """{"kind":"dispatch","organizationId":"OTHER","from":"2019-01-01"}""";

    private Guid organization;
    private Guid other;
    private Reply worker = null!;

    [OneTimeSetUp]
    public async Task Settle()
    {
        organization = (await Desk.OrganizationAsync()).Id;
        other = (await Desk.OrganizationAsync()).Id;
        worker = await Desk.WorkerAsync(organization, more: ""","birthDate":"1990-01-01","careerStart":"2010-01-01" """);
    }

    [TestCase("name", "null", 400, "/name null-not-allowed")]
    [TestCase("name", "\" \"", 400, "/name empty")]
    [TestCase("name", "7", 400, "/name not-a-text")]
    [TestCase("name", "\"a\\u0007b\"", 400, "/name control-character")]
    [TestCase("name", "\"a\\u0000b\"", 400, "/name invalid-text")]
    [TestCase("name", "\"\\ud800\"", 400, "/name invalid-text")]
    [TestCase("name", "LONG", 400, "/name text-too-long")]
    [TestCase("kind", "\"guild\"", 400, "/kind value-not-allowed")]
    [TestCase("kind", null, 400, "/kind member-missing")]
    [TestCase("from", "\"2020-02-30\"", 400, "/from not-a-day")]
    [TestCase("from", "\"2020-02\"", 400, "/from not-a-day")]
    [TestCase("from", "\"1899-12-31\"", 400, "/from not-a-day")]
    [TestCase("from", "\"2201-01-01\"", 400, "/from not-a-day")]
    [TestCase("from", "20200101", 400, "/from not-a-day")]
    [TestCase("unionFoundedOn", "\"2200-13-01\"", 400, "/unionFoundedOn not-a-day")]
    [TestCase("parentId", "\"quay\"", 400, "/parentId not-an-id")]
    [TestCase("parentId", "\"0199c0de-0000-7000-8000-000000000000\"", 422, "/parentId unknown-parent")]
    [TestCase("creditCode", "\"91110105MA00TE5T2A\"", 422, "/creditCode credit-code-check")]
    [TestCase("creditCode", "\"81110105MC0TE5T05X\"", 422, "/creditCode credit-code-check")]
    [TestCase("creditCode", "\"82110105MC0TE5T05T\"", 422, "/creditCode credit-code-category")]
    [TestCase("creditCode", "\"9111010\"", 422, "/creditCode credit-code-length")]
    [TestCase("creditCode", "\"91110105MA00TE5I2T\"", 422, "/creditCode credit-code-character")]
    [TestCase("industryCode", "\"Z1\"", 422, "/industryCode industry-code-malformed")]
    [TestCase("industryCode", "\"C0111\"", 422, "/industryCode industry-code-section")]
    [TestCase("tags", "[\"\"]", 400, "/tags/0 text-required")]
    [TestCase("tags", "[null]", 400, "/tags/0 null-not-allowed")]
    [TestCase("tags", "\"a\"", 400, "/tags not-a-list")]
    [TestCase("tags", "MANY", 400, "/tags too-many-tags")]
    [TestCase("colour", "1", 400, "/colour unknown-member")]
    public Task Organization(string member, string? value, int status, string fault) =>
        RefusedAsync("organizations", Enterprise, member, value, status, fault);

    [TestCase("name", "\"\"", 400, "/name empty")]
    [TestCase("name", "LONG", 400, "/name text-too-long")]
    [TestCase("number", "LONG", 400, "/number text-too-long")]
    [TestCase("careerStart", "\"2012-7-1\"", 400, "/careerStart not-a-day")]
    [TestCase("careerStart", "\"2021-02-29\"", 400, "/careerStart not-a-day")]
    [TestCase("birthDate", "\"2199-01-01\"", 422, "/birthDate born-in-future")]
    [TestCase("birthDate", "\"2015-01-02\"", 422, "/affiliation/from before-birth")]
    [TestCase("gender", "\"other\"", 422, "/gender unknown-gender")]
    [TestCase("migrantWorker", "\"yes\"", 400, "/migrantWorker not-a-flag")]
    [TestCase("affiliation", null, 400, "/affiliation member-missing")]
    [TestCase("affiliation", "null", 400, "/affiliation null-not-allowed")]
    [TestCase("affiliation", "[]", 400, "/affiliation not-an-object")]
    [TestCase("affiliation.kind", "\"boarder\"", 400, "/affiliation/kind value-not-allowed")]
    [TestCase("affiliation.from", null, 400, "/affiliation/from member-missing")]
    [TestCase("affiliation.until", "\"2014-12-31\"", 422, "/affiliation/until until-before-from")]
    [TestCase("affiliation.organizationId", null, 422, "/affiliation/organizationId organization-needed")]
    [TestCase("affiliation.externalName", "\"Far\"", 422, "/affiliation/organizationId organization-needed")]
    [TestCase(
        "affiliation.organizationId",
        "\"0199c0de-0000-7000-8000-000000000000\"",
        422,
        "/affiliation/organizationId unknown-organization"
    )]
    [TestCase("affiliation.employmentForm", "\"afloat\"", 422, "/affiliation/employmentForm unknown-employment-form")]
    [TestCase("affiliation.occupationCode", "\"6-1-01-01\"", 422, "/affiliation/occupationCode occupation-code-malformed")]
    [TestCase("affiliation.occupationCode", "\"9-18-01-01\"", 422, "/affiliation/occupationCode occupation-code-malformed")]
    [TestCase("affiliation.staffNumber", "LONG", 400, "/affiliation/staffNumber text-too-long")]
    [TestCase("affiliation.transfer", "true", 400, "/affiliation/transfer unknown-member")]
    [TestCase("idNumber", "\"1\"", 422, "/idNumber id-number-length")]
    [TestCase("idNumber", "1", 400, "/idNumber not-a-text")]
    public Task Worker(string member, string? value, int status, string fault) =>
        RefusedAsync("workers", Person, member, value, status, fault);

    [TestCase("kind", "\"external\"", 422, "/externalName external-name-needed")]
    [TestCase("from", "\"1989-12-31\"", 422, "/from before-birth")]
    [TestCase("organizationId", "\"ORG\"", 409, "/organizationId overlap-at-organization")]
    [TestCase("until", "\"2018-12-31\"", 422, "/until until-before-from")]
    [TestCase("occupationCode", "\"6\"", 422, "/occupationCode occupation-code-malformed")]
    [TestCase("primary", "null", 400, "/primary null-not-allowed")]
    [TestCase("transfer", "1", 400, "/transfer not-a-flag")]
    public Task Affiliation(string member, string? value, int status, string fault) =>
        RefusedAsync($"workers/{worker.Id}/affiliations", Place, member, value, status, fault);

    [TestCase("""{"birthDate":"2010-01-02"}""", 422, "/careerStart before-birth")]
    [TestCase("""{"careerStart":null,"birthDate":"2016-01-01"}""", 422, "/birthDate birth-after-facts")]
    [TestCase("""{"birthDate":"1849-12-31"}""", 400, "/birthDate not-a-day")]
    [TestCase("""{"affiliation":{}}""", 400, "/affiliation unknown-member")]
    [TestCase("""{"gender":""}""", 422, "/gender unknown-gender")]
    [TestCase("""{"name":"a","name":"b"}""", 400, "/name duplicate-member")]
    [TestCase("[]", 400, " not-an-object")]
    [TestCase("{", 400, " malformed-json")]
    [TestCase("", 400, " body-missing")]
    public async Task WorkerPatch(string json, int status, string fault)
    {
        var before = await Desk.CensusAsync(worker.Id);
        var refused = await Desk.PatchAsync($"workers/{worker.Id}", json, worker.Etag);
        Assert.That(refused.Expect(status).Faults.Select(f => f.Trim()), Is.EqualTo([fault.Trim()]), refused.Text);
        Assert.That(await Desk.CensusAsync(worker.Id), Is.EqualTo(before));
    }

    [TestCase("text/plain", 415, "unsupported-media-type")]
    [TestCase("application/merge-patch+json", 415, "unsupported-media-type")]
    public async Task MediaType_OfAnotherKind_IsRefused(string mediaType, int status, string code)
    {
        var refused = await Desk.SendAsync(HttpMethod.Post, "organizations", Enterprise, mediaType: mediaType);
        Assert.That(refused.Expect(status).Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Body_TooLargeOrTooDeep_IsRefused()
    {
        var large = Enterprise.Replace("Wharf", new string('a', 1_048_576));
        Assert.That((await Desk.PostAsync("organizations", large)).Expect(413).Code, Is.EqualTo("body-too-large"));
        var deep = Enterprise.Replace("\"Wharf\"", new string('[', 500) + new string(']', 500));
        Assert.That((await Desk.PostAsync("organizations", deep)).Expect(400).Code, Is.EqualTo("too-deep"));
    }

    [Test]
    public async Task SeveralFaults_AreToldAtOnce()
    {
        var json = Person
            .Replace("ORG", organization.ToString())
            .Replace("2015-01-01", "2015-01-01\",\"occupationCode\":\"x\",\"employmentForm\":\"y");
        var refused = await Desk.PostAsync("workers", json);
        Assert.That(
            refused.Expect(422).Faults,
            Is.EquivalentTo([
                "/affiliation/occupationCode occupation-code-malformed",
                "/affiliation/employmentForm unknown-employment-form",
            ])
        );
    }

    private async Task RefusedAsync(string path, string json, string member, string? value, int status, string fault)
    {
        var body = With(Fill(json), member, value is null ? null : Fill(value));
        var before = await Desk.CensusAsync(worker.Id);
        var english = await Desk.SendAsync(HttpMethod.Post, path, body, language: "en");
        var chinese = await Desk.SendAsync(HttpMethod.Post, path, body, language: "zh-CN");

        Assert.That(english.Expect(status).Faults, Is.EqualTo([fault]), english.Text);
        Assert.That(english.Code, Is.EqualTo(fault.Split(' ')[1]));
        Assert.That(chinese.Expect(status).Faults, Is.EqualTo([fault]));
        Assert.That(Detail(english), Does.Match("^[\\x20-\\x7e…–一-龥]{15,}[.]$"));
        Assert.That(Detail(chinese), Does.Match("[一-龥]{3,}").And.Not.EqualTo(Detail(english)));
        Assert.That(await Desk.CensusAsync(worker.Id), Is.EqualTo(before));
    }

    private static string Detail(Reply problem) => problem["errors"][0].GetProperty("detail").GetString()!;

    private string Fill(string text) =>
        text.Replace("ORG", organization.ToString())
            .Replace("OTHER", other.ToString())
            .Replace("LONG", $"\"{new string('x', 201)}\"")
            .Replace("MANY", JsonSerializer.Serialize(Enumerable.Range(1, 21).Select(n => $"t{n}")));

    /// <summary>The JSON with one member, perhaps of an inner object, changed, added or, with null, removed.</summary>
    private static string With(string json, string member, string? value)
    {
        var root = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        var path = member.Split('.');
        var target = path.Length == 1 ? root : root[path[0]]!.AsObject();
        target.Remove(path[^1]);
        var text = root.ToJsonString();
        if (value is null)
        {
            return text;
        }
        // The value goes in as it is written: half a character would not survive a parser.
        var at = path.Length == 1 ? 1 : text.IndexOf($"\"{path[0]}\":{{", StringComparison.Ordinal) + path[0].Length + 4;
        return text.Insert(at, $"\"{path[^1]}\":{value}" + (text[at] == '}' ? "" : ","));
    }
}

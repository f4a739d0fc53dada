using System.Text.Json;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Api.Demo.Population;

namespace CareerCoordinates.Tests.Demo;

/// <summary>The checks of the demo can fail: each fault planted in a good life is found and named.</summary>
public class PlantedFaultTests
{
    private static readonly DateOnly Hired = new(2010, 3, 1);
    private static readonly DateOnly Registered = new(2017, 4, 3);
    private static readonly DateOnly LastDay = new(2019, 12, 31);
    private static readonly DateOnly Leaves = new(2020, 1, 6);

    private static readonly LifeScript Good = new(
        "T-1",
        "测试甲",
        Registered,
        [
            new LifeStep.Affiliate(Registered, "a1", "labour-contract", Hired, "garage", Primary: true),
            Certificate("m1", "5", "2012-05-01"),
            Certificate("m2", "4", "2016-05-01"),
        ],
        CareerStart: Hired,
        BirthDate: new DateOnly(1991, 1, 1),
        Gender: "male"
    );

    [Test]
    public void AGoodLife_RaisesNoDoubt() => Assert.That(DoubtsAbout(Good), Is.Empty);

    [Test]
    public void ARetirementInTime_WithThePostEndedToo_RaisesNoDoubt()
    {
        var life = With(Post("m9"), Retired("a1"), new LifeStep.End(Leaves, "m9", LastDay, "ended", "退休"));

        Assert.That(DoubtsAbout(life with { BirthDate = new DateOnly(1960, 1, 1) }), Is.Empty);
    }

    [TestCaseSource(nameof(Unbelievable))]
    public void AnUnbelievableLife_IsDoubted(LifeScript life, string doubt) =>
        Assert.That(DoubtsAbout(life), Has.Some.Contains(doubt));

    [TestCaseSource(nameof(AgainstTheRules))]
    public void ALifeAgainstTheRules_CannotBeRecorded(LifeScript life, string reason) =>
        Assert.That(() => Record(life), Throws.TypeOf<DemoDataException>().With.Message.Contains(reason));

    [Test]
    public void TwoWorkersWithOneNumber_AreFound()
    {
        var seeds = DemoFiles.Seeds with { Workers = [Good, Good] };

        Assert.That(
            () => DemoDistrict.Record(TestFrameworks.Chaoyang, seeds),
            Throws.TypeOf<DemoDataException>().With.Message.Contains("T-1")
        );
    }

    [Test]
    public void AMemberThatTheFormatLacks_IsFound()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(DemoFiles.Folder, "organizations.json"), Path.Combine(folder.Path, "organizations.json"));
        var workers = File.ReadAllText(Path.Combine(DemoFiles.Folder, "workers.json"));
        File.WriteAllText(Path.Combine(folder.Path, "workers.json"), workers.Replace("\"careerStart\"", "\"carrerStart\""));

        Assert.That(() => DemoSeeds.Read(folder.Path), Throws.TypeOf<DemoDataException>().With.Message.Contains("carrerStart"));
    }

    private static IEnumerable<TestCaseData> Unbelievable()
    {
        yield return Fault("career before 14", Good with { BirthDate = new DateOnly(1997, 1, 1) }, "before the age of 14");
        yield return Fault("fact before 14", With(Certificate("m9", "5", "2004-06-01")), "before the age of 14");
        yield return Fault(
            "two full-time posts",
            With(new LifeStep.Affiliate(Registered, "a9", "dispatch", new DateOnly(2014, 1, 1), "hotel")),
            "Two full-time posts at once"
        );
        yield return Fault(
            "work before the career",
            With(
                new LifeStep.Affiliate(
                    Registered,
                    "a9",
                    "external",
                    new DateOnly(2009, 1, 1),
                    null,
                    "示例·外区店",
                    new(2009, 6, 30)
                )
            ),
            "before the career start"
        );
        yield return Fault(
            "a fact after retirement",
            With(Retired("a1"), Certificate("m9", "3", "2021-05-01") with { On = new(2021, 6, 1) }),
            "when the person worked nowhere"
        );
        yield return Fault(
            "a man who retires at 54",
            With(Retired("a1")) with
            {
                BirthDate = new DateOnly(1965, 1, 1),
            },
            "Retired on 2019-12-31, before the age of 55"
        );
        yield return Fault(
            "a woman who retires at 49",
            With(Retired("a1")) with
            {
                BirthDate = new DateOnly(1970, 1, 1),
                Gender = "female",
            },
            "Retired on 2019-12-31, before the age of 50"
        );
        yield return Fault(
            "retired and still in post",
            With(Post("m9"), Retired("a1")) with
            {
                BirthDate = new DateOnly(1960, 1, 1),
            },
            "post-assignment of 2012-05-01 goes on after the retirement on 2019-12-31"
        );
        yield return Fault("a grade that falls", With(Certificate("m9", "5", "2017-01-01")), "grade 5 on 2017-01-01 follows 4");
        yield return Fault("work at 80", Good with { BirthDate = new DateOnly(1930, 1, 1) }, "beyond the age of 70");
    }

    private static IEnumerable<TestCaseData> AgainstTheRules()
    {
        yield return Fault("unknown type", With(Certificate("m9", "3", "2017-01-01") with { Type = "medal" }), "unknown-type");
        yield return Fault("wrong value", With(Certificate("m9", "6", "2017-01-01")), "value-not-allowed /attributes/grade");
        yield return Fault(
            "until on a point",
            With(Certificate("m9", "3", "2017-01-01") with { Until = "2019-01-01" }),
            "until-on-point"
        );
        yield return Fault(
            "unknown place",
            With(new LifeStep.Affiliate(Registered, "a9", "dispatch", Hired, "nowhere")),
            "nowhere"
        );
        yield return Fault("a name used twice", With(Certificate("m1", "3", "2017-01-01")), "'m1' is used twice");
        yield return Fault("verified twice", With(new LifeStep.Verify(new(2018, 1, 8), "m1")), "transition-not-allowed");
        yield return Fault("unheard of", With(new LifeStep.Verify(new(2018, 1, 8), "m7")), "'m7'");
        yield return Fault("back in time", With(new LifeStep.Verify(new(2016, 1, 8), "m1")), "comes after");
    }

    private static TestCaseData Fault(string name, LifeScript life, string found) =>
        new TestCaseData(life, found).SetArgDisplayNames(name);

    private static LifeScript With(params LifeStep[] more) => Good with { Events = [.. Good.Events, .. more] };

    private static LifeStep.EndAffiliation Retired(string affiliation) => new(Leaves, affiliation, LastDay, "退休");

    private static LifeStep.Record Post(string milestone) =>
        new(
            Registered,
            milestone,
            "post-assignment",
            "2012-05-01",
            new Dictionary<string, JsonElement> { ["postKind"] = JsonSerializer.SerializeToElement("independent") },
            State: "verified"
        );

    private static LifeStep.Record Certificate(string milestone, string grade, string occurredOn) =>
        new(
            Registered,
            milestone,
            "skill-level-certificate",
            occurredOn,
            new Dictionary<string, JsonElement>
            {
                ["grade"] = JsonSerializer.SerializeToElement(grade),
                ["certificateNo"] = JsonSerializer.SerializeToElement("T-" + milestone),
            },
            State: "verified"
        );

    private static RecordedLife Record(LifeScript life) =>
        new LifeRecorder(TestFrameworks.Chaoyang, DemoFiles.District.Tree.Ids).Record(life, new Prng(1, 1));

    private static IReadOnlyList<string> DoubtsAbout(LifeScript life) =>
        DemoFiles.Believability.Doubts(TestFrameworks.Chaoyang, Record(life));

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("demo").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

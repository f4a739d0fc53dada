using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>Offices and certificates that end, begin later, or are known only to the year.</summary>
[BothEngines]
public class Terms(TestEngine engine) : Scenario(engine)
{
    [Test]
    public async Task TheElectedRepresentativeWhoseTermEnds()
    {
        var lin = await Officer.Registers("林霞", careerStart: "2012-07-01");
        await Officer.Records(lin, "union-membership", "2012-09-01", new { employmentForm = "employee" });

        var elected = await Officer.Records(
            lin,
            "worker-representative-elected",
            "2017-05-01",
            new { post = "representative" },
            until: "2020-04-30"
        );

        Assert.That((await Officer.Places(lin, "2017-04-30")).Political, Is.EqualTo("union-member since 2012-09-01"));
        Assert.That((await Officer.Places(lin, "2020-04-30")).Political, Is.EqualTo("worker-representative since 2017-05-01"));
        var after = await Officer.Places(lin, "2020-05-01");
        Assert.That(
            after.Political,
            Is.EqualTo("union-member since 2020-05-01, held since 2012-09-01, highest reached worker-representative")
        );
        Assert.That(after.Level, Is.EqualTo(1));
        Assert.That(elected.PlaceOnGrid, Is.EqualTo("formation 2"));
        Assert.That(await Officer.Traces(lin, "2020-12-31"), Has.Member("2020-05-01 growth 1"));
        Assert.That(await Officer.Lists(lin, "?inForce=true&asOf=2020-05-01"), Is.EqualTo(["union-membership 2012-09-01"]));
    }

    [Test]
    public async Task TheTermThatIsYetToBegin()
    {
        var wei = await Officer.Registers("魏宁", careerStart: "2015-07-01");
        await Officer.Records(wei, "union-membership", "2015-09-01", new { employmentForm = "employee" });
        var begins = Officer.Today.AddMonths(2);
        var ends = begins.AddYears(3).AddDays(-1);

        await Officer.Records(
            wei,
            "worker-representative-elected",
            $"{begins:yyyy-MM-dd}",
            new { post = "group-leader" },
            $"{ends:yyyy-MM-dd}"
        );

        Assert.That((await Officer.Places(wei)).Political, Is.EqualTo("union-member since 2015-09-01"));
        var onThatDay = await Officer.Places(wei, $"{begins:yyyy-MM-dd}");
        Assert.That(onThatDay.Political, Is.EqualTo($"worker-representative since {begins:yyyy-MM-dd}"));
        var afterwards = await Officer.Places(wei, $"{ends.AddDays(1):yyyy-MM-dd}");
        Assert.That(afterwards.Political, Does.StartWith($"union-member since {ends.AddDays(1):yyyy-MM-dd}"));
        Assert.That(await Officer.Lists(wei, $"?asOf={Officer.Today:yyyy-MM-dd}"), Is.EqualTo(["union-membership 2015-09-01"]));
    }

    [Test]
    public async Task TheRevokedCertificate()
    {
        var zhao = await Officer.Registers("赵铭", careerStart: "2012-07-01");
        await Officer.RecordsCertificate(zhao, "4", "2016-06-18");
        var certificate = await Officer.RecordsCertificate(zhao, "3", "2020-11-30");
        var before = Officer.Now;

        var revoked = await Officer.Ends(certificate, on: "2024-06-30", "the centre revoked it", kind: "revoked");

        Assert.That(revoked.Standing, Is.EqualTo("3 verified, 3 counts"));
        Assert.That((await Officer.Places(zhao, "2024-06-30")).Grade, Is.EqualTo("senior-worker since 2020-11-30"));
        Assert.That(
            (await Officer.Places(zhao, "2024-07-01")).Grade,
            Is.EqualTo("intermediate-worker since 2024-07-01, held since 2016-06-18, highest reached senior-worker")
        );
        Assert.That(
            (await Officer.Places(zhao, "2024-07-01", knownAt: before)).Grade,
            Is.EqualTo("senior-worker since 2020-11-30"),
            "nobody knew yet"
        );
    }

    [Test]
    public async Task TheCertificateKnownOnlyAs1993()
    {
        var sun = await Officer.Registers("孙国强", careerStart: "1990-08-01");

        var certificate = await Officer.RecordsCertificate(sun, "4", "1993");

        Assert.That(certificate.On, Is.EqualTo("1993"), "shown as given");
        Assert.That(certificate.PlaceOnGrid, Is.EqualTo("formation 3"));
        Assert.That((await Officer.Places(sun, "1993-12-30")).Grade, Is.EqualTo("nothing"));
        var counted = await Officer.Places(sun, "1993-12-31");
        Assert.That(counted.Grade, Is.EqualTo("intermediate-worker since 1993-12-31"));
        var tooSoon = await Officer.TriesToRecord(
            sun,
            "skill-level-certificate",
            $"{Officer.Today.Year}",
            new { grade = "3", certificateNo = "7" }
        );
        Assert.That(tooSoon.Expect(422).Code, Is.EqualTo("period-not-over"));
    }
}

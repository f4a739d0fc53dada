using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>What was recorded wrongly, and how the record remembers it.</summary>
[BothEngines]
public class Corrections(TestEngine engine) : Scenario(engine)
{
    private const string Grades = "grade-promotion";

    [Test]
    public async Task TheCertificateWithTheWrongGrade_CorrectedAYearLater_AndTheReportAsKnownBefore()
    {
        var ma = await Officer.Registers("马岚", careerStart: "2012-07-01");
        var certificate = await Officer.RecordsCertificate(ma, "3", "2020-11-30");
        var reported = Officer.Now;
        var report = await Officer.Places(ma, "2025-12-31", reported);
        Assert.That(report.Grade, Is.EqualTo("senior-worker since 2020-11-30"));

        Officer.LetsPass(TimeSpan.FromDays(365));
        var corrected = await Officer.Corrects(
            certificate,
            "the register says grade four",
            attributes: new { grade = "4", certificateNo = "2020110500123" }
        );
        var meanwhile = await Officer.Places(ma, "2025-12-31");
        await Officer.Verifies(corrected);

        Assert.That(meanwhile.Grade, Is.EqualTo("senior-worker since 2020-11-30"), "a correction that waits takes nothing away");
        Assert.That((await Officer.Places(ma, "2025-12-31")).Grade, Is.EqualTo("intermediate-worker since 2020-11-30"));
        var again = await Officer.Places(ma, "2025-12-31", reported);
        Assert.That(again.Said, Is.EqualTo(report.Said));
        Assert.That(again.IsClosed, Is.True);
        Assert.That(await Officer.Counts(Grades, "senior-worker", "2025-12-31", reported), Has.Member(ma.Id));
        Assert.That(await Officer.Counts(Grades, "senior-worker", "2025-12-31"), Has.No.Member(ma.Id));
        Assert.That(await Officer.Counts(Grades, "intermediate-worker", "2025-12-31"), Has.Member(ma.Id));
    }

    [Test]
    public async Task TheSubmittedFact_CountsNothingUntilItIsVerified()
    {
        var nie = await Officer.Registers("聂倩", careerStart: "2012-07-01");
        var medal = await Officer.Submits(nie, "labour-medal", "2023-04-28", new { level = "district" });
        var waiting = await Officer.Places(nie);

        var verified = await Officer.Verifies(medal);

        Assert.That((medal.Standing, waiting.Level), Is.EqualTo(("1 submitted, nothing counts", 0)));
        Assert.That(verified.Standing, Is.EqualTo("2 verified, 2 counts"));
        Assert.That((await Officer.Places(nie)).Political, Is.EqualTo("district-advanced since 2023-04-28"));
    }

    [Test]
    public async Task TheTypoMendedWhileTheRungStands()
    {
        var guo = await Officer.Registers("郭峰", careerStart: "2012-07-01");
        var certificate = await Officer.RecordsCertificate(guo, "3", "2020-11-30");

        var mended = await Officer.Corrects(
            certificate,
            "one digit was wrong",
            attributes: new { grade = "3", certificateNo = "2020110500124" }
        );

        Assert.That(mended.Standing, Is.EqualTo("3 submitted, 2 counts"));
        Assert.That((await Officer.Places(guo)).Grade, Is.EqualTo("senior-worker since 2020-11-30"));
        var verified = await Officer.Verifies(mended);
        Assert.That(verified.Standing, Is.EqualTo("4 verified, 4 counts"));
        Assert.That(verified.Body.GetProperty("attributes").GetProperty("certificateNo").ToString(), Does.EndWith("4"));
        Assert.That((await Officer.Places(guo)).Grade, Is.EqualTo("senior-worker since 2020-11-30"));
    }

    [Test]
    public async Task TheCorrectionThatWasNotBelieved_LeavesWhatCounted()
    {
        var he = await Officer.Registers("何静", careerStart: "2012-07-01");
        var certificate = await Officer.RecordsCertificate(he, "4", "2016-06-18");

        var claimed = await Officer.Corrects(
            certificate,
            "it was a grade one",
            attributes: new { grade = "1", certificateNo = "9" }
        );
        var rejected = await Officer.Rejects(claimed, "the register has no such certificate");

        Assert.That(rejected.Standing, Is.EqualTo("4 rejected, 2 counts"));
        Assert.That((await Officer.Places(he)).Grade, Is.EqualTo("intermediate-worker since 2016-06-18"));
    }

    [Test]
    public async Task TheMedalThatWasNeverTrue()
    {
        var xu = await Officer.Registers("徐亮", careerStart: "2012-07-01");
        await Officer.Records(xu, "union-membership", "2012-09-01", new { employmentForm = "employee" });
        var medal = await Officer.Records(xu, "labour-medal", "2023-04-28", new { level = "district" });
        var believed = Officer.Now;

        var voided = await Officer.Voids(medal, "another worker of the same name");

        Assert.That(voided.Standing, Is.EqualTo("3 voided, nothing counts"));
        Assert.That(
            (await Officer.Places(xu)).Political,
            Is.EqualTo("union-member since 2012-09-01"),
            "not even as the highest reached"
        );
        Assert.That((await Officer.Places(xu, knownAt: believed)).Level, Is.EqualTo(4));
        Assert.That(await Officer.Lists(xu), Is.EqualTo(["union-membership 2012-09-01"]));
        Assert.That(await Officer.Lists(xu, "?include=voided"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task TheWorkerWhoContests_AndIsAnswered()
    {
        var tang = await Officer.Registers("唐雪", careerStart: "2012-07-01");
        var certificate = await Officer.RecordsCertificate(tang, "4", "2016-06-18");

        var contested = await Officer.Contests(certificate, "it was grade three");
        var waiting = Officer.Now;
        var answered = await Officer.Answers(contested, "compared with the register: it is grade four");

        Assert.That(contested.IsContested, Is.True);
        Assert.That(answered.IsContested, Is.False);
        Assert.That(answered.Standing, Is.EqualTo("2 verified, 2 counts"), "neither is a revision");
        var contests = answered.Body.GetProperty("contests").EnumerateArray().Select(c => c.GetProperty("kind").ToString());
        Assert.That(contests, Is.EqualTo(["contested", "answered"]));
        var then = await Officer.Sees(certificate, knownAt: waiting);
        Assert.That(then.IsContested, Is.True);
        Assert.That(then.Body.GetProperty("contests").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task BothClocksOnOnePage()
    {
        var qi = await Officer.Registers("齐芳", careerStart: "2012-07-01");
        await Officer.RecordsCertificate(qi, "4", "2016-06-18");
        var wrong = await Officer.RecordsCertificate(qi, "2", "2020-11-30");
        var before = Officer.Now;
        await Officer.Verifies(
            await Officer.Corrects(wrong, "grade three, a year later", "2021-11-30", new { grade = "3", certificateNo = "5" })
        );
        var after = Officer.Now;

        async Task<string> Grade(string asOf, string knownAt) => (await Officer.Places(qi, asOf, knownAt)).Grade;

        Assert.That(await Grade("2018-01-01", before), Is.EqualTo("intermediate-worker since 2016-06-18"));
        Assert.That(await Grade("2021-01-01", before), Is.EqualTo("technician since 2020-11-30"));
        Assert.That(await Grade("2022-01-01", before), Is.EqualTo("technician since 2020-11-30"));
        Assert.That(await Grade("2018-01-01", after), Is.EqualTo("intermediate-worker since 2016-06-18"));
        Assert.That(await Grade("2021-01-01", after), Is.EqualTo("intermediate-worker since 2016-06-18"));
        Assert.That(await Grade("2022-01-01", after), Is.EqualTo("senior-worker since 2021-11-30"));
        var tomorrow = $"{Officer.Today.AddDays(2):yyyy-MM-dd}T00:00:00Z";
        Assert.That((await Officer.TriesToPlace(qi, knownAt: tomorrow)).Expect(400).Code, Is.EqualTo("known-at-in-future"));
    }

    [Test]
    public async Task TheWorkerRecordedTwice_IsVoidedOnce()
    {
        var first = await Officer.Registers("高远", careerStart: "2012-07-01", number: "CY-88");
        await Officer.RecordsCertificate(first, "4", "2016-06-18");
        var before = Officer.Now;

        await Officer.Voids(first, "the same person was recorded twice");

        Assert.That((await Officer.TriesToPlace(first)).Expect(409).Code, Is.EqualTo("worker-voided"));
        Assert.That((await Officer.Places(first, knownAt: before)).Grade, Is.EqualTo("intermediate-worker since 2016-06-18"));
        Assert.That(await Officer.Counts(Grades, "intermediate-worker"), Has.No.Member(first.Id));
        Assert.That(await Officer.Counts(Grades, "intermediate-worker", knownAt: before), Has.Member(first.Id));
        var refused = await Officer.TriesToRecord(first, "labour-medal", "2023-04-28", new { level = "district" });
        Assert.That(refused.Expect(409).Code, Is.EqualTo("worker-voided"));
        var second = await Officer.Registers("高远", careerStart: "2012-07-01", number: "CY-88");
        Assert.That(second.Seen.Text("number"), Is.EqualTo("CY-88"), "the number is free again");
    }

    [Test]
    public async Task TheRefusalInBothLanguages_SideBySide()
    {
        var bai = await Officer.Registers("白桦", careerStart: "2012-07-01");

        var english = await Officer.TriesToRecord(bai, "labour-medal", "2023-02-30", new { level = "galaxy" }, language: "en");
        var chinese = await Officer.TriesToRecord(bai, "labour-medal", "2023-02-30", new { level = "galaxy" }, language: "zh-CN");

        Assert.That(chinese.Status, Is.EqualTo(english.Status));
        Assert.That(chinese.Code, Is.EqualTo(english.Code));
        Assert.That(chinese.Faults, Is.EqualTo(english.Faults).And.Length.GreaterThanOrEqualTo(2));
        Assert.That(english.Text("detail"), Does.StartWith("'2023-02-30' is no date. Write a day as 2020-11-30"));
        Assert.That(chinese.Text("detail"), Does.StartWith("“2023-02-30”不是日期。请写到日（2020-11-30）"));
        Assert.That(await Officer.Lists(bai, "?include=voided"), Is.Empty);
    }
}

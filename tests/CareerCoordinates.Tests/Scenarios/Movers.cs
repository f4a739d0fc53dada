using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>People who move: between employers, posts and kinds of work.</summary>
[BothEngines]
public class Movers(TestEngine engine) : Scenario(engine)
{
    [Test]
    public async Task TheRiderWhoBecomesATechnician()
    {
        var platform = await Officer.Founds("示例即时配送平台", "enterprise", Officer.Street);
        var garage = await Officer.Founds("示例汽修厂", "enterprise", Officer.Street);
        var luo = await Officer.Registers("罗川", "2018-03-01", platform, "platform-work", form: "delivery-rider");
        var rider = await Officer.Records(luo, "union-membership", "2018-06-01", new { employmentForm = "delivery-rider" });
        Assert.That((await Officer.Places(luo, "2019-12-31")).Level, Is.EqualTo(1));

        await Officer.Transfers(luo, garage, "2020-04-01");
        var employee = await Officer.Submits(luo, "union-membership", "2020-04-01", new { employmentForm = "employee" });
        await Officer.Verifies(employee);
        await Officer.Ends(rider, "2020-03-31", "joined the union of the garage");
        await Officer.Records(luo, "apprenticeship-programme", "2020-04-01", new { months = 12 });
        await Officer.RecordsCertificate(luo, "4", "2021-06-10");
        await Officer.RecordsCertificate(luo, "3", "2023-06-10");
        await Officer.RecordsCertificate(luo, "2", "2025-12-01");

        Assert.That(employee.Warnings, Is.EqualTo(["another-open"]));
        Assert.That(
            await Officer.PlacesOf(luo),
            Is.EqualTo(["platform-work 2018-03-01 – 2020-03-31", "labour-contract 2020-04-01 – "])
        );
        var now = await Officer.Places(luo, "2026-01-01");
        Assert.That(now.Grade, Is.EqualTo("technician since 2025-12-01"));
        Assert.That(now.Political, Is.EqualTo("union-member since 2018-06-01"), "a member without a day's gap");
        Assert.That((now.Stage, now.Level), Is.EqualTo(("growth (7.8)", 5)));
    }

    [Test]
    public async Task TheApprenticeWhoIsRegularised()
    {
        var yu = await Officer.Registers("于航", careerStart: "2024-07-01");
        var traineePost = await Officer.Records(yu, "post-assignment", "2024-07-01", new { postKind = "trainee" });
        await Officer.Records(yu, "apprenticeship-programme", "2024-07-01", new { months = 12 });
        Assert.That((await Officer.Places(yu, "2025-06-30")).Career, Is.EqualTo("trainee-post since 2024-07-01"));

        await Officer.Records(yu, "apprenticeship-completed", "2025-07-01", new { result = "regularised" });
        await Officer.Ends(traineePost, "2025-06-30", "regularised");

        var regular = await Officer.Places(yu, "2025-07-01");
        Assert.That(regular.Career, Is.EqualTo("operator-post since 2025-07-01"));
        Assert.That(regular.Grade, Is.EqualTo("apprentice since 2024-07-01"));
        Assert.That((regular.Stage, regular.Level), Is.EqualTo(("entry (1.0)", 2)));
        Assert.That(
            (await Officer.Places(yu, "2025-06-30")).Career,
            Is.EqualTo("trainee-post since 2024-07-01"),
            "what was, was"
        );
    }

    [Test]
    public async Task TheManWhoHasTwoPosts()
    {
        var other = await Officer.Founds("示例建筑公司", "enterprise", Officer.Street);
        var du = await Officer.Registers("杜凯", careerStart: "2010-03-01");
        await Officer.Records(du, "post-assignment", "2010-09-01", new { postKind = "independent" });
        var second = await Officer.Joins(du, other, "2022-01-01", "dispatch");
        var leader = await Officer.Records(du, "team-leader-appointment", "2022-01-01", new { teamSize = 8 });
        Assert.That((await Officer.Places(du, "2023-06-30")).Career, Is.EqualTo("team-leader since 2022-01-01"));
        Assert.That(await Officer.PlacesOf(du, "?inForce=true&asOf=2023-06-30"), Has.Length.EqualTo(2));

        await Officer.Leaves(second, "2024-12-31", "the site was finished", alsoEnd: leader);

        Assert.That(
            (await Officer.Places(du, "2025-01-01")).Career,
            Is.EqualTo("operator-post since 2025-01-01, held since 2010-09-01, highest reached team-leader")
        );
        Assert.That(await Officer.PlacesOf(du, "?inForce=true&asOf=2025-01-01"), Is.EqualTo(["labour-contract 2010-03-01 – "]));
        var twice = await Officer.TriesToRecordPlace(
            du,
            new
            {
                kind = "dispatch",
                organizationId = Officer.Employer,
                from = "2023-01-01",
            }
        );
        Assert.That(twice.Expect(409).Code, Is.EqualTo("overlap-at-organization"), "once at each place");
    }

    [Test]
    public async Task TheTransferToAnotherEnterprise_EndsThePostThere()
    {
        var next = await Officer.Founds("示例智能卡厂", "enterprise", Officer.Street);
        var kang = await Officer.Registers("康敏", careerStart: "2012-07-01");
        await Officer.RecordsCertificate(kang, "3", "2020-11-30");
        var post = await Officer.Records(kang, "team-leader-appointment", "2021-01-01", new { teamSize = 12 });

        await Officer.Leaves(kang.First, "2023-08-31", "moved to another enterprise", alsoEnd: post);
        await Officer.Joins(kang, next, "2023-09-01");

        var moved = await Officer.Places(kang, "2023-09-01");
        Assert.That(moved.Career, Is.EqualTo("nothing, highest reached team-leader"));
        Assert.That(moved.Grade, Is.EqualTo("senior-worker since 2020-11-30"), "a certificate goes with the person");
        Assert.That((await Officer.Sees(post)).Body.GetProperty("ended").GetProperty("on").ToString(), Is.EqualTo("2023-08-31"));
        Assert.That(
            await Officer.PlacesOf(kang),
            Is.EqualTo(["labour-contract 2012-07-01 – 2023-08-31", "labour-contract 2023-09-01 – "])
        );
    }
}

using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Rows that find a person by one cell and say of him by another what is not so; and all that is wrong with a row at once.</summary>
[BothEngines]
public class CellsOfSomebodyElseTests(TestEngine engine)
{
    private const string Header = "姓名,职工编号,公民身份号码,工号,单位,发生日期,等级,证书编号\n";

    private AccessOffice office = null!;

    private (string, string)[] Roster => [("kind", "workers"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.TakeInAsync(
            "姓名,工号,职工编号,公民身份号码,出生日期,入职日期\n"
                + "苏桂枝,0042,YT-0002,11010519491231002X,,2012-07-01\n马岚,0001,YT-0001,,1990-02-14,2012-07-01\n",
            Roster
        );
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task CellsThatWereNeverHis_AreNamed_ThoughTheRowIsTaken()
    {
        var looked = await CheckAsync(
            "苏桂枝,YT-0002,,0001,,2020-11-30,3,A-1\n"
                + "苏桂枝,YT-0002,,42,没有这个单位,2020-11-29,3,A-2\n"
                + "苏桂枝,YT-0002,,0042,,2020-11-28,3,A-3\n"
        );
        var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200);

        Assert.That(looked.Counts(), Is.EqualTo("checked 3 new, 0 changed, 0 same, 0 refused"), looked.Text);
        Assert.That(looked.Warnings(), Is.EqualTo(["D2 not-the-staff-number-of-the-person", "E3 never-at-the-organization"]));
        Assert.That(looked.Text, Does.Contain("The staff number 0001 is not, and never was, that of 苏桂枝."));
        Assert.That(looked.Text, Does.Not.Contain("马岚"), "whose it is, is not told");
        Assert.That(result.Text, Does.Contain("D2 The staff number 0001"));
    }

    [Test]
    public async Task ColumnHeadedNumber_BesideStaffNumbers_NamesThoseWhoHaveNone_AndCountsTheOthers()
    {
        var looked = await CheckAsync(
            "苏桂枝,0042,1,2020-11-30,3,A-1\n马岚,,YT-0001,2020-11-29,3,A-2\n马岚,,3,2020-11-28,3,A-3\n",
            "姓名,工号,编号,发生日期,等级,证书编号\n"
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 1 refused"), looked.Text);
        Assert.That(looked.Text, Does.Contain("C4"));
    }

    [Test]
    public async Task WhatWasHisBefore_Agrees()
    {
        var su = await office.OnlyAsync("苏桂枝");
        var name = (await office.GetAsync("officer", $"organizations/{office.Works}")).Body.GetProperty("name").GetString();
        var place = (await office.GetAsync("officer", $"workers/{su}/affiliations")).Items[0];
        (
            await office.SendAsync(
                TestAccounts.Office,
                HttpMethod.Patch,
                $"workers/{su}/affiliations/{place.GetProperty("id")}",
                new
                {
                    organizationId = office.Street,
                    staffNumber = "77",
                    reason = "moved",
                },
                place.GetProperty("etag").GetString()
            )
        ).Expect(200);

        var looked = await CheckAsync($"苏桂枝,YT-0002,,0042,{name},2020-11-30,3,A-1\n");

        Assert.That(looked.Warnings(), Is.Empty);
        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task AnIdNumberOfAnother_IsRefused()
    {
        var looked = await CheckAsync(
            ",YT-0001,11010519491231002X,,,2020-11-30,3,A-1\n,,11010519491231002X,0001,,2020-11-30,3,A-2\n"
        );

        Assert.That(looked.Problems(), Is.EqualTo(["B2 person-has-other-number", "D3 person-has-other-staff-number"]));
    }

    [Test]
    public async Task OfNamesakesBornOnOneDay_TheUnitNamesOne()
    {
        await office.HireAsync(office.Street, "马岚", "9");
        var name = (await office.GetAsync("officer", $"organizations/{office.Works}")).Body.GetProperty("name").GetString();
        const string columns = "姓名,出生日期,单位,发生日期,等级,证书编号\n";

        var looked = await office.UploadAsync(
            "officer",
            columns + $"马岚,1990-02-14,,2020-11-30,3,A-1\n马岚,1990-02-14,{name},2020-11-30,3,A-1\n",
            ("type", "skill-level-certificate")
        );

        Assert.That(looked.Problems(), Is.EqualTo(["A2 person-ambiguous"]));
        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 1 refused"));
    }

    [Test]
    public async Task AllThatIsWrongWithARow_IsToldAtOnce()
    {
        var looked = await CheckAsync(
            "苏桂枝,YT-0002,,,,2025-02-30,九级,\n苏桂枝,YT-9999,,,,2025-02-28,九级,\n苏桂枝,YT-9999,,,,2025-02-30,3,A-1\n"
        );
        var roster = await office.UploadAsync(
            "officer",
            "姓名,工号,单位,性别,入职日期\n苏伟,3,没有这个单位,无,2012-02-30\n",
            Roster
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 0 same, 3 refused"));
        Assert.That(
            looked.Problems().Select(p => p[..2]),
            Is.EqualTo(["F2", "G2", "H2", "G3", "B3", "H3", "F4", "B4"]),
            looked.Text
        );
        Assert.That(roster.Problems().Select(p => p[..2]), Is.EquivalentTo(["C2", "D2", "E2"]));
    }

    [Test]
    public async Task ARosterTells_WhatItChanges()
    {
        var looked = await office.UploadAsync(
            "officer",
            "姓名,职工编号,工号,出生日期,公民身份号码\n马岚,YT-0001,0007,1991-02-03,\n",
            Roster
        );
        var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200);

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 1 changed, 0 same, 0 refused"), looked.Text);
        Assert.That(looked.Warnings(), Is.EqualTo(["D2 changes-the-record", "C2 changes-the-record"]));
        Assert.That(looked.Text, Does.Contain("birth date 1990-02-14 → 1991-02-03"));
        Assert.That(looked.Text, Does.Contain("staff number 0001 → 0007"));
        Assert.That(result.Text, Does.Contain("D2 birth date 1990-02-14 → 1991-02-03"));
    }

    private Task<AccessReply> CheckAsync(string rows, string header = Header) =>
        office.UploadAsync("officer", header + rows, ("type", "skill-level-certificate"), ("organization", $"{office.Works}"));
}

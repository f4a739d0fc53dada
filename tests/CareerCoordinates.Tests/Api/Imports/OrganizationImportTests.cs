using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>A list of units from a spreadsheet, parents and their own in one sheet.</summary>
[BothEngines]
public class OrganizationImportTests(TestEngine engine)
{
    private const string Code = "91110105MA00TE5T2T";
    private const string Header = "单位名称,单位类型,上级单位,统一社会信用代码,行业代码,起始日期,建会日期,标签\n";
    private const string Union = "东街联合工会,企业工会,东街总工会,,,2001年1月1日,2001-02-03,试点、重点\n";
    private const string Plant = $"东街石化厂,企业,东街联合工会,{Code},C2511,2003-05-01,,\n";

    private static readonly (string, string)[] Kind = [("kind", "organizations")];

    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task ParentsInTheSameFile_StandAboveTheirOwn()
    {
        var looked = await office.UploadAsync("officer", Header + Union + Plant, Kind);
        var upsideDown = await office.UploadAsync("officer", Header + Plant + Union, Kind);
        var written = await office.CommitAsync("officer", looked.Id);
        var (union, plant) = (await IdOf("东街联合工会"), await IdOf("东街石化厂"));

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(upsideDown.Problems(), Is.EqualTo(["C2 unknown-parent-name"]));
        Assert.That($"{upsideDown.Body.GetProperty("problems")[0].GetProperty("detail")}", Does.Contain("above this one"));
        Assert.That(written["state"], Is.EqualTo("committed"));
        Assert.That(
            await office.OrganizationAsync(union),
            Is.EqualTo($"东街联合工会 enterprise-union {office.Street}   2001-01-01 2001-02-03 [\"试点\",\"重点\"]")
        );
        Assert.That(
            await office.OrganizationAsync(plant),
            Is.EqualTo($"东街石化厂 enterprise {union} {Code} C2511 2003-05-01  []")
        );
    }

    [Test]
    public async Task TheSameFileTwice_CreatesNothing_AndACorrectedOne_ChangesTheCells()
    {
        await office.TakeInAsync(Header + Union + Plant, Kind);
        var (union, plant) = (await IdOf("东街联合工会"), await IdOf("东街石化厂"));
        var unionBefore = await office.OrganizationAsync(union);

        var again = await office.UploadAsync("officer", Header + Union + Plant, Kind);
        var corrected = await office.TakeInAsync(
            Header + $"东街联合工会,,,,,,,重点\n东街石油化工厂,,东街总工会,{Code.ToLowerInvariant()},C2611,2010-01-01,,\n",
            Kind
        );

        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 0 refused"));
        Assert.That(corrected.Counts(), Is.EqualTo("committed 0 new, 2 changed, 0 same, 0 refused"));
        Assert.That(
            await office.OrganizationAsync(union),
            Is.EqualTo(unionBefore.Replace("[\"试点\",\"重点\"]", "[\"重点\"]", StringComparison.Ordinal))
        );
        Assert.That(
            await office.OrganizationAsync(plant),
            Is.EqualTo($"东街石油化工厂 enterprise {office.Street} {Code} C2611 2010-01-01  []")
        );
        Assert.That(await office.OrganizationAsync(plant, "2005-01-01"), Does.Contain($"{union} {Code} C2511 2003-05-01"));
    }

    [Test]
    public async Task FaultyCells_AreNamed()
    {
        var second = await office.FoundAsync(
            "东街机器厂",
            "enterprise",
            await office.FoundAsync("东街二会", "enterprise-union", office.Street)
        );
        var sheet =
            Header
            + "甲厂,工厂,东街总工会,,,2003-05-01,,\n"
            + "甲厂,企业,东街总工会,91110105MA00TE5T2X,,2003-05-01,,\n"
            + "甲厂,企业,东街总工会,,C25111,2003-05-01,,\n"
            + "甲厂,企业,东街总工会,,,2003-05,,\n"
            + "甲厂,企业,东街总工会,,,,,\n"
            + ",企业,东街总工会,,,2003-05-01,,\n"
            + "甲厂,,东街总工会,,,2003-05-01,,\n"
            + "甲厂,企业,东街机器厂,,,2003-05-01,,\n"
            + "东街机器厂,企业,,,,,2004-01-01,\n"
            + "乙厂,企业,东街总工会,,,2003-05-01,,\n"
            + "乙厂,企业,东街总工会,,,2003-05-01,,\n"
            + "东街总工会,,,,,,2004-01-01,\n"
            + "东街总工会,街道总工会,,,,,,\n";

        var looked = await office.UploadAsync("officer", sheet, Kind);

        Assert.That(second, Is.Not.EqualTo(office.Works));
        Assert.That(
            looked.Problems(),
            Is.EqualTo([
                "B2 value-not-allowed",
                "D3 credit-code-check",
                "E4 industry-code-malformed",
                "F5 full-day-needed",
                "F6 empty",
                "A7 empty",
                "B8 empty",
                "C9 organization-ambiguous",
                "A10 organization-ambiguous",
                "A12 twice-in-file",
                "A13 own-root",
            ])
        );
        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 1 same, 11 refused"));
    }

    /// <summary>What stands below one that a row moves is what the rows before leave there.</summary>
    [Test]
    public async Task RowThatMoves_TakesAlongWhatTheRowsBeforePutBelow()
    {
        var above = office.Street;
        for (var level = 3; level <= 18; level++)
        {
            above = await office.FoundAsync($"第{level}级", "enterprise-union", above);
        }
        string[] codes =
        [
            .. "123".Select(one => $"81110105MA00TE5T{one}").Select(stem => stem + CreditCode.CheckCharacter(stem + "0")),
        ];
        string[] names = ["甲会", "乙会", "丙会"];
        await office.TakeInAsync(
            Header + string.Concat(names.Zip(codes, (name, code) => $"{name},企业工会,东街总工会,{code},,2003-05-01,,\n")),
            Kind
        );
        var moves = $"乙会,,甲会,{codes[1]},,,,\n丙会,,乙会,{codes[2]},,,,\n";

        var tooDeep = await office.UploadAsync("officer", Header + moves + $"甲会,,第18级,{codes[0]},,,,\n", Kind);
        var fits = await office.TakeInAsync(Header + moves + $"甲会,,第17级,{codes[0]},,,,\n", Kind);

        Assert.That(tooDeep.Problems(), Is.EqualTo(["C4 tree-too-deep"]));
        Assert.That(fits.Counts(), Is.EqualTo("committed 0 new, 3 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task WhatIsOutOfScope_IsLikeNothing_AndRootsAreNotTheOfficers()
    {
        var sheet =
            Header
            + "甲厂,企业,西街总工会,,,2003-05-01,,\n"
            + "甲厂,企业,没有的工会,,,2003-05-01,,\n"
            + "西街机器厂,企业,,,,2003-05-01,,\n"
            + "没有的工厂,企业,,,,2003-05-01,,\n";

        var looked = await office.UploadAsync("officer", sheet, Kind);
        var below = await office.UploadAsync("officer", sheet, [.. Kind, ("organization", $"{office.Street}")]);
        var elsewhere = await office.UploadAsync("officer", sheet, [.. Kind, ("organization", $"{office.OtherStreet}")]);
        var root = await office.UploadAsync(TestAccounts.Office, Header + "新区总工会,区总工会,,,,2003-05-01,,\n", Kind);

        Assert.That(
            looked.Problems(),
            Is.EqualTo([
                "C2 unknown-parent-name",
                "C3 unknown-parent-name",
                "C4 root-needs-administrator",
                "C5 root-needs-administrator",
            ])
        );
        Assert.That(below.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 2 refused"));
        Assert.That(elsewhere.Code, Is.EqualTo("no-such-organization"));
        Assert.That(root.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task RowWithSeveralFaults_NamesThemAll()
    {
        var sheet = Header + "甲厂,,没有的工会,,,,,\n" + "乙厂,企业,没有的工会,,,2003-13-01,,\n";

        var looked = await office.UploadAsync("officer", sheet, Kind);

        Assert.That(
            looked.Problems(),
            Is.EquivalentTo(["C2 unknown-parent-name", "B2 empty", "F2 empty", "F3 day-impossible", "C3 unknown-parent-name"])
        );
    }

    [Test]
    public async Task RowsThatWouldStandUnderEachOther_AreRefused()
    {
        var (one, other) = (CodeOf(1), CodeOf(2));
        await office.TakeInAsync(
            $"单位名称,单位类型,上级单位,起始日期,信用代码\n甲会,企业工会,东街总工会,2001-01-01,{one}\n乙会,企业工会,东街总工会,2001-01-01,{other}\n",
            Kind
        );

        var circle = await office.UploadAsync(
            "officer",
            $"单位名称,上级单位,信用代码\n甲会,乙会,{one}\n乙会,甲会,{other}\n",
            Kind
        );
        var written = await office.CommitAsync("officer", circle.Id, skip: true);

        Assert.That(circle.Counts(), Is.EqualTo("checked 0 new, 1 changed, 0 same, 1 refused"));
        Assert.That(circle.Problems(), Is.EqualTo(["B3 organization-cycle"]), "the dry run knows the row before");
        Assert.That(written["state"], Is.EqualTo("committed"));
    }

    [Test]
    public async Task Undo_RestoresTheTree_OnEveryDay()
    {
        await office.TakeInAsync(Header + Union + Plant, Kind);
        var plant = await IdOf("东街石化厂");
        string[] days = ["2002-01-01", "2004-01-01", "2007-01-01", "2012-01-01", "2026-01-01"];
        var atFirst = await On(days);
        // Two spells: under the union until 2010, then under the street.
        var moved = await office.TakeInAsync(Header + $"东街石化厂,,东街总工会,{Code},C2611,2010-01-01,,\n", Kind);
        var before = await On(days);

        var import = await office.TakeInAsync(
            Header + $"东街石化总厂,,东街联合工会,{Code},C2614,2006-01-01,,新\n三车间,企业,东街石化总厂,,,2006-01-01,,\n",
            Kind
        );
        var after = await On(days);
        var shop = await IdOf("三车间");
        var undone = await office.GoOnAsync("officer", import.Id, "undo");
        var gone = await office.GetAsync("officer", $"organizations?under={office.Street}&limit=200");

        Assert.That(import.Counts(), Is.EqualTo("committed 1 new, 1 changed, 0 same, 0 refused"));
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(undone["state"], Is.EqualTo("undone"), undone.Text);
        Assert.That(await On(days), Is.EqualTo(before));
        Assert.That((await office.GoOnAsync("officer", moved.Id, "undo"))["state"], Is.EqualTo("undone"), "one after the other");
        Assert.That(await On(days), Is.EqualTo(atFirst));
        Assert.That(gone.Text, Does.Not.Contain($"{shop}"));

        async Task<string> On(string[] days)
        {
            var said = new List<string>();
            foreach (var day in days)
            {
                said.Add(await office.OrganizationAsync(plant, day));
            }
            return string.Join('\n', said);
        }
    }

    [TestCase("child")]
    [TestCase("affiliation")]
    [TestCase("change")]
    public async Task Undo_IsRefused_WhereLaterWorkStandsOnIt(string work)
    {
        var import = await office.TakeInAsync(Header + Union + Plant, Kind);
        var plant = await IdOf("东街石化厂");
        switch (work)
        {
            case "child":
                await office.FoundAsync("三车间", "enterprise", plant);
                break;
            case "affiliation":
                await office.HireAsync(plant, "马岚", "0042");
                break;
            default:
                var seen = await office.GetAsync("officer", $"organizations/{plant}");
                (
                    await office.SendAsync(
                        "officer",
                        HttpMethod.Patch,
                        $"organizations/{plant}",
                        new { name = "石化总厂" },
                        seen.Etag
                    )
                ).Expect(200);
                break;
        }
        var before = await office.OrganizationAsync(plant);

        var refused = await office.GoOnAsync("officer", import.Id, "undo");

        Assert.That(refused["state"], Is.EqualTo("committed"));
        Assert.That(refused["detail"], Does.Contain("石化"));
        Assert.That(await office.OrganizationAsync(plant), Is.EqualTo(before));
    }

    [Test]
    public async Task TheTemplate_FilledIn_IsTaken()
    {
        var template = (await office.GetAsync("officer", "imports/template?kind=organizations&format=csv")).Expect(200);

        var looked = await office.UploadAsync(
            "officer",
            template.Text.Replace("示例石化", "某石化", StringComparison.Ordinal),
            [.. Kind, ("organization", $"{office.Street}")]
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), looked.Text);
    }

    /// <summary>A credit code of nobody, right by the standard.</summary>
    private static string CodeOf(int number)
    {
        var stem = $"91110105MA00TE{number:000}";
        return stem + CareerCoordinates.Domain.People.CreditCode.CheckCharacter(stem);
    }

    private async Task<Guid> IdOf(string name) =>
        (await office.GetAsync("officer", $"organizations?under={office.Street}&limit=200"))
            .Expect(200)
            .Items.Single(o => $"{o.GetProperty("name")}" == name)
            .GetProperty("id")
            .GetGuid();
}

using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Sheets.Corpus;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>The corpus goes through the door: what one file has recorded, every other says as well.</summary>
[BothEngines]
public class CorpusImportTests(TestEngine engine)
{
    private AccessOffice office = null!;
    private string before = null!;

    private static IEnumerable<CorpusFile> Files => CorpusFile.All;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        foreach (var table in CorpusTable.All)
        {
            var file = CorpusFile.All.First(one => one.Table == table);
            var looked = (await office.UploadAsync("officer", file.Content, file.Name, Fields(table))).Expect(200);
            Assert.That(looked.Counts(), Is.EqualTo("checked 3 new, 0 changed, 0 same, 0 refused"), looked.Text);
            var written = await office.CommitAsync("officer", looked.Id);
            Assert.That(written.Counts(), Is.EqualTo("committed 3 new, 0 changed, 0 same, 0 refused"), written.Text);
        }
        before = await RecordedAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test, Order(1)]
    public void Record_SaysWhatTheTablesSay()
    {
        var place = $"labour-contract {office.Works}";
        Assert.That(
            before.Split('\n'),
            Is.EqualTo([
                "阿依古丽·买买提 careerStart=2012-07-01 birthDate=1990-02-14 gender=female migrantWorker=False",
                $"{place} 2012-07-01..  primary=False staffNumber=00123 employmentForm=employee occupationCode=6-18-01-01",
                "2020-11-30 {\"certificateNo\":\"A-1\",\"grade\":\"3\"} 第一行|第二行",
                "𠮷㛃䶮 careerStart=2010-03-01 birthDate=1988-05-01 gender=male migrantWorker=True",
                $"{place} 2015-03-01..  primary=False staffNumber=00124 employmentForm=dispatched occupationCode=",
                "2020-12 {\"certificateNo\":\"A-2\",\"grade\":\"4\"} 他说“好”, \"再见\"",
                "马岚 careerStart=1920-12-31 birthDate=1902-01-01 gender=female migrantWorker=False idNumber=1****************2",
                $"{place} 1921-01-01..  primary=False staffNumber=00042 employmentForm=employee occupationCode=",
                "2019 {\"certificateNo\":\"0007\",\"grade\":\"5\"} =1+1 不是公式",
            ])
        );
    }

    [TestCaseSource(nameof(Files)), Order(2)]
    public async Task EveryFile_SaysWhatIsRecordedAlready(CorpusFile file)
    {
        var looked = (await office.UploadAsync("officer", file.Content, file.Name, Fields(file.Table))).Expect(200);

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 3 same, 0 refused"), looked.Text);
    }

    /// <summary>Excel's CSV of a Chinese Windows has no 𠮷: a name is not overwritten with question marks.</summary>
    [Test, Order(3)]
    public async Task ANameWithCharactersThatWereLost_IsRefused()
    {
        var looked = await office.UploadAsync(
            "officer",
            "姓名,工号,入职日期\n???,00124,2015-03-01\n",
            Fields(CorpusTable.Roster)
        );

        Assert.That(looked.Problems(), Is.EqualTo(["A2 character-lost"]));
        Assert.That(await RecordedAsync(), Is.EqualTo(before));
    }

    private (string, string)[] Fields(CorpusTable table) =>
        table == CorpusTable.Roster
            ? [("kind", "workers"), ("organization", $"{office.Works}")]
            : [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];

    private async Task<string> RecordedAsync()
    {
        var said = new List<string>();
        foreach (var name in CorpusTable.Roster.Rows.Select(row => row[0]))
        {
            var worker = await office.OnlyAsync(name);
            said.Add(await office.StateAsync(worker));
            said.AddRange(
                (await office.GetAsync("officer", $"workers/{worker}/milestones"))
                    .Expect(200)
                    .Items.Select(milestone =>
                        $"{milestone.GetProperty("occurredOn")} {milestone.GetProperty("attributes").GetRawText()} "
                        + $"{milestone.GetProperty("note")}".Replace('\n', '|')
                    )
            );
        }
        return string.Join('\n', said);
    }
}

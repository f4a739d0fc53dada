using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Many rows and few faults, and two who bring the same. <c>tests/run --release</c> makes it 50,000 rows; CAREER_TEST_SEED repeats a run.</summary>
[BothEngines]
public class LargeImportTests(TestEngine engine)
{
    private const int People = 250;
    private const int Faults = 37;

    private AccessOffice office = null!;

    private static int Rows => Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1" ? 50_000 : 2_500;

    private (string, string)[] Certificates => [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        office = await AccessOffice.OpenAsync(engine);
        var roster = new StringBuilder("姓名,工号,参加工作日期,关系类型,入职日期\n");
        for (var i = 0; i < People; i++)
        {
            roster.Append(null, $"{NameOf(i)},{i:D4},2001-07-01,劳动合同,2001-07-01\n");
        }
        var written = await office.WriteSheetAsync(
            "officer",
            roster.ToString(),
            ("kind", "workers"),
            ("organization", $"{office.Works}")
        );
        Assert.That(written.Counts(), Is.EqualTo($"committed {People} new, 0 changed, 0 same, 0 refused"));
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task EachPlantedFault_IsNamedByItsCell_AndNothingElse_AndNothingIsWritten()
    {
        var random = new Random(TestSeed.Take());
        var sheet = Enumerable.Range(0, Rows).Select(Row).ToList();
        var planted = new SortedDictionary<int, string>();
        while (planted.Count < Faults)
        {
            var at = random.Next(Rows);
            if (!planted.ContainsKey(at))
            {
                var (cell, wrong) = Spoil(random.Next(5), random);
                sheet[at][cell - 'A'] = wrong;
                planted[at] = $"{cell}{at + 2}";
            }
        }
        var text = "工号,姓名,发生日期,等级,证书编号\n" + string.Concat(sheet.Select(row => string.Join(',', row) + "\n"));
        var before = HashOfRecord();

        var looked = await office.UploadAsync(
            "officer",
            Encoding.GetEncoding("GB18030").GetBytes(text),
            "证书.csv",
            Certificates
        );

        Assert.That(looked["encoding"], Is.EqualTo("GB18030"));
        Assert.That(looked.Problems().Select(p => p.Split(' ')[0]), Is.EqualTo(planted.Values));
        Assert.That(looked.Counts(), Is.EqualTo($"checked {Rows - Faults} new, 0 changed, 0 same, {Faults} refused"));
        Assert.That(HashOfRecord(), Is.EqualTo(before));
    }

    [Test]
    public async Task TwoOfficersWithTheSameSheetAtOnce_RecordItOnce()
    {
        await office.AccountAsync("colleague", AccessOffice.Grant(Role.Officer, office.Street));
        var sheet =
            "工号,姓名,发生日期,等级,证书编号\n"
            + string.Concat(Enumerable.Range(0, 400).Select(i => string.Join(',', Row(i)) + "\n"));
        var imports = await Task.WhenAll(
            office.UploadAsync("officer", sheet, Certificates),
            office.UploadAsync("colleague", sheet, Certificates)
        );

        var done = await Task.WhenAll(
            office.CommitAsync("officer", imports[0].Id),
            office.CommitAsync("colleague", imports[1].Id)
        );
        var count = (await office.GetAsync("officer", "milestones?type=skill-level-certificate&count=true&limit=1"))["count"];

        Assert.That(imports.Select(i => i["create"]), Is.All.EqualTo("400"));
        Assert.That(
            done.Select(i => i.Counts()).Order(StringComparer.Ordinal),
            Is.EqualTo(["checked 0 new, 0 changed, 400 same, 0 refused", "committed 400 new, 0 changed, 0 same, 0 refused"])
        );
        Assert.That(count, Is.EqualTo("400"));
    }

    /// <summary>Names with a dot between, and with a character outside the first plane.</summary>
    private static string NameOf(int i) =>
        (i % 3) switch
        {
            0 => $"阿依古丽·买买提{(char)('甲' + i % 50)}",
            1 => $"𠮷田{(char)('一' + i)}",
            _ => $"马{(char)('一' + i)}",
        };

    private static string[] Row(int i)
    {
        var day = new DateOnly(2005, 1, 1).AddDays(i / People);
        return [$"{i % People:D4}", NameOf(i % People), $"{day:yyyy-MM-dd}", "四级/中级工", $"A-{i}"];
    }

    private static (char Cell, string Wrong) Spoil(int kind, Random random) =>
        kind switch
        {
            0 => ('A', $"9{random.Next(1_000):D3}"),
            1 => ('B', "欧阳错"),
            2 => ('C', "2021-02-30"),
            3 => ('C', "03/04/2021"),
            _ => ('D', "超级工"),
        };

    /// <summary>Of every row of the record, whatever their order.</summary>
    private string HashOfRecord() =>
        office.Store.Reader.InSnapshot(c =>
        {
            TableColumns[] tables =
            [
                RecordTables.Organizations,
                RecordTables.Workers,
                RecordTables.Affiliations,
                RecordTables.Milestones,
                RecordTables.Contests,
                RecordTables.Standings,
            ];
            var rows = new List<string>();
            foreach (var table in tables)
            {
                using var command = c.Connection.CreateCommand();
                command.Transaction = c.Transaction;
                command.CommandText = $"SELECT {table.Names} FROM {table.Table}";
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    rows.Add(
                        table.Table
                            + string.Join(
                                '|',
                                Enumerable
                                    .Range(0, reader.FieldCount)
                                    .Select(i =>
                                        reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}"
                                    )
                            )
                    );
                }
            }
            rows.Sort(StringComparer.Ordinal);
            return $"{rows.Count} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))}";
        });
}

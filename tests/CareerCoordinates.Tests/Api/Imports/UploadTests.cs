using System.Net.Http.Headers;
using System.Text;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Whatever is sent as a sheet, the answer says what is wrong with it, and nothing of it is written.</summary>
[BothEngines]
public class UploadTests(TestEngine engine)
{
    private const string Sheet = "工号,姓名,发生日期,等级,证书编号\n0042,马岚,2020-11-30,3,A-1\n0043,苏伟,2020年12月,4,A-2\n";
    private const int Tries = 150;

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.HireAsync(office.Works, "马岚", "0042");
        await office.HireAsync(office.Works, "苏伟", "0043");
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task BrokenSheets_AreRefusedOrChecked_AndNeverFail()
    {
        var seed = Random.Shared.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var template = await office.TemplateAsync("officer", "type=skill-level-certificate");
        byte[][] whole = [Encoding.UTF8.GetBytes(Sheet), Encoding.Unicode.GetBytes("\uFEFF" + Sheet), template];

        for (var i = 0; i < Tries; i++)
        {
            var bytes = Broken(whole[i % whole.Length], random);

            var reply = await office.UploadAsync(
                "officer",
                bytes,
                i % 2 == 0 ? "sheet.csv" : "sheet.xlsx",
                ("type", "skill-level-certificate"),
                ("organization", $"{office.Works}")
            );

            Assert.That(reply.Status, Is.LessThan(500), $"seed {seed}, try {i}: {reply.Text}");
            Assert.That(
                reply.Status == 200 ? reply["state"] : "refused",
                Is.AnyOf("checked", "refused"),
                $"seed {seed}, try {i}: {reply.Text}"
            );
        }
    }

    [TestCase("kind", "people", "value-not-allowed")]
    [TestCase("type", "no-such-type", "unknown-type-name")]
    [TestCase("organization", "there", "not-well-formed")]
    [TestCase("organization", AccessOffice.Absent, "no-such-organization")]
    [TestCase("mapping", "[1]", "bad-mapping")]
    [TestCase("mapping", "{\"a\":1}", "bad-mapping")]
    [TestCase("mapping", "{\"级别\":\"no-such-column\"}", "mapping-code-unknown")]
    [TestCase("colour", "red", "unknown-field")]
    public async Task AFieldThatMakesNoSense_IsNamed(string field, string value, string code)
    {
        var reply = await office.UploadAsync("officer", Sheet, (field, value));

        Assert.That(reply.Status, Is.EqualTo(400).Or.EqualTo(422));
        Assert.That(reply.Code, Is.EqualTo(code));
    }

    [TestCase("kind", "milestones", "workers")]
    [TestCase("organization", AccessOffice.Absent, AccessOffice.Absent)]
    [TestCase("mapping", "{}", "{}")]
    public async Task AFieldGivenTwice_IsNamed(string field, string one, string other)
    {
        var reply = await office.UploadAsync("officer", Sheet, (field, one), (field, other));

        Assert.That((reply.Status, reply.Code), Is.EqualTo((400, "field-twice")));
        Assert.That(reply.Text, Does.Contain($"/{field}"));
    }

    [Test]
    public async Task AFormWithoutAFile_OrNoFormAtAll_IsRefused()
    {
        using var empty = new MultipartFormDataContent { { new StringContent("milestones"), "kind" } };
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        using var noBoundary = new ByteArrayContent([1, 2, 3]);
        noBoundary.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data");

        var withoutFile = await office.SendFormAsync("officer", "imports", empty);
        var noForm = await office.SendFormAsync("officer", "imports", json);
        var broken = await office.SendFormAsync("officer", "imports", noBoundary);

        Assert.That((withoutFile.Status, withoutFile.Code), Is.EqualTo((400, "field-missing")));
        Assert.That((noForm.Status, noForm.Code), Is.EqualTo((415, "not-multipart")));
        Assert.That((broken.Status, broken.Code), Is.EqualTo((400, "form-broken")));
    }

    [Test]
    public async Task AFileOverTheLimit_IsRefusedWithTheLimit()
    {
        var reply = await office.UploadAsync("officer", new byte[(50 << 20) + 1], "large.csv");

        Assert.That((reply.Status, reply.Code), Is.EqualTo((413, "file-too-large")));
        Assert.That(reply.Text, Does.Contain("50 MB"));
    }

    [TestCase(200_000, 202)]
    [TestCase(200_001, 400)]
    public async Task RowsBelowTheHeader_AreCounted_ToTheLimit(int rows, int status)
    {
        var sheet = new StringBuilder("某单位证书登记表\n工号,发生日期,等级,证书编号\n");
        for (var i = 0; i < rows; i++)
        {
            sheet.Append(null, $"9{i},2020-11-30,3,A\n");
        }
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(sheet.ToString()));
        using var form = new MultipartFormDataContent
        {
            { file, "file", "sheet.csv" },
            { new StringContent("milestones"), "kind" },
            { new StringContent("skill-level-certificate"), "type" },
        };

        var reply = await office.SendFormAsync("officer", "imports", form);

        Assert.That(reply.Status, Is.EqualTo(status), reply.Text);
        if (status == 202)
        {
            // Nobody waits for 200,000 rows here.
            (await office.SendAsync("officer", HttpMethod.Post, $"imports/{reply.Id}:cancel")).Expect(202);
        }
        else
        {
            Assert.That(reply.Text, Does.Contain("too-many-rows").And.Contain("200001"));
        }
    }

    private static byte[] Broken(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                for (var i = 0; i < 1 + random.Next(8); i++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
                return bytes;
            case 2:
                var at = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..], .. bytes[at..]];
            default:
                return [.. bytes[..(bytes.Length / 2)], .. new byte[random.Next(64)], .. bytes[(bytes.Length / 2)..]];
        }
    }
}

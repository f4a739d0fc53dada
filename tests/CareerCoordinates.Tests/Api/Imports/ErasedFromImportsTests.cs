using CareerCoordinates.Api.Erasures;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>An erasure takes the uploaded files that name the person along (design §5).</summary>
[BothEngines]
public class ErasedFromImportsTests(TestEngine engine)
{
    private const string Header = "工号,姓名,发生日期,等级,证书编号\n";

    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task FilesThatNameTheErased_AreGone_AndThoseOfOthersStay()
    {
        (string, string)[] certificates = [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];
        var su = await office.HireAsync(office.Works, "苏伟", "0043");
        var roster = await office.TakeInAsync(
            "姓名,工号,关系类型,入职日期\n马岚,0042,劳动合同,2015-03-01\n",
            [("kind", "workers"), ("organization", $"{office.Works}")]
        );
        var ma = await office.OnlyAsync("马岚");
        var written = await office.WriteSheetAsync("officer", Header + "0042,马岚,2020-11-30,3,A-1\n", certificates);
        var onlyChecked = await office.UploadAsync("officer", Header + "0042,马岚,2022-11-30,2,A-2\n", certificates);
        var ofOthers = await office.UploadAsync("officer", Header + "0043,苏伟,2020-11-30,3,A-3\n", certificates);

        await EraseWorker.RunAsync(office.Store, ma, "request 7");

        foreach (var gone in new[] { roster.Id, written.Id, onlyChecked.Id })
        {
            (await office.GetAsync("officer", $"imports/{gone}")).Expect(404);
            (await office.GetAsync("officer", $"imports/{gone}/result")).Expect(404);
        }
        (await office.GetAsync("officer", $"imports/{ofOthers.Id}/result")).Expect(200);
        Assert.That((await office.CommitAsync("officer", ofOthers.Id))["state"], Is.EqualTo("committed"));
        Assert.That((await office.GetAsync("officer", $"workers/{su}/milestones")).Items, Has.Length.EqualTo(1));
    }
}

using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>The example row of a template: with the name and number of somebody who is on record it is taken as it stands.</summary>
[BothEngines]
public class TemplateExampleTests(TestEngine engine)
{
    [Test]
    public async Task Example_OfEveryType_IsTaken_OfSomebodyOnRecord([Values("zh", "en")] string language)
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        await office.HireAsync(office.Works, "苏伟", "0043");

        var refused = new List<string>();
        foreach (var type in TestFrameworks.Chaoyang.MilestoneTypes.Values.Where(t => t.Enabled))
        {
            var template = (
                await office.AskAsync("officer", $"imports/template?type={type.Code}&format=csv", "*/*", language)
            ).Expect(200);
            var lines = template.Text.Split("\r\n");
            // Only the person is invented: he is found by his staff number, in the first column.
            lines[1] =
                "0043"
                + lines[1].Replace("马岚", "苏伟", StringComparison.Ordinal).Replace("CY-000123", "", StringComparison.Ordinal);
            var looked = await office.UploadAsync(
                "officer",
                string.Join("\r\n", lines),
                ("type", type.Code),
                ("organization", $"{office.Works}")
            );
            if (looked.Counts() != "checked 1 new, 0 changed, 0 same, 0 refused")
            {
                refused.Add($"{type.Code}: {looked.Text}");
            }
        }

        Assert.That(refused, Is.Empty);
    }

    [Test]
    public async Task Example_FitsTheMeaningOfItsColumns()
    {
        await using var office = await AccessOffice.OpenAsync(engine);

        var zh = await office.AskAsync("officer", "imports/template?type=craft-class&format=csv", "*/*", "zh");
        var en = await office.AskAsync("officer", "imports/template?type=craft-class&format=csv", "*/*", "en");

        Assert.That(zh.Text, Does.Contain("主题示例,8,"));
        Assert.That(en.Text, Does.Contain("example of a topic,8,"));
    }
}

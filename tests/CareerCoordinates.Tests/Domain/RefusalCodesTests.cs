using System.Reflection;
using System.Text.RegularExpressions;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Tests.Domain;

/// <summary>Rules about all refusals and warnings at once.</summary>
public class RefusalCodesTests
{
    private static readonly (string Where, string Code, string En, string Zh)[] All =
    [
        .. from field in Fields()
        let value = field.GetValue(null)
        let texts = value switch
        {
            RefusalCode r => (r.Code, r.En, r.Zh),
            WarningCode w => (w.Code, w.En, w.Zh),
            _ => default,
        }
        where texts.Code is not null
        select ($"{field.DeclaringType!.Name}.{field.Name}", texts.Code, texts.En, texts.Zh),
    ];

    [Test]
    public void Codes_are_kebab_case() => Assert.That(All.Where(c => !Regex.IsMatch(c.Code, "^[a-z]+(-[a-z]+)*$")), Is.Empty);

    [Test]
    public void Each_text_is_in_its_language() =>
        Assert.That(
            All.Where(c => Regex.IsMatch(c.En, @"[\u4e00-\u9fff]") || !Regex.IsMatch(c.Zh, @"[\u4e00-\u9fff]")),
            Is.Empty
        );

    [Test]
    public void English_texts_are_sentences() =>
        Assert.That(All.Where(c => !c.En.EndsWith('.') || !c.Zh.EndsWith('。')), Is.Empty);

    [Test]
    public void Chinese_texts_take_no_argument_that_English_ones_lack() =>
        Assert.That(All.Where(c => Placeholders(c.Zh).Except(Placeholders(c.En)).Any()), Is.Empty);

    [Test]
    public void A_code_has_one_kind()
    {
        var kinds = Fields().Select(f => f.GetValue(null)).OfType<RefusalCode>().GroupBy(c => c.Code);
        Assert.That(kinds.Where(g => g.Select(c => c.Kind).Distinct().Count() > 1).Select(g => g.Key), Is.Empty);
    }

    private static IEnumerable<FieldInfo> Fields() =>
        typeof(RefusalCode)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(f => f.FieldType == typeof(RefusalCode) || f.FieldType == typeof(WarningCode));

    private static IEnumerable<string> Placeholders(string text) =>
        Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct();
}

using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Api.Reports;

public sealed class TimeWordsTests
{
    private static readonly ProtectedPoint Year1 = new(0, 1, 200, 20, 0.9);
    private static readonly ProtectedPoint Years2To5 = new(1, 5, 150, 40, 0.66);
    private static readonly ProtectedPoint Years6To15 = new(5, 15, 60, 12, 0.5);
    private static readonly ProtectedPoint Year16 = new(15, 16, 40, 11, 0.36);
    private static readonly ProtectedPoint Years1To10 = new(0, 10, 200, 33, 0.8);

    private static IEnumerable<TestCaseData> Curves() =>
        [
            new TestCaseData(Array.Empty<ProtectedPoint>(), "Too few to say.", "人数太少，无法说明。").SetArgDisplayNames("none"),
            new TestCaseData(
                new[] { Year1, Years2To5 },
                "About 34% of them reached technician in the time looked at (those still on their way are counted).",
                "所观察的时间内约 34% 的人达到“technician”（仍在途中的人计入）。"
            ).SetArgDisplayNames("narrow"),
            new TestCaseData(
                new[] { Years1To10 },
                "About 33 of them reached technician within 10 years; too few a year to say which share.",
                "约 33 人在 10 年内达到“technician”；各年人数太少，不说明比例。"
            ).SetArgDisplayNames("wide"),
            new TestCaseData(
                new[] { Year1, Years2To5, Years6To15 },
                "About 34% of them reached technician within 5 years (those still on their way are counted), and about 12 more by year 15: too few a year to say which share.",
                "约 34% 的人在 5 年内达到“technician”（仍在途中的人计入）；此后至第 15 年又有约 12 人，各年人数太少，不说明比例。"
            ).SetArgDisplayNames("narrow, wide"),
            // After a wide step no share is told, however narrow what follows.
            new TestCaseData(
                new[] { Year1, Years2To5, Years6To15, Year16 },
                "About 34% of them reached technician within 5 years (those still on their way are counted), and about 23 more by year 16: too few a year to say which share.",
                "约 34% 的人在 5 年内达到“technician”（仍在途中的人计入）；此后至第 16 年又有约 23 人，各年人数太少，不说明比例。"
            ).SetArgDisplayNames("narrow, wide, narrow"),
        ];

    [TestCaseSource(nameof(Curves))]
    public void OfProtected_TellsAShareAsFarAsNoStepIsWide(ProtectedPoint[] curve, string english, string chinese)
    {
        var found = new ProtectedSurvival(new(200, 30), new(84, 10), new(null, 10), curve);
        Assert.Multiple(() =>
        {
            Assert.That(TimeWords.OfProtected(found, "technician", Language.En), Is.EqualTo(english));
            Assert.That(TimeWords.OfProtected(found, "technician", Language.Zh), Is.EqualTo(chinese));
        });
    }

    [TestCase(4.25, 0.3, "Half of them reached technician within 4.3 years (those still on their way are counted).")]
    [TestCase(null, 0.82, "About 18% of them reached technician in the time looked at (those still on their way are counted).")]
    [TestCase(null, null, "Too few to say.")]
    public void Of_TellsTheMedianWhereThereIsOne(double? median, double? left, string words) =>
        Assert.That(TimeWords.Of(median, left, "technician", Language.En), Is.EqualTo(words));
}

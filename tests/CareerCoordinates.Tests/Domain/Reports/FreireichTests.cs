using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>
/// Weeks in remission of 42 children with acute leukaemia: Freireich et al., Blood 21 (1963) 699–716, as given and worked
/// out by Gehan (1965), Cox and Oakes (1984) and Kleinbaum and Klein (Survival Analysis, chapter 2).
/// </summary>
public sealed class FreireichTests
{
    private static readonly Tally[] Treated =
    [
        .. new[] { 6, 6, 6, 7, 10, 13, 16, 22, 23 }.Select(week => new Tally(week, 1, 0)),
        .. new[] { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 }.Select(week => new Tally(week, 0, 1)),
    ];

    private static readonly Tally[] Control =
    [
        .. new[] { 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23 }.Select(week => new Tally(week, 1, 0)),
    ];

    [Test]
    public void Treated_FollowsThePublishedCurve()
    {
        var treated = KaplanMeier.Of(Treated);

        Assert.That((treated.Workers, treated.Events), Is.EqualTo((21, 9)));
        Assert.That(
            treated.Curve.Select(point => (point.Time, point.AtRisk, point.Events, Math.Round(point.Survival, 4))),
            Is.EqualTo([
                (6, 21, 3, 0.8571),
                (7, 17, 1, 0.8067),
                (10, 15, 1, 0.7529),
                (13, 12, 1, 0.6902),
                (16, 11, 1, 0.6275),
                (22, 7, 1, 0.5378),
                (23, 6, 1, 0.4482),
            ])
        );
        Assert.That((treated.LowerQuartile, treated.Median, treated.UpperQuartile), Is.EqualTo((13.0, 23.0, (double?)null)));
    }

    [Test]
    public void Control_FollowsThePublishedCurve()
    {
        var control = KaplanMeier.Of(Control);

        Assert.That((control.Workers, control.Events), Is.EqualTo((21, 21)));
        Assert.That(
            control.Curve.Select(point => (point.Time, Math.Round(point.Survival, 4))),
            Is.EqualTo([
                (1, 0.9048),
                (2, 0.8095),
                (3, 0.7619),
                (4, 0.6667),
                (5, 0.5714),
                (8, 0.3810),
                (11, 0.2857),
                (12, 0.1905),
                (15, 0.1429),
                (17, 0.0952),
                (22, 0.0476),
                (23, 0.0),
            ])
        );
        Assert.That((control.LowerQuartile, control.Median, control.UpperQuartile), Is.EqualTo((4.0, 8.0, 12.0)));
        Assert.That(control.Curve[^1], Is.EqualTo(new CurvePoint(23, 1, 1, 0, null, null)));
    }

    [Test]
    public void LogRank_IsThePublishedOne()
    {
        var test = LogRank.Between([Treated, Control])!;

        Assert.That(test.ChiSquare, Is.EqualTo(16.79).Within(0.005));
        Assert.That(test.DegreesOfFreedom, Is.EqualTo(1));
        Assert.That(test.P, Is.EqualTo(4.17e-5).Within(0.005e-5));
    }
}

using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

public class EnteredFigureRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    /// <summary>The first day of the organisation.</summary>
    private static readonly DateOnly Begun = new(1899, 12, 31);

    private static readonly EnteredFigureContent Calls = new(
        Guid.NewGuid(),
        "hotline-calls",
        "taken",
        new ReportingYear(YearKind.Calendar, 2025),
        1286,
        "12351热线平台2025年度统计表"
    );

    private static readonly EnteredFigureContent Funds = Calls with { Indicator = "special-funds", Figure = "funds" };

    [Test]
    public void What_fits_is_kept_in_its_plain_form()
    {
        var kept = EnteredFigureRules
            .Check(TestFrameworks.Chaoyang, Funds with { Number = 2680000.50m, Source = "  决算 " }, Today, Begun)
            .Value;

        Assert.That(kept, Is.EqualTo(Funds with { Number = 2680000.5m, Source = "决算" }));
        Assert.That(kept.Number.Scale, Is.EqualTo(1), "as the store gives it back");
        Assert.That(EnteredFigureContent.OfMillionths(kept.Millionths), Is.EqualTo(kept.Number));
    }

    [TestCase("hotline-calls", "taken", "")]
    [TestCase("hotline-calls", "answered", "")]
    [TestCase("hotline-calls", "funds", "/figure unknown-figure")]
    [TestCase("hotline-calls", "", "/figure unknown-figure")]
    [TestCase("hotline", "taken", "/indicator unknown-indicator")]
    [TestCase("workers-total", "workers", "/indicator indicator-computed")]
    public void The_indicator_is_one_that_is_entered_and_the_figure_one_of_its_own(
        string indicator,
        string figure,
        string faults
    ) => Assert.That(Faults(Calls with { Indicator = indicator, Figure = figure }), Is.EqualTo(faults));

    [Test]
    public void Refusals_name_what_may_be_entered()
    {
        var computed = EnteredFigureRules.Check(
            TestFrameworks.Chaoyang,
            Calls with
            {
                Indicator = "workers-total",
            },
            Today,
            Begun
        );
        var figure = EnteredFigureRules.Check(TestFrameworks.Chaoyang, Calls with { Figure = "lost" }, Today, Begun);

        Assert.That(computed.Refusals.Single().En, Does.Contain("'workers' (workers-total)").And.Contain("hotline-calls"));
        Assert.That(computed.Refusals.Single().Zh, Does.Contain("职工人数").And.Contain("hotline-calls"));
        Assert.That(figure.Refusals.Single().En, Does.Contain("'lost'").And.Contain("taken, answered"));
    }

    [TestCase(YearKind.Calendar, 1899, "/year year-out-of-range")]
    [TestCase(YearKind.Calendar, 1900, "")]
    [TestCase(YearKind.October, 1900, "")]
    [TestCase(YearKind.Calendar, 2026, "")]
    [TestCase(YearKind.Calendar, 2027, "/year year-not-begun")]
    [TestCase(YearKind.October, 2027, "")]
    [TestCase(YearKind.October, 2028, "/year year-not-begun")]
    [TestCase(YearKind.Calendar, 2201, "/year year-out-of-range")]
    [TestCase(YearKind.October, int.MinValue, "/year year-out-of-range")]
    public void The_year_is_on_this_record_and_has_begun(YearKind kind, int year, string faults) =>
        Assert.That(Faults(Calls with { Year = new(kind, year) }), Is.EqualTo(faults));

    [TestCase(YearKind.Calendar, "2025-12-31", "")]
    [TestCase(YearKind.Calendar, "2026-01-01", "/year organization-not-begun")]
    [TestCase(YearKind.October, "2025-09-30", "")]
    [TestCase(YearKind.October, "2025-10-01", "/year organization-not-begun")]
    public void The_organisation_stands_on_the_last_day_of_the_year(YearKind kind, string firstDay, string faults)
    {
        var content = Calls with { Year = new(kind, 2025) };
        var check = EnteredFigureRules.Check(TestFrameworks.Chaoyang, content, Today, DateOnly.Parse(firstDay));

        Assert.That(Texts.Faults(check), Is.EqualTo(faults));
    }

    [TestCase("0", "")]
    [TestCase("-0.0", "")]
    [TestCase("12.0", "")]
    [TestCase("12.5", "/number entered-number-not-whole")]
    [TestCase("-1", "/number entered-number-out-of-range")]
    [TestCase("1000000000000", "")]
    [TestCase("1000000000001", "/number entered-number-out-of-range")]
    [TestCase("79228162514264337593543950335", "/number entered-number-out-of-range")]
    public void Whole_things_are_counted_whole(string number, string faults) =>
        Assert.That(Faults(Calls with { Number = Read(number) }), Is.EqualTo(faults));

    [TestCase("88600.25", "")]
    [TestCase("88600.250", "")]
    [TestCase("88600.255", "/number entered-number-too-fine")]
    [TestCase("0.0000000001", "/number entered-number-too-fine")]
    public void Money_has_two_decimals(string number, string faults) =>
        Assert.That(Faults(Funds with { Number = Read(number) }), Is.EqualTo(faults));

    [TestCase("", "/source text-required")]
    [TestCase(" \u200b", "/source text-required")]
    [TestCase("报表\u0007", "/source control-character")]
    [TestCase("经办人 11010519000101001X", "/source id-number-elsewhere")]
    public void The_source_is_said_and_names_no_id_number(string source, string faults) =>
        Assert.That(Faults(Calls with { Source = source }), Is.EqualTo(faults));

    [Test]
    public void A_source_has_a_length()
    {
        Assert.That(Faults(Calls with { Source = new string('表', Limits.EnteredSource) }), Is.Empty);
        Assert.That(
            Faults(Calls with { Source = new string('表', Limits.EnteredSource + 1) }),
            Is.EqualTo("/source text-too-long")
        );
    }

    [Test]
    public void All_faults_are_told_at_once() =>
        Assert.That(
            Faults(Calls with { Figure = "lost", Year = new(YearKind.Calendar, 2050), Source = "" }),
            Is.EqualTo("/figure unknown-figure, /year year-not-begun, /source text-required")
        );

    [TestCase(YearKind.Calendar, "2025-01-01", "2025-12-31")]
    [TestCase(YearKind.October, "2024-10-01", "2025-09-30")]
    public void A_reporting_year_has_its_days(YearKind kind, string first, string last)
    {
        var year = new ReportingYear(kind, 2025);

        Assert.That((Days.Iso(year.FirstDay), Days.Iso(year.LastDay)), Is.EqualTo((first, last)));
    }

    private static decimal Read(string number) => decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);

    private static string Faults(EnteredFigureContent content) =>
        string.Join(
            ", ",
            EnteredFigureRules
                .Check(TestFrameworks.Chaoyang, content, Today, Begun)
                .Refusals.Select(r => $"{r.Pointer} {r.Code.Code}")
        );
}

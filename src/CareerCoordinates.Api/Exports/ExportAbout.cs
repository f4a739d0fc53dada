using System.Globalization;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Exports;

/// <summary>The last sheet of a workbook: who took it when, the whole question, both clocks, the framework.</summary>
internal static class ExportAbout
{
    public static Sheet Of(string name, ExportDesk desk, Language language)
    {
        var (clocks, framework) = (desk.Clocks, desk.Clocks.Framework);
        var names = new ReportNames(framework, desk.NameOf, desk.Question, language);
        var rows = new List<IReadOnlyList<object?>>();
        Say(new("导出", "export"), name);
        Say(new("导出账号", "taken by"), desk.Me.Name);
        Say(new("导出时间", "taken at"), Instant.From(desk.Store.Clock.Time.GetUtcNow()));
        foreach (var (parameter, value) in desk.Question)
        {
            Say(AboutSheet.LabelOf(parameter), AboutSheet.Value(parameter, value), Meaning(parameter, value));
        }
        // In words: of a flag LibreOffice makes a formula.
        Say(AboutSheet.Closed, names.Of(clocks.KnownAtClosed ? ExportWords.Yes : ExportWords.No));
        Say(
            AboutSheet.Framework,
            string.Create(CultureInfo.InvariantCulture, $"{framework.Code} {framework.Version}"),
            names.Of(framework.Name)
        );
        Say(AboutSheet.Disclaimer, names.Of(framework.Disclaimer));
        Say(AboutSheet.UseLimit, names.Of(framework.UseLimit));
        return AboutSheet.Of(names, rows);

        void Say(Name label, object? value, string meaning = "") =>
            rows.Add([names.Of(label), value, meaning.Length == 0 ? null : meaning]);

        string Meaning(string parameter, string value) =>
            parameter == "state" && Codes<MilestoneState>.TryParse(value, out var state)
                ? names.Of(ExportWords.Of(state))
                : names.NameOf(parameter, value);
    }
}

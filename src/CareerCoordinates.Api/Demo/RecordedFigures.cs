using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>Plays what the demo's organisations entered through the rules of the domain.</summary>
internal static class RecordedFigures
{
    /// <exception cref="DemoDataException">A rule refuses one.</exception>
    public static IReadOnlyList<IReadOnlyList<Revision<EnteredFigureContent>>> Record(
        Framework framework,
        IReadOnlyList<ScriptedFigure> figures,
        RecordedTree tree,
        ulong seed
    )
    {
        var random = new Prng(seed, ulong.MaxValue - 2);
        var firstDays = tree
            .Revisions.GroupBy(r => r.Id)
            .ToDictionary(revisions => revisions.Key, revisions => OrganizationHistory.FirstDay([.. revisions]));
        var entered = new HashSet<(Guid, string, string, ReportingYear)>();
        var histories = new List<IReadOnlyList<Revision<EnteredFigureContent>>>(figures.Count);
        foreach (var scripted in figures)
        {
            var content = Check(Content(scripted), scripted.Recorded);
            if (!entered.Add((content.OrganizationId, content.Indicator, content.Figure, content.Year)))
            {
                throw new DemoDataException($"{Said(content)} is entered twice for {scripted.Organization}.");
            }
            var at = LifeRecorder.InOfficeHours(framework, scripted.Recorded, ref random);
            var id = DemoIds.New(at, ref random);
            var revisions = new List<Revision<EnteredFigureContent>>
            {
                new(id, 1, false, content, null, at, DemoAccounts.Recorder),
            };
            foreach (var correction in scripted.Corrections ?? [])
            {
                content = Check(content with { Number = correction.Number, Source = correction.Source }, correction.On);
                at = LifeRecorder.InOfficeHours(framework, correction.On, ref random);
                revisions.Add(revisions[^1].Next(content, correction.Reason, at, DemoAccounts.Recorder));
                revisions[^2] = revisions[^2] with { SupersededAt = at };
            }
            histories.Add(revisions);
        }
        return histories;

        EnteredFigureContent Content(ScriptedFigure f) =>
            !tree.Ids.TryGetValue(f.Organization, out var organization)
                ? throw new DemoDataException($"There is no organisation '{f.Organization}' to enter {f.Indicator}.")
            : !Codes<YearKind>.TryParse(f.YearKind, out var kind)
                ? throw new DemoDataException($"{f.Indicator}: there is no kind of year '{f.YearKind}'.")
            : new(organization, f.Indicator, f.Figure, new ReportingYear(kind, f.Year), f.Number, f.Source);

        EnteredFigureContent Check(EnteredFigureContent content, DateOnly day)
        {
            var outcome = EnteredFigureRules.Check(framework, content, day, firstDays[content.OrganizationId]);
            return outcome.IsRefused
                ? throw new DemoDataException($"{Said(content)}: " + DemoDataException.Say(outcome.Refusals))
                : outcome.Value;
        }
    }

    private static string Said(EnteredFigureContent content) =>
        $"{content.Indicator} {content.Figure} of {Codes<YearKind>.Of(content.Year.Kind)} {content.Year.Number}";
}

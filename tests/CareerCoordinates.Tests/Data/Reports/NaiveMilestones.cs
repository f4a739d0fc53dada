using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>
/// Milestones and figures counted the slow way: every record read whole, every rule written down again. What the reports say must
/// be the same.
/// </summary>
internal sealed class NaiveMilestones
{
    private readonly Framework framework;
    private readonly Instant knownAt;
    private readonly Guid? root;
    private readonly Dictionary<Guid, IReadOnlyList<Revision<OrganizationContent>>> organizations;
    private readonly List<(Guid Id, WorkerView View)> workers;

    /// <param name="root">Of the subtree that counts; null for the whole tree.</param>
    public NaiveMilestones(CareerStore store, Framework framework, Instant knownAt, Guid? root)
    {
        (this.framework, this.knownAt, this.root) = (framework, knownAt, root);
        (organizations, workers) = store.Reader.InSnapshot(c =>
        {
            var places = c.Prepared("SELECT DISTINCT organization_id FROM organization_revisions")
                .Read(c.Transaction, r => r.Id());
            var people = c.Prepared("SELECT DISTINCT worker_id FROM worker_revisions").Read(c.Transaction, r => r.Id());
            return (
                places.ToDictionary(id => id, id => c.ReadOrganization(id)),
                people
                    .Select(id => (id, View: c.ReadWorker(id)!.At(knownAt)!))
                    .Where(w => w.View is { Worker.Voided: false })
                    .ToList()
            );
        });
    }

    /// <summary>Each row as <c>codes: milestones of workers, sum</c>.</summary>
    public IEnumerable<string> Count(DateOnly from, DateOnly to, Func<CountingMilestone, Guid, string> codes, string? sum) =>
        workers
            .SelectMany(w => w.View.Counting.Select(m => (w.Id, Milestone: m, Place: PlaceOn(w.View, m.OccurredOn.Last))))
            .Where(m => m.Place is not null && from <= m.Milestone.OccurredOn.Last && m.Milestone.OccurredOn.Last <= to)
            .GroupBy(m => codes(m.Milestone, m.Place!.Content.OrganizationId!.Value))
            .Select(g => Text(g.Key, g.Count(), g.Select(m => m.Id).Distinct().Count(), g.Sum(m => NumberOf(m.Milestone, sum))))
            .Order(StringComparer.Ordinal);

    public static string Text(string codes, decimal milestones, int workers, decimal sum) =>
        FormattableString.Invariant($"{codes}: {milestones:0.######} of {workers}, {sum:0.######}");

    /// <summary>The organisation of this kind, itself or above; <c>none</c> where there is none.</summary>
    public string Above(Guid organization, OrganizationKind kind, DateOnly day)
    {
        for (Guid? id = organization; id is { } place; id = On(place, day)?.ParentId)
        {
            if (On(place, day)?.Kind == kind)
            {
                return place.ToString();
            }
        }
        return "none";
    }

    /// <summary>Each figure that is no share, and each row of it that is not 0, as <c>indicator/figure row: number of workers</c>.</summary>
    public IEnumerable<string> Figures(ReportPeriod year) =>
        framework.Indicators.SelectMany(i => i.Figures.SelectMany(f => Figure(i, f, year))).Order(StringComparer.Ordinal);

    private IEnumerable<string> Figure(Indicator indicator, Figure figure, ReportPeriod year)
    {
        var name = indicator.Code + "/" + figure.Code;
        if (figure.Measure is FigureMeasure.Share)
        {
            return [];
        }
        if (figure.Measure is FigureMeasure.CountOrganizations)
        {
            var count = organizations.Keys.Count(id =>
                IsInside(id, year.Last)
                && organizations[id].Min(r => r.Content.From) <= year.Last
                && figure.Where.All(t => Holds(t, null, id, null, year.Last))
            );
            return [FormattableString.Invariant($"{name} : {count} of 0, most 0")];
        }
        var facts = figure.Milestones is { } selection
            ? workers.SelectMany(w =>
                w.View.Counting.Where(m =>
                        (selection.Type ?? m.Type) == m.Type
                        && (selection.Kind ?? framework.MilestoneTypes[m.Type].Kind) == framework.MilestoneTypes[m.Type].Kind
                        && (
                            selection.InForce
                                ? m.InForce.Contains(year.Last)
                                : year.First <= m.OccurredOn.Last && m.OccurredOn.Last <= year.Last
                        )
                    )
                    .Select(m => (w, Milestone: (CountingMilestone?)m, Day: selection.InForce ? year.Last : m.OccurredOn.Last))
            )
            : workers.Select(w => (w, Milestone: (CountingMilestone?)null, Day: year.Last));
        var counted = facts
            .Where(f => PlaceOn(f.w.View, f.Day) is not null)
            .Where(f => figure.Where.All(t => Holds(t, f.w.View, null, f.Milestone, f.Day)))
            .Select(f => (f.w.Id, f.Milestone, Rung: figure.Rung is { } rung ? RungOn(f.w.View, rung.Rung.Channel, f.Day) : null))
            .Where(f =>
                figure.Rung is not { } rung
                || (rung.OrHigher ? f.Rung?.Order >= rung.Rung.Order : f.Rung?.Order == rung.Rung.Order)
            )
            .Where(f => figure.Measure is not FigureMeasure.Sum sum || f.Milestone!.Attributes.TryGet(sum.Attribute, out _))
            .ToList();
        var rows = counted
            .Select(f => (RowCode: "", f))
            .Concat(counted.Where(_ => figure.By is not null).Select(f => (RowCode: Code(f), f)));
        return rows.GroupBy(r => r.RowCode, r => r.f)
            .Select(g =>
                (
                    Code: g.Key,
                    Number: Number(g),
                    Largest: g.GroupBy(f => f.Id).Max(own => Largest(own, g)),
                    Workers: g.Select(f => f.Id).Distinct().Count()
                )
            )
            .Select(r =>
                FormattableString.Invariant($"{name} {r.Code}: {r.Number:0.######} of {r.Workers}, most {r.Largest:0.######}")
            )
            .DefaultIfEmpty($"{name} : 0 of 0, most 0");

        string Code((Guid Id, CountingMilestone? Milestone, Rung? Rung) f) =>
            figure.By!.Kind switch
            {
                FigureGroupingKind.Rung => f.Rung!.Code,
                FigureGroupingKind.MilestoneType => f.Milestone!.Type,
                _ => f.Milestone!.Attributes.TryGet(figure.By.Attribute!, out var value) ? value.ToString() : "none",
            };

        // What would not be there without him, where several have a part in a thing.
        decimal Largest(
            IEnumerable<(Guid Id, CountingMilestone? Milestone, Rung? Rung)> own,
            IEnumerable<(Guid Id, CountingMilestone? Milestone, Rung? Rung)> all
        ) =>
            figure.Measure is FigureMeasure.CountDistinct
                ? Number(all) - Number(all.Where(f => f.Id != own.First().Id))
                : Math.Abs(Number(own));

        decimal Number(IEnumerable<(Guid Id, CountingMilestone? Milestone, Rung? Rung)> group) =>
            figure.Measure switch
            {
                FigureMeasure.CountWorkers => group.Select(f => f.Id).Distinct().Count(),
                FigureMeasure.CountMilestones => group.Count(),
                FigureMeasure.Sum sum => group.Sum(f => NumberOf(f.Milestone!, sum.Attribute)),
                FigureMeasure.CountDistinct distinct => group
                    .Select(f => string.Join('|', distinct.Keys.Select(k => Key(k, f.Milestone!))))
                    .Distinct()
                    .Count(),
                _ => throw new InvalidOperationException(),
            };
    }

    private static string Key(string key, CountingMilestone milestone) =>
        key == FigureMeasure.OccurredOnKey ? milestone.OccurredOn.ToString()
        : milestone.Attributes.TryGet(key, out var value) ? "=" + value
        : "";

    private static decimal NumberOf(CountingMilestone milestone, string? attribute) =>
        attribute is not null && milestone.Attributes.TryGet(attribute, out var value) && value.IsNumber ? value.Number : 0;

    private bool Holds(FigureTest test, WorkerView? view, Guid? organization, CountingMilestone? milestone, DateOnly day)
    {
        var place = view is null ? null : PlaceOn(view, day);
        var at = On(organization ?? place!.Content.OrganizationId!.Value, day)!;
        var section = at.IndustryCode?[..1];
        AttributeValue? found = (test.Subject, test.Test.Attribute) switch
        {
            (FigureSubject.Attribute, var code) => milestone!.Attributes.TryGet(code, out var value) ? value : null,
            (FigureSubject.Organization, "kind") => AttributeValue.Of(Codes<OrganizationKind>.Of(at.Kind)),
            (FigureSubject.Organization, "industrySection") => section is null ? null : AttributeValue.Of(section),
            (FigureSubject.Worker, "gender") => view!.Worker.Content.Gender is { } gender ? AttributeValue.Of(gender) : null,
            (FigureSubject.Worker, "migrantWorker") => view!.Worker.Content.MigrantWorker is { } is_
                ? AttributeValue.Of(is_)
                : null,
            (FigureSubject.Worker, "employmentForm") => place!.Content.EmploymentForm is { } form
                ? AttributeValue.Of(form)
                : null,
            (FigureSubject.Worker, "industrialWorker") => section is null
                ? null
                : AttributeValue.Of(framework.IndustrialWorkerSections.Contains(section)),
            _ => throw new InvalidOperationException(),
        };
        return found is { } known && test.Test.Holds(known);
    }

    private Rung? RungOn(WorkerView view, string channel, DateOnly day)
    {
        var coordinate = CareerGrid.CoordinateOn(framework, view.Worker.Content.CareerStart, view.Counting, day);
        return coordinate.Channels.Single(c => c.Channel.Code == channel).Rung;
    }

    private Affiliation? PlaceOn(WorkerView view, DateOnly day) =>
        PrimaryAffiliation.On([.. view.Affiliations.Where(a => a.Content.OrganizationId is { } id && IsInside(id, day))], day);

    private bool IsInside(Guid organization, DateOnly day)
    {
        if (On(organization, day) is null)
        {
            return false;
        }
        Guid? id = organization;
        while (id is { } place && place != root && On(place, day) is { } content)
        {
            id = content.ParentId;
        }
        return root is null || id == root;
    }

    private OrganizationContent? On(Guid organization, DateOnly day) =>
        OrganizationHistory.On(organizations[organization], day, knownAt) is { Voided: false } known ? known.Content : null;
}

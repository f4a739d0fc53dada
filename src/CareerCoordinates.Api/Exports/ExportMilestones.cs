using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.Milestones;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Exports;

/// <summary>The milestones of those at an organisation or below it.</summary>
public sealed record MilestonesExport(Guid? Organization, MilestoneFilter Filter, Clocks Clocks, SheetForm? Format)
    : IQuery<MilestonesExport>
{
    public static MilestonesExport Read(QueryReader query) =>
        new(
            query.Id("organization", "Of workers with an affiliation in force at this organisation or below it."),
            MilestoneFilter.Read(query),
            query.Clocks(),
            ExportCall.ReadForm(query)
        );

    public WorkerFilter Workers => new(Organization, null, null, null, null, Voided: false);
}

/// <summary>
/// Milestones, a row each: of each worker those that his own list would show the caller, in its order, under the headers of an import of
/// milestones, so that the file can be sent back as one.
/// </summary>
public static class ExportMilestones
{
    public static async Task<Results<ExportAnswer, Problem>> Handle(Query<MilestonesExport> query, ExportCall call)
    {
        var asked = query.Value;
        var opened = await ExportDesk.OpenAsync(
            call,
            asked.Workers,
            asked.Clocks,
            asked.Format,
            framework => asked.Filter.Faults(framework, call.Store.Frameworks)
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        IReadOnlyCollection<string> types = asked.Filter.Type is { } type ? [type] : await TypesAsync(desk, asked.Filter.Kind);
        return new ExportAnswer(
            "milestones",
            desk,
            ExportTable.Of(
                desk,
                WorkerParts.WithContests,
                new MilestoneSheet(desk, types).Columns,
                (connection, worker) => Of(desk, asked.Filter, connection, worker),
                (workers, context) =>
                    asked.Filter.Type is { } only
                        ? workers.Where(w => context.Milestones.Any(m => m.WorkerId == w.WorkerId && m.Type == only))
                        : workers
            )
        );
    }

    /// <summary>The types of which a row may come, as far as it is known before the first: for their attributes there are columns.</summary>
    private static async Task<List<string>> TypesAsync(ExportDesk desk, string? kind)
    {
        await using var context = desk.Store.Read();
        // Worker by worker: those of a unit are few among all who have milestones.
        var types = await desk.Workers(context)
            .Join(context.Milestones.KnownAt(desk.Clocks.KnownAt), w => w.WorkerId, m => m.WorkerId, (_, m) => m)
            .SeenBy(desk.Me, desk.Store, context, desk.Clocks.Today)
            .Select(m => m.Type)
            .Distinct()
            .ToListAsync();
        return kind is null
            ? types
            : [.. types.Where(t => desk.Clocks.Framework.MilestoneTypes.GetValueOrDefault(t)?.Kind == kind)];
    }

    private static IEnumerable<ExportedMilestone> Of(
        ExportDesk desk,
        MilestoneFilter filter,
        RecordConnection connection,
        ExportedWorker worker
    )
    {
        var record = worker.Record;
        var hidden = desk.Me.HiddenTypes(connection, record.Id, desk.Clocks.Today, record.AffiliationRevisions);
        var shelf = MilestoneShelf.At(record.Without(hidden), desk.Clocks.Framework, desk.Clocks.KnownAt)!;
        var found = shelf.Milestones.Where(m => filter.Has(m, desk.Clocks)).ToList();
        found.Sort(ListMilestones.InOrderOfLife);
        return shelf
            .Show(found)
            .Zip(found, (body, m) => new ExportedMilestone(worker, body, MilestoneFilter.IsInForce(m, desk.Clocks.AsOf)));
    }
}

/// <param name="Body">As a list gives it.</param>
/// <param name="IsInForce">On the day <c>asOf</c>.</param>
internal sealed record ExportedMilestone(ExportedWorker Worker, MilestoneBody Body, bool IsInForce);

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Milestones;

/// <summary>Which milestones of all workers are asked for.</summary>
public sealed record MilestoneInbox(
    MilestoneState? State,
    string? Type,
    Guid? Organization,
    Guid? Import,
    bool? Contested,
    DateOnly? UntilFrom,
    DateOnly? UntilTo,
    Clocks Clocks,
    PageWish Page
) : IQuery<MilestoneInbox>
{
    public static MilestoneInbox Read(QueryReader query) =>
        new(
            query.OneOf<MilestoneState>(
                "state",
                "Only those whose newest revision has this state; else all that are not voided, and of the contested those too."
            ),
            query.Text("type", "Only of this milestone type."),
            query.Id("organization", "Only of workers with an affiliation in force at this organisation or below it."),
            query.Id("import", "Only what this import recorded; known for 30 days."),
            query.Flag("contested", "`true`: only those with an objection that awaits an answer; `false`: only the others."),
            query.Day("untilFrom", "Only those that run out, by their `until`, on this day or later.", "2026-12-01"),
            query.Day("untilTo", "Only those that run out, by their `until`, on this day or earlier.", "2027-02-28"),
            query.Clocks(),
            query.Page()
        );
}

public static class ListInbox
{
    // As literals in the query: the database then finds its index of what is not verified.
    private const string Verified = "verified";
    private const string Voided = "voided";
    private const string Objection = "contested";

    private sealed record Place(Guid WorkerId, Guid MilestoneId);

    public static async Task<Results<Page<MilestoneBody>, Problem>> Handle(
        Query<MilestoneInbox> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        var asked = query.Value;
        var resolved = await asked.Clocks.OnAsync(store, asked.Page.Cursor);
        if (resolved.IsRefused)
        {
            return Problem.Of(resolved.Refusals);
        }
        var clocks = resolved.Value;
        if (asked.Type is { } type && MilestoneFilter.UnknownType(type, store.Frameworks) is { } unknown)
        {
            return Problem.Of(unknown);
        }
        if (asked.Organization is { } place && !me.Knows(store, place))
        {
            return Problem.Of(new Refusal(RequestRefusals.NoSuchOrganization, "?organization", place));
        }
        if (asked is { UntilFrom: { } first, UntilTo: { } last } && first > last)
        {
            return Problem.Of(new Refusal(RequestRefusals.FromAfterTo, "?untilFrom", Days.Iso(first), Days.Iso(last)));
        }
        await using var context = store.Read();
        var rows = ByState(KnownTo(context, asked, clocks), asked.State, asked.Contested == true);
        rows = ByUntil(ByContest(rows, context, asked.Contested, clocks), asked);
        rows = ByWorker(rows, context, asked.Organization, clocks)
            .In(me.Scope, context, clocks.Today)
            .SeenBy(me, store, context, clocks.Today);
        rows = asked.Type is { } only ? rows.Where(r => r.Type == only) : rows;
        rows = asked.Import is { } import ? rows.Of(import, context) : rows;
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        var places = await After(rows, asked.Page)
            .OrderBy(r => r.WorkerId)
            .ThenBy(r => r.MilestoneId)
            .Take(asked.Page.Limit + 1)
            .Select(r => new Place(r.WorkerId, r.MilestoneId))
            .ToListAsync();
        await reads.ListedAsync(me, [.. places.Take(asked.Page.Limit).Select(p => p.WorkerId).Distinct()]);
        return Page.Of(
            asked.Page,
            Show(store, me, [.. places.Select(p => (p.WorkerId, p.MilestoneId))], clocks),
            body => [body.WorkerId.ToString(), body.Id.ToString()],
            clocks,
            count
        );
    }

    private static IQueryable<MilestoneRevisionRow> KnownTo(CareerContext context, MilestoneInbox asked, ReadClocks clocks)
    {
        var at = clocks.KnownAt.Microseconds;
        var rows = clocks.KnownAtGiven
            ? context.Milestones.KnownAt(clocks.KnownAt)
            : context.Milestones.Where(r => r.SupersededAt == null && r.RecordedAt <= at);
        return asked.Clocks.AsOf is { } day ? rows.Where(r => r.OccurredDay <= day) : rows;
    }

    private static IQueryable<MilestoneRevisionRow> ByState(
        IQueryable<MilestoneRevisionRow> rows,
        MilestoneState? state,
        bool withVoided
    )
    {
        if (state is null)
        {
            return withVoided ? rows : rows.Where(r => r.State != Voided);
        }
        var code = Codes<MilestoneState>.Of(state.Value);
        return state == MilestoneState.Verified
            ? rows.Where(r => r.State == Verified)
            : rows.Where(r => r.State == code && r.State != Verified);
    }

    private static IQueryable<MilestoneRevisionRow> ByContest(
        IQueryable<MilestoneRevisionRow> rows,
        CareerContext context,
        bool? contested,
        ReadClocks clocks
    )
    {
        if (contested is null)
        {
            return rows;
        }
        var at = clocks.KnownAt.Microseconds;
        var known = context.Contests.Where(c => c.RecordedAt <= at);
        var open = known.Where(c =>
            c.Kind == Objection
            && !known.Any(later =>
                later.WorkerId == c.WorkerId && later.MilestoneId == c.MilestoneId && later.Sequence > c.Sequence
            )
        );
        // Joined, so that the few objections lead to their milestones and not the other way round.
        return contested.Value
            ? open.Join(rows, c => new { c.WorkerId, c.MilestoneId }, r => new { r.WorkerId, r.MilestoneId }, (c, r) => r)
            : rows.Where(r => !open.Any(c => c.WorkerId == r.WorkerId && c.MilestoneId == r.MilestoneId));
    }

    /// <summary>What was ended before its time does not run out any more.</summary>
    private static IQueryable<MilestoneRevisionRow> ByUntil(IQueryable<MilestoneRevisionRow> rows, MilestoneInbox asked)
    {
        var (from, to) = (asked.UntilFrom, asked.UntilTo);
        rows = from is null ? rows : rows.Where(r => r.UntilDay >= from && (r.EndedOn == null || r.EndedOn == r.UntilDay));
        return to is null ? rows : rows.Where(r => r.UntilDay <= to && (r.EndedOn == null || r.EndedOn == r.UntilDay));
    }

    private static IQueryable<MilestoneRevisionRow> ByWorker(
        IQueryable<MilestoneRevisionRow> rows,
        CareerContext context,
        Guid? organization,
        ReadClocks clocks
    )
    {
        var workers = context.Workers.KnownAt(clocks.KnownAt).NotVoided();
        // Nobody decides any more about one who was erased; what was verified stays in counts.
        rows = rows.Where(r => workers.Any(w => w.WorkerId == r.WorkerId && (w.Name != "" || r.State == Verified)));
        if (organization is not { } root)
        {
            return rows;
        }
        var below = context.Subtree(root, clocks.AsOf, clocks.KnownAt);
        var inside = context
            .Affiliations.KnownAt(clocks.KnownAt)
            .NotVoided()
            .InForceOn(clocks.AsOf)
            .Where(a => a.OrganizationId != null && below.Contains(a.OrganizationId.Value));
        return rows.Where(r => inside.Any(a => a.WorkerId == r.WorkerId));
    }

    private static IQueryable<MilestoneRevisionRow> After(IQueryable<MilestoneRevisionRow> rows, PageWish wish) =>
        wish.After is [var w, var m] && Guid.TryParse(w, out var worker) && Guid.TryParse(m, out var milestone)
            ? rows.Where(r => r.WorkerId >= worker && (r.WorkerId > worker || r.MilestoneId > milestone))
            : rows;

    /// <summary>Each worker is read once; the places come in order of worker.</summary>
    internal static List<MilestoneBody> Show(
        CareerStore store,
        SignedIn me,
        IReadOnlyList<(Guid WorkerId, Guid MilestoneId)> places,
        ReadClocks clocks
    ) =>
        store.Reader.InSnapshot(connection =>
        {
            var bodies = new List<MilestoneBody>(places.Count);
            var names = new OrganizationNames(me, clocks);
            foreach (var ofWorker in places.GroupBy(p => p.WorkerId))
            {
                var record = connection.ReadWorker(ofWorker.Key);
                var shelf = MilestoneShelf.At(record, clocks.Framework, clocks.KnownAt)!;
                List<Milestone> milestones = [.. ofWorker.Select(p => shelf.Find(p.MilestoneId)!)];
                var shown = shelf
                    .Show(milestones, clocks)
                    .Zip(milestones, (body, one) => body with { Warnings = shelf.WarningsOf(one, clocks.Today) });
                var worker = record!.At(clocks.KnownAt)!;
                var person = worker.Worker.Content is { Erased: false } known ? known : null;
                var at = PrimaryAffiliation.On(worker.Affiliations, clocks.AsOf)?.Content;
                var organization = at?.OrganizationId is { } id ? names.Of(connection, id) : at?.ExternalName;
                bodies.AddRange(
                    shown.Select(body =>
                        body with
                        {
                            WorkerName = person?.Name,
                            WorkerNumber = person?.Number,
                            StaffNumber = person is null || organization is null ? null : at?.StaffNumber,
                            Organization = person is null ? null : organization,
                        }
                    )
                );
            }
            return bodies;
        });
}

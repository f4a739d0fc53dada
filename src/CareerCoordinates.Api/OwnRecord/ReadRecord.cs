using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.OwnRecord;

/// <summary>A code with its names.</summary>
public sealed record NamedBody(string Code, string Zh, string En)
{
    public static NamedBody Of(string code, Name? name) => new(code, name?.Zh ?? code, name?.En ?? code);
}

/// <param name="Organization">Its name; null outside the tree, and where it is outside the reader's scope.</param>
/// <param name="Revisions">All of them, from the first one.</param>
public sealed record RecordAffiliationBody(Guid Id, string? Organization, IReadOnlyList<AffiliationBody> Revisions);

/// <param name="Words">The name of the value, where it is one of a list.</param>
public sealed record RecordAttributeBody(string Code, string Zh, string En, string Value, Name? Words);

public sealed record RecordGrantBody(NamedBody Channel, NamedBody Rung, int Level, GrantMode Mode);

/// <summary>A milestone with its whole history.</summary>
/// <param name="State">Of the newest revision.</param>
/// <param name="Counting">The revision that counts; null where nothing of it does.</param>
/// <param name="Attributes">Of the newest revision, in words; each revision has its own as they were given.</param>
/// <param name="Revisions">All of them, from the first one, with who recorded and who verified.</param>
/// <param name="Contests">Objections and their answers, oldest first.</param>
public sealed record RecordMilestoneBody(
    Guid Id,
    NamedBody Type,
    NamedBody State,
    int? Counting,
    bool Contested,
    IReadOnlyList<RecordAttributeBody> Attributes,
    IReadOnlyList<RecordGrantBody> Grants,
    IReadOnlyList<MilestoneRevisionBody> Revisions,
    IReadOnlyList<ContestBody> Contests
);

/// <summary>What is held in one channel, as in the coordinate; null where nothing is.</summary>
public sealed record RecordStandingBody(
    NamedBody Channel,
    NamedBody? Rung,
    int Level,
    DateOnly? Since,
    DateOnly? HeldSince,
    Guid? MilestoneId,
    NamedBody? HighestReached
);

/// <summary>The coordinate from a day on.</summary>
/// <param name="Stage">Null where the career start is unknown.</param>
public sealed record RecordPointBody(
    DateOnly From,
    NamedBody? Stage,
    decimal? YearsInCareer,
    int Level,
    IReadOnlyList<RecordStandingBody> Channels,
    IReadOnlyList<Guid> MilestoneIds
);

/// <summary>Everything that is kept about a worker.</summary>
/// <param name="Person">All revisions, from the first one.</param>
/// <param name="Coordinate">On the day <c>asOf</c>; null where the worker was voided.</param>
/// <param name="Trajectory">How it came to that.</param>
/// <param name="Disclaimer">To be shown with it, as is <paramref name="UseLimit"/>.</param>
public sealed record RecordBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    IReadOnlyList<WorkerBody> Person,
    IReadOnlyList<RecordAffiliationBody> Affiliations,
    IReadOnlyList<RecordMilestoneBody> Milestones,
    RecordPointBody? Coordinate,
    IReadOnlyList<RecordPointBody> Trajectory,
    Name Disclaimer,
    Name UseLimit
);

public static class ReadRecord
{
    internal static readonly JsonElement Example = Examples.Read<JsonElement>("record");

    public static async Task<Results<Answer<RecordBody>, Problem>> Handle(
        Guid workerId,
        Query<ClockQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var (record, organizations) = store.Reader.InSnapshot(connection =>
            connection.ReadWorker(workerId) is { } found
                ? (
                    found.Without(me.HiddenTypes(connection, workerId, store.Today(), found.AffiliationRevisions)),
                    NamesOf(connection, found, me, store.Today(), clocks.Value.KnownAt)
                )
                : default
        );
        return record?.At(clocks.Value.KnownAt) is { } view
            ? Answer.Of(Show(record, view, organizations, clocks.Value, store.Frameworks), 0, clocks.Value)
            : Problem.Of(WorkerRules.UnknownWorker, workerId);
    }

    private static RecordBody Show(
        WorkerRecord record,
        WorkerView view,
        Dictionary<Guid, string> organizations,
        ReadClocks clocks,
        PublishedFrameworks versions
    )
    {
        var (framework, knownAt) = (clocks.Framework, clocks.KnownAt);
        var career = view.Worker.Content.CareerStart;
        var (coordinate, points) = view.Worker.Voided
            ? (null, [])
            : (
                CareerGrid.CoordinateOn(framework, career, view.Counting, clocks.AsOf),
                CareerGrid.TrajectoryUntil(framework, career, view.Counting, clocks.AsOf).Points
            );
        return new(
            record.Id,
            clocks.AsOf,
            knownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            [.. record.Revisions.Where(r => r.RecordedAt <= knownAt).Select(r => WorkerBody.RevisionOf(r, knownAt))],
            Affiliations(record, organizations, knownAt),
            Milestones(record, view, clocks, versions),
            coordinate is null
                ? null
                : PointOf(framework, clocks.AsOf, coordinate.Stage, coordinate.Level, coordinate.Channels, []),
            [.. points.Select(p => PointOf(framework, p.From, p.Stage, p.Level, p.Channels, p.MilestoneIds))],
            framework.Disclaimer,
            framework.UseLimit
        );
    }

    private static List<RecordAffiliationBody> Affiliations(
        WorkerRecord record,
        Dictionary<Guid, string> organizations,
        Instant knownAt
    ) =>
        [
            .. record
                .AffiliationRevisions.Where(r => r.RecordedAt <= knownAt)
                .GroupBy(r => r.Id)
                .OrderBy(revisions => revisions.Last().Content.From)
                .ThenBy(revisions => revisions.Key)
                .Select(revisions => new RecordAffiliationBody(
                    revisions.Key,
                    revisions.Last().Content.OrganizationId is { } id ? organizations.GetValueOrDefault(id) : null,
                    [.. revisions.Select(r => AffiliationBody.RevisionOf(record.Id, r, knownAt))]
                )),
        ];

    private static List<RecordMilestoneBody> Milestones(
        WorkerRecord record,
        WorkerView view,
        ReadClocks clocks,
        PublishedFrameworks versions
    )
    {
        var knownAt = clocks.KnownAt;
        var revisions = record.MilestoneRevisions.Where(r => r.RecordedAt <= knownAt).ToLookup(r => r.MilestoneId);
        var contests = record.Contests.Where(c => c.RecordedAt <= knownAt).ToLookup(c => c.MilestoneId);
        return
        [
            .. view
                .Milestones.OrderBy(m => m.Newest.Content.OccurredOn.Last)
                .ThenBy(m => m.Id)
                .Select(m => new RecordMilestoneBody(
                    m.Id,
                    NamedBody.Of(m.Newest.Content.Type, TypeOf(m.Newest.Content.Type, clocks.Framework, versions)?.Name),
                    Named(m.Newest.State),
                    m.Counting?.Revision,
                    m.Contested,
                    Attributes(m.Newest.Content, TypeOf(m.Newest.Content.Type, clocks.Framework, versions)),
                    [.. GrantBody.Of(clocks.Framework, m.Newest.Content).Select(g => Named(clocks.Framework, g))],
                    [.. revisions[m.Id].Select(r => MilestoneRevisionBody.Of(r, knownAt))],
                    [.. contests[m.Id].Select(ContestBody.Of)]
                )),
        ];
    }

    /// <summary>A type that the answering version lacks is shown by the newest one that has it.</summary>
    private static MilestoneType? TypeOf(string code, Framework framework, PublishedFrameworks versions) =>
        framework.MilestoneTypes.GetValueOrDefault(code)
        ?? versions
            .Versions.Reverse()
            .Select(v => v.Framework.MilestoneTypes.GetValueOrDefault(code))
            .FirstOrDefault(t => t is not null);

    private static List<RecordAttributeBody> Attributes(MilestoneContent content, MilestoneType? type)
    {
        var found = new List<RecordAttributeBody>();
        foreach (var attribute in type?.Attributes ?? [])
        {
            if (content.Attributes.TryGet(attribute.Code, out var value))
            {
                var text = value.ToString();
                var words = attribute.Allowed.FirstOrDefault(a => a.Code == text)?.Name;
                found.Add(new(attribute.Code, attribute.Name.Zh, attribute.Name.En, text, words));
            }
        }
        return found;
    }

    private static RecordPointBody PointOf(
        Framework framework,
        DateOnly from,
        StagePosition stage,
        int level,
        IReadOnlyList<ChannelPosition> channels,
        IReadOnlyList<Guid> milestoneIds
    ) =>
        new(
            from,
            stage.Code is { } code ? NamedBody.Of(code, framework.Stages.FirstOrDefault(s => s.Code == code)?.Name) : null,
            stage.YearsInCareer,
            level,
            [
                .. channels.Select(c => new RecordStandingBody(
                    NamedBody.Of(c.Channel.Code, c.Channel.Name),
                    Named(c.Rung),
                    c.Rung?.Level ?? 0,
                    c.Since,
                    c.HeldSince,
                    c.MilestoneId,
                    Named(c.HighestReached)
                )),
            ],
            milestoneIds
        );

    private static NamedBody? Named(Rung? rung) => rung is null ? null : NamedBody.Of(rung.Code, rung.Name);

    private static NamedBody Named(MilestoneState state) =>
        NamedBody.Of(Codes<MilestoneState>.Of(state), MilestoneWords.Of(state));

    private static RecordGrantBody Named(Framework framework, GrantBody grant) =>
        new(
            NamedBody.Of(grant.Channel, framework.FindChannel(grant.Channel)?.Name),
            NamedBody.Of(grant.Rung, framework.FindRung(grant.Channel, grant.Rung)?.Name),
            grant.Level,
            grant.Mode
        );

    /// <summary>Of the worker's organisations, as far as they exist for the reader; the worker knows where he works.</summary>
    private static Dictionary<Guid, string> NamesOf(
        RecordConnection connection,
        WorkerRecord record,
        SignedIn me,
        DateOnly today,
        Instant knownAt
    )
    {
        var names = new Dictionary<Guid, string>();
        foreach (var id in record.AffiliationRevisions.Select(r => r.Content.OrganizationId).OfType<Guid>().Distinct())
        {
            if (
                (me.Caller.WorkerId == record.Id || connection.Covers(me.Scope, id, today))
                && OrganizationHistory.On(connection.ReadOrganization(id), today, knownAt) is { } found
            )
            {
                names[id] = found.Content.Name;
            }
        }
        return names;
    }
}

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Grid;

/// <summary>One leaf of a requirement and how it stands.</summary>
/// <param name="Kind"><c>milestone</c>, <c>rungHeld</c>, <c>yearsInCareer</c>, <c>yearsInOccupation</c>, <c>minAge</c> or <c>judgement</c>.</param>
/// <param name="State"><c>met</c>, <c>unmet</c>, or <c>unknown</c> where the record cannot say or people decide.</param>
/// <param name="Had">What the worker has, in <c>unit</c>; null where not known.</param>
/// <param name="Earliest">The first day on which time alone meets it; null where time alone does not.</param>
/// <param name="Type">The milestone type asked for, with <c>where</c> on its attributes, <c>minYearsSince</c> years ago or more.</param>
/// <param name="Words">What people judge, where the kind is <c>judgement</c>.</param>
public sealed record RequirementLeafBody(
    string Kind,
    string State,
    decimal? Had,
    decimal? Needed,
    string? Unit,
    DateOnly? Earliest,
    IReadOnlyList<Guid> MilestoneIds,
    string? Type,
    IReadOnlyList<AttributeTestBody> Where,
    int? MinYearsSince,
    string? Channel,
    string? Rung,
    int? MinYears,
    Name? Words,
    Name? Note
);

/// <param name="Op"><c>eq</c>, <c>in</c>, <c>lte</c>, <c>gte</c> or <c>between</c> (inclusive).</param>
/// <param name="Values">As texts, as many as the operator takes.</param>
public sealed record AttributeTestBody(string Attribute, string Op, IReadOnlyList<string> Values);

/// <summary>One way to the rung: all of its leaves.</summary>
public sealed record AlternativeBody(string State, DateOnly? Earliest, IReadOnlyList<RequirementLeafBody> AllOf);

/// <param name="Held">The rung held on the day; null where none is.</param>
/// <param name="Next">The rung above it; null at the top.</param>
/// <param name="NoPath"><c>at-top</c> or <c>elected-or-conferred</c>: then there are no alternatives and no day.</param>
/// <param name="Alternatives">Any one of them will do.</param>
/// <param name="Earliest">The soonest day that time alone allows; null where something else is missing in each.</param>
/// <param name="Supports">What backs an application for any rung above the one held.</param>
public sealed record ChannelNextStepBody(
    string Channel,
    string? Held,
    string? Next,
    string? NoPath,
    Name? NoPathWords,
    IReadOnlyList<AlternativeBody> Alternatives,
    DateOnly? Earliest,
    IReadOnlyList<SupportBody> Supports
);

/// <summary>The union that answers the worker's questions: the nearest above his place of that day that gives a number, else the nearest.</summary>
/// <param name="Phone">As it is dialled; null where none of the unions above him gives one.</param>
public sealed record ContactBody(Guid OrganizationId, string Name, string? Phone);

/// <summary>What is missing for the next step. It guides; it moves nobody and promises nothing.</summary>
/// <param name="Measures">Milestone types that the worker's stage offers and of which he has no verified milestone.</param>
/// <param name="Ask">Whom to ask; null where he belongs to no union on that day, or to none in your scope.</param>
/// <param name="Notice">To be shown wherever these are shown.</param>
public sealed record NextStepsBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    StageBody Stage,
    IReadOnlyList<ChannelNextStepBody> Channels,
    IReadOnlyList<string> Measures,
    ContactBody? Ask,
    Name Notice
);

public static class ReadNextSteps
{
    private static readonly Name Notice = new(
        "以下为申报条件（参考）：具备条件是必要的，但并不充分，最终由有关组织按程序决定。",
        "What a rung normally asks for: necessary, not sufficient. The bodies in charge decide by their own procedure."
    );
    private static readonly Name ElectedOrConferred = new(
        "依法选举产生或由组织评选授予：不能个人申报，也不作预测。",
        "Elected by law or chosen by an organisation; cannot be applied for and is not predicted."
    );
    private static readonly Name AtTop = new(
        "已在本通道最高台阶：可带徒传技、授课、建立工作室。",
        "The highest rung of the channel is held: what remains is mentoring, teaching, a studio."
    );

    public static async Task<Results<Answer<NextStepsBody>, Problem>> Handle(
        Guid workerId,
        Query<ClockQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var found = await GridSubject.FindAsync(store, workerId, query.Value.Clocks, withAffiliations: true);
        if (found.IsRefused)
        {
            return Problem.Of(found.Refusals);
        }
        var (_, record, clocks) = found.Value;
        var steps = NextSteps.For(clocks.Framework, record.Worker.Content, record.Affiliations, record.Counting, clocks.AsOf);
        var body = new NextStepsBody(
            workerId,
            clocks.AsOf,
            clocks.KnownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            StageBody.Of(steps.Stage),
            [.. steps.Channels.Select(Of)],
            [.. steps.Measures.Select(m => m.Code)],
            Ask(store, me, workerId, record, clocks),
            Notice
        );
        return Answer.Of(body, 0, clocks);
    }

    /// <summary>Others than himself are told of the organisations in their scope only.</summary>
    private static ContactBody? Ask(CareerStore store, SignedIn me, Guid workerId, WorkerView record, ReadClocks clocks)
    {
        var seesAll = me.Scope.Everything || me.Caller.WorkerId == workerId;
        var union = store.Reader.OnConnection(connection =>
            WhomToAsk.Of(
                record.Affiliations,
                clocks.AsOf,
                clocks.KnownAt,
                id => seesAll || connection.Covers(me.Scope, id, clocks.Today) ? connection.ReadOrganization(id) : []
            )
        );
        return union is null ? null : new(union.Id, union.Content.Name, union.Content.Phone);
    }

    private static ChannelNextStepBody Of(ChannelNextStep step) =>
        new(
            step.Channel.Code,
            step.Held?.Code,
            step.Next?.Code,
            step.NoPath is { } reason ? Codes<NoPathReason>.Of(reason) : null,
            step.NoPath switch
            {
                NoPathReason.AtTop => AtTop,
                NoPathReason.ElectedOrConferred => ElectedOrConferred,
                _ => null,
            },
            [
                .. step.Alternatives.Select(a => new AlternativeBody(
                    Codes<Finding>.Of(a.State),
                    a.Earliest,
                    [.. a.AllOf.Select(Of)]
                )),
            ],
            step.Earliest,
            [.. step.Supports.Select(SupportBody.Of)]
        );

    private static RequirementLeafBody Of(LeafFinding finding)
    {
        var leaf = finding.Leaf;
        var had = leaf as RequirementLeaf.MilestoneHad;
        var held = leaf as RequirementLeaf.RungHeld;
        return new(
            KindOf(leaf),
            Codes<Finding>.Of(finding.State),
            finding.Had,
            finding.Needed,
            finding.Unit is { } unit ? Codes<FindingUnit>.Of(unit) : null,
            finding.Earliest,
            finding.MilestoneIds,
            had?.Type,
            [
                .. (had?.Where.All ?? []).Select(t => new AttributeTestBody(
                    t.Attribute,
                    Codes<ConditionOperator>.Of(t.Operator),
                    [.. t.Values.Select(v => v.ToString())]
                )),
            ],
            had?.MinYearsSince,
            held?.Channel,
            held?.Rung,
            held?.MinYears,
            (leaf as RequirementLeaf.Judgement)?.Name,
            leaf.Note
        );
    }

    /// <summary>As the framework file spells it.</summary>
    private static string KindOf(RequirementLeaf leaf) =>
        leaf switch
        {
            RequirementLeaf.MilestoneHad => "milestone",
            RequirementLeaf.RungHeld => "rungHeld",
            RequirementLeaf.YearsInCareer => "yearsInCareer",
            RequirementLeaf.YearsInOccupation => "yearsInOccupation",
            RequirementLeaf.MinAge => "minAge",
            RequirementLeaf.Judgement => "judgement",
            _ => throw new InvalidOperationException($"No kind for {leaf.GetType().Name}."),
        };
}

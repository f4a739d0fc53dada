using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Grid;

/// <param name="CareerStart">From which the years are counted; null where unknown.</param>
/// <param name="Since">The day on which the stage was entered; null before the career start.</param>
/// <param name="Next">The day on which the next stage begins; null in the last one.</param>
public sealed record StageExplanationBody(
    string? Code,
    decimal? YearsInCareer,
    DateOnly? CareerStart,
    DateOnly? Since,
    DateOnly? Next
);

/// <param name="Channels">The channels whose rung stands on the level; none at level 0.</param>
public sealed record LevelExplanationBody(int Level, IReadOnlyList<string> Channels);

/// <summary>A milestone that confers a rung, from a day to a last day inclusive (null: no end).</summary>
/// <param name="Holds">Whether it is in force on the day.</param>
/// <param name="Decides">Whether it is the one that gives the rung held on the day.</param>
public sealed record GrantExplanationBody(
    Guid MilestoneId,
    string Type,
    string Rung,
    int Level,
    DateOnly From,
    DateOnly? Until,
    bool Holds,
    bool Decides
);

/// <summary>A milestone in force that backs an application for a rung; people decide.</summary>
public sealed record SupportBody(Guid MilestoneId, string Type, string Rung, int Level)
{
    public static SupportBody Of(Support support) =>
        new(support.MilestoneId, support.Type, support.Rung.Code, support.Rung.Level);
}

/// <param name="Held">As in the coordinate.</param>
/// <param name="Grants">Every milestone that confers a rung of the channel, highest rung first, ended ones and future ones too.</param>
public sealed record ChannelExplanationBody(
    ChannelBody Held,
    IReadOnlyList<GrantExplanationBody> Grants,
    IReadOnlyList<SupportBody> Supports
);

/// <summary>Why the coordinate is what it is.</summary>
public sealed record ExplanationBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    StageExplanationBody Stage,
    LevelExplanationBody Level,
    IReadOnlyList<ChannelExplanationBody> Channels
);

public static class ReadExplanation
{
    public static async Task<Results<Answer<ExplanationBody>, Problem>> Handle(
        Guid workerId,
        Query<ClockQuery> query,
        CareerStore store
    )
    {
        var found = await GridSubject.FindAsync(store, workerId, query.Value.Clocks);
        if (found.IsRefused)
        {
            return Problem.Of(found.Refusals);
        }
        var (_, record, clocks) = found.Value;
        var why = Explanation.Of(clocks.Framework, record.Worker.Content, record.Counting, clocks.AsOf);
        var body = new ExplanationBody(
            workerId,
            clocks.AsOf,
            clocks.KnownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            new(
                why.Stage.Position.Code,
                why.Stage.Position.YearsInCareer,
                why.Stage.CareerStart,
                why.Stage.Since,
                why.Stage.Next
            ),
            new(why.Level.Level, [.. why.Level.GivenBy.Select(c => c.Code)]),
            [.. why.Channels.Select(Of)]
        );
        return Answer.Of(body, 0, clocks);
    }

    private static ChannelExplanationBody Of(ChannelExplanation channel) =>
        new(
            ChannelBody.Of(channel.Position),
            [
                .. channel.Grants.Select(g => new GrantExplanationBody(
                    g.MilestoneId,
                    g.Type,
                    g.Rung.Code,
                    g.Rung.Level,
                    g.From,
                    g.LastDay,
                    g.HoldsOnDay,
                    g.Decides
                )),
            ],
            [.. channel.Supports.Select(SupportBody.Of)]
        );
}

using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Grid;

/// <summary>The coordinate from a day on, until the next point.</summary>
/// <param name="MilestoneIds">The milestones whose effect began or ended on that day and so changed a rung; none where only the stage changed.</param>
public sealed record TrajectoryPointBody(
    DateOnly From,
    StageBody Stage,
    int Level,
    IReadOnlyList<ChannelBody> Channels,
    IReadOnlyList<Guid> MilestoneIds
);

/// <summary>How the coordinate changed (轨迹), in order of days, up to <c>asOf</c>.</summary>
public sealed record TrajectoryBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    IReadOnlyList<TrajectoryPointBody> Points
);

public static class ReadTrajectory
{
    public static async Task<Results<Answer<TrajectoryBody>, Problem>> Handle(
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
        var trajectory = CareerGrid.TrajectoryUntil(clocks.Framework, found.Value.CareerStart, record.Counting, clocks.AsOf);
        var body = new TrajectoryBody(
            workerId,
            clocks.AsOf,
            clocks.KnownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            [
                .. trajectory.Points.Select(p => new TrajectoryPointBody(
                    p.From,
                    StageBody.Of(p.Stage),
                    p.Level,
                    ChannelBody.Of(p.Channels),
                    p.MilestoneIds
                )),
            ]
        );
        return Answer.Of(body, 0, clocks);
    }
}

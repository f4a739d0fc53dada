using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
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
) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Day("from"u8, From);
        json.Any("stage"u8, Stage);
        json.Number<int>("level"u8, Level);
        json.List("channels"u8, Channels);
        json.List("milestoneIds"u8, MilestoneIds);
        json.Close();
    }
}

/// <summary>How the coordinate changed (轨迹), in order of days, up to <c>asOf</c>.</summary>
public sealed record TrajectoryBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    IReadOnlyList<TrajectoryPointBody> Points
) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Id("workerId"u8, WorkerId);
        json.Day("asOf"u8, AsOf);
        json.Instant("knownAt"u8, KnownAt);
        json.Flag("knownAtClosed"u8, KnownAtClosed);
        json.Any("framework"u8, Framework);
        json.List("points"u8, Points);
        json.Close();
    }
}

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

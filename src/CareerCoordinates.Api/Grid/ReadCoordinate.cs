using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Grid;

/// <summary>Where the day lies in the career; both null where the career start is unknown.</summary>
/// <param name="YearsInCareer">Anniversaries of the career start and the part of the running year, cut to one decimal.</param>
public sealed record StageBody(string? Code, decimal? YearsInCareer) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Text("code"u8, Code);
        json.Number("yearsInCareer"u8, YearsInCareer);
        json.Close();
    }

    public static StageBody Of(StagePosition position) => new(position.Code, position.YearsInCareer);
}

/// <summary>What is held in one channel.</summary>
/// <param name="Rung">Null where nothing is held; then <c>level</c> is 0 and the days are null.</param>
/// <param name="Since">First day of the unbroken run on exactly this rung.</param>
/// <param name="HeldSince">First day of the unbroken time on this rung or a higher one.</param>
/// <param name="MilestoneId">The milestone that gives the rung.</param>
/// <param name="HighestReached">The highest rung ever held up to the day: offices end, honours stay.</param>
public sealed record ChannelBody(
    string Channel,
    string? Rung,
    int Level,
    DateOnly? Since,
    DateOnly? HeldSince,
    Guid? MilestoneId,
    string? HighestReached
) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Text("channel"u8, Channel);
        json.Text("rung"u8, Rung);
        json.Number<int>("level"u8, Level);
        json.Day("since"u8, Since);
        json.Day("heldSince"u8, HeldSince);
        json.Id("milestoneId"u8, MilestoneId);
        json.Text("highestReached"u8, HighestReached);
        json.Close();
    }

    public static ChannelBody Of(ChannelPosition p) =>
        new(p.Channel.Code, p.Rung?.Code, p.Rung?.Level ?? 0, p.Since, p.HeldSince, p.MilestoneId, p.HighestReached?.Code);

    public static ChannelBody[] Of(IReadOnlyList<ChannelPosition> positions)
    {
        var channels = new ChannelBody[positions.Count];
        for (var i = 0; i < channels.Length; i++)
        {
            channels[i] = Of(positions[i]);
        }
        return channels;
    }
}

/// <summary>A coordinate (职业坐标) with the two clocks on which it holds.</summary>
/// <param name="KnownAtClosed">True where this answer can never change again.</param>
/// <param name="Level">The highest level among the rungs held; 0 where nothing is held.</param>
public sealed record CoordinateBody(
    Guid WorkerId,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    StageBody Stage,
    int Level,
    IReadOnlyList<ChannelBody> Channels
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
        json.Any("stage"u8, Stage);
        json.Number<int>("level"u8, Level);
        json.List("channels"u8, Channels);
        json.Close();
    }
}

public static class ReadCoordinate
{
    internal static readonly CoordinateBody Example = Examples.Read<CoordinateBody>("coordinate");

    public static async Task<Results<Answer<CoordinateBody>, Problem>> Handle(
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
        var coordinate = CareerGrid.CoordinateOn(clocks.Framework, found.Value.CareerStart, record.Counting, clocks.AsOf);
        var body = new CoordinateBody(
            workerId,
            clocks.AsOf,
            clocks.KnownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            StageBody.Of(coordinate.Stage),
            coordinate.Level,
            ChannelBody.Of(coordinate.Channels)
        );
        return Answer.Of(body, 0, clocks);
    }
}

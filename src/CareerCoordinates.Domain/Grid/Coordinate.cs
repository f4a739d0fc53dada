using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>A maximal run of days on which exactly this rung is the highest held in the channel (所在台阶).</summary>
public sealed record Standing(Channel Channel, Rung Rung, DayPeriod Period);

/// <summary>
/// Where a day lies in the career. <paramref name="YearsInCareer"/> is cut, not rounded, to one decimal and 0.0 before
/// the career start; both are null where the career start is unknown.
/// </summary>
public sealed record StagePosition(string? Code, decimal? YearsInCareer);

/// <summary>
/// What is held in one channel on a day; all but <paramref name="HighestReached"/> are null where nothing is held.
/// </summary>
/// <param name="Since">First day of the unbroken run on exactly this rung.</param>
/// <param name="HeldSince">First day of the unbroken time on this rung or a higher one.</param>
/// <param name="MilestoneId">The fact that gives the rung; of several the one that design §3.2 step 2 names.</param>
/// <param name="HighestReached">The highest rung ever held up to that day: offices end, honours stay.</param>
public sealed record ChannelPosition(
    Channel Channel,
    Rung? Rung,
    DateOnly? Since,
    DateOnly? HeldSince,
    Guid? MilestoneId,
    Rung? HighestReached
);

/// <summary>
/// A worker's place on the grid on a day (职业坐标). <paramref name="Level"/> is the highest over the channels, 0 where nothing
/// is held; every channel of the framework is listed, in its order.
/// </summary>
public sealed record Coordinate(StagePosition Stage, int Level, IReadOnlyList<ChannelPosition> Channels);

/// <summary>A milestone's place on the grid: the stage on its day × the level of the coordinate on its day.</summary>
public sealed record Place(StagePosition Stage, int Level);

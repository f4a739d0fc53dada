namespace CareerCoordinates.Data.Reports;

/// <summary>What was written since: enough for a follower to read it again.</summary>
/// <param name="Version">The commit through which this tells everything; a larger one is later.</param>
/// <param name="Workers">Whose own data, affiliations, standings or counting milestones changed.</param>
/// <param name="Everything">True where anybody's may have changed.</param>
public sealed record RecordChanges(
    long Version,
    IReadOnlyCollection<Guid> Workers,
    IReadOnlyCollection<Guid> Organizations,
    bool Everything
);

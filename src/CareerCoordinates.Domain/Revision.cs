using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain;

/// <summary>
/// One row of the history of a worker, an affiliation or an organisation. Revisions count 1, 2, 3… and are never
/// changed, save that <see cref="SupersededAt"/> is set once when the next one is recorded. A voided one says that
/// the thing was never true; it keeps the content it had.
/// </summary>
public sealed record Revision<TContent>(
    Guid Id,
    int Number,
    bool Voided,
    TContent Content,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    Instant? SupersededAt = null
)
{
    /// <summary>The revision that supersedes this one.</summary>
    public Revision<TContent> Next(TContent content, string? reason, Instant at, string by) =>
        new(Id, Number + 1, Voided, content, reason, at, by);

    /// <summary>The revision that says that it was never true.</summary>
    public Revision<TContent> Void(string reason, Instant at, string by) => new(Id, Number + 1, true, Content, reason, at, by);

    /// <summary>The newest of <paramref name="revisions"/> (in order of number) that was recorded at or before <paramref name="knownAt"/>.</summary>
    public static Revision<TContent>? At(IReadOnlyList<Revision<TContent>> revisions, Instant knownAt)
    {
        for (var i = revisions.Count - 1; i >= 0; i--)
        {
            if (revisions[i].RecordedAt <= knownAt)
            {
                return revisions[i];
            }
        }
        return null;
    }
}

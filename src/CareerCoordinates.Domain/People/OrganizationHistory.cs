using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// What the revisions of an organisation say on the two clocks. Parent and industry hold from a day: those of the last
/// revision recorded by <c>knownAt</c> whose day has come, and of the first revision before any. All else is what was
/// known last, for all days.
/// </summary>
public static class OrganizationHistory
{
    /// <summary>The newest revision known, its parent and industry those of the day; null before the first was recorded.</summary>
    public static Revision<OrganizationContent>? On(
        IReadOnlyList<Revision<OrganizationContent>> revisions,
        DateOnly asOf,
        Instant knownAt
    )
    {
        if (Revision<OrganizationContent>.At(revisions, knownAt) is not { } newest)
        {
            return null;
        }
        var holding = revisions.Last(r => r.Number == 1 || (r.RecordedAt <= knownAt && r.Content.From <= asOf)).Content;
        return newest with
        {
            Content = newest.Content with
            {
                ParentId = holding.ParentId,
                IndustryCode = holding.IndustryCode,
                From = holding.From,
            },
        };
    }

    /// <summary>
    /// The first day of which a revision tells, by all that is recorded: its first parent holds before it, too, but where organisations
    /// count it was not there. A revision that tells of a later day takes nothing back of what was told before.
    /// </summary>
    public static DateOnly FirstDay(IReadOnlyList<Revision<OrganizationContent>> revisions) => revisions.Min(r => r.Content.From);

    /// <summary>
    /// The way up from an organisation on <paramref name="from"/> and on every later day on which it changes, by all that is
    /// recorded. Each is true on its own days only: two ways up of different days say nothing together.
    /// </summary>
    public static IReadOnlyList<WayUp> WaysUpFrom(
        Guid start,
        DateOnly from,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> revisionsOf
    )
    {
        var ways = new List<WayUp>();
        for (DateOnly? day = from; day is { } d; day = NextChange(ways[^1], revisionsOf))
        {
            ways.Add(new(d, Above(start, d, revisionsOf)));
        }
        return ways;
    }

    /// <summary>The ways up with the levels that stand below the organisation that is put there, on the days of each.</summary>
    /// <param name="everUnder">All revisions of each organisation that stood directly under this one in any of them.</param>
    public static IReadOnlyList<WayUp> TakingAlong(
        IReadOnlyList<WayUp> ways,
        Guid id,
        Func<Guid, IEnumerable<IReadOnlyList<Revision<OrganizationContent>>>> everUnder
    )
    {
        return [.. ways.Select((way, i) => way with { Below = Levels([id], way.From, Until(i)) })];

        DateOnly Until(int i) => i + 1 < ways.Count ? ways[i + 1].From : DateOnly.MaxValue;

        // The most levels below the last of a path, on any one day: two that stand there on different days are not one below the other.
        int Levels(IReadOnlyList<Guid> path, DateOnly from, DateOnly until)
        {
            var levels = 0;
            foreach (var revisions in everUnder(path[^1]).Where(revisions => !path.Contains(revisions[0].Id)))
            {
                foreach (var (first, end) in DaysUnder(path[^1], revisions))
                {
                    var (begins, ends) = (first > from ? first : from, end < until ? end : until);
                    if (begins < ends)
                    {
                        levels = Math.Max(levels, 1 + Levels([.. path, revisions[0].Id], begins, ends));
                    }
                }
            }
            return levels;
        }
    }

    /// <summary>
    /// What is to be recorded, in this order, so that all is again as it was before a revision from the second on, on every day: the content
    /// from before, after the parents and industries that held between the first day that was changed since and the day of that content.
    /// </summary>
    public static IReadOnlyList<OrganizationContent> Before(IReadOnlyList<Revision<OrganizationContent>> revisions, int number)
    {
        var (before, from) = (revisions.Take(number - 1).ToList(), revisions.Skip(number - 1).Min(r => r.Content.From));
        var days = before.Select(r => r.Content.From).Where(day => day > from).Append(from).Distinct().Order();
        var contents = new List<OrganizationContent>();
        foreach (var content in days.Select(day => On(before, day, Instant.Never)!.Content))
        {
            // The first revision also holds before its day.
            var holding = contents.Count == 0 && content.From > from ? content with { From = from } : content;
            if (contents.Count == 0 || contents[^1].From != holding.From)
            {
                contents.Add(holding);
            }
        }
        return contents;
    }

    /// <summary>From which day until before which the organisation stands directly under a parent, by all that is recorded.</summary>
    private static IEnumerable<(DateOnly From, DateOnly Until)> DaysUnder(
        Guid parent,
        IReadOnlyList<Revision<OrganizationContent>> revisions
    ) =>
        revisions[^1].Voided
            ? []
            : revisions
                .Where(r => r.Content.ParentId == parent)
                .Select(r =>
                    (
                        // The first revision also holds before its day.
                        r.Number == 1
                            ? DateOnly.MinValue
                            : r.Content.From,
                        revisions.Skip(r.Number).Select(later => later.Content.From).DefaultIfEmpty(DateOnly.MaxValue).Min()
                    )
                );

    private static List<Guid> Above(
        Guid start,
        DateOnly day,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> revisionsOf
    )
    {
        var way = new List<Guid>();
        for (Guid? id = start; id is { } on && !way.Contains(on); id = On(revisionsOf(on), day, Instant.Never)?.Content.ParentId)
        {
            way.Add(on);
        }
        return way;
    }

    /// <summary>The first later day from which one on the way says something new: until then all of them have the same parents.</summary>
    private static DateOnly? NextChange(WayUp way, Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> revisionsOf) =>
        way.Ids.SelectMany(id => revisionsOf(id).Select(r => (DateOnly?)r.Content.From)).Where(day => day > way.From).Min();
}

/// <summary>An organisation, its parent, and so on up to the root, as they stand from a day on.</summary>
/// <param name="Below">The levels below one that is to stand under it.</param>
public sealed record WayUp(DateOnly From, IReadOnlyList<Guid> Ids, int Below = 0);

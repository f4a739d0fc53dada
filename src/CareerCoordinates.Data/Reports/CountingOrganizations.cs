using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>On which of some days something counts.</summary>
internal enum Counting : sbyte
{
    /// <summary>All bits, so that it says of a number whether it counts.</summary>
    OnAll = -1,
    OnNone,
    OnSome,
}

/// <summary>Which organisations count on some days: few of them change, and for millions of workers it is soon said of all others.</summary>
internal sealed class CountingOrganizations
{
    private readonly Timeline<bool>[] days;

    /// <param name="days">For each organisation.</param>
    /// <param name="last">Included, as is <paramref name="first"/>.</param>
    public CountingOrganizations(Timeline<bool>[] days, int first, int last)
    {
        this.days = days;
        All = new Counting[days.Length];
        for (var place = 0; place < All.Length; place++)
        {
            All[place] =
                !days[place].IsSame(first, last) ? Counting.OnSome
                : days[place].On(first) ? Counting.OnAll
                : Counting.OnNone;
        }
    }

    public Counting[] All { get; }

    /// <param name="day">One of the days.</param>
    public bool IsCounting(int organization, int day) =>
        All[organization] == Counting.OnSome ? days[organization].On(day) : All[organization] == Counting.OnAll;

    /// <summary>The last of the days from <paramref name="from"/> until before <paramref name="end"/> on which it counts; -1 for none.</summary>
    public int LastDay(int organization, int from, int end) =>
        All[organization] == Counting.OnSome ? days[organization].LastDay(true, from, end)
        : All[organization] == Counting.OnAll && from < end ? end - 1
        : -1;
}

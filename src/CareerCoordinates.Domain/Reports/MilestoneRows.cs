using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Reports;

/// <summary>The rows of a milestone report: which there are without looking at anybody, in which order, and which tell more than others.</summary>
public static class MilestoneRows
{
    /// <summary>All that the framework and the days give, whether or not anything is in them; none by organisation.</summary>
    /// <param name="types">Those that are counted.</param>
    public static IEnumerable<IReadOnlyList<string>> Known(
        MilestoneQuestion question,
        IReadOnlyList<MilestoneType> types,
        Framework framework
    )
    {
        if (question.GroupBy.Any(g => g.Dimension == MilestoneDimension.Organization))
        {
            return [];
        }
        var months = question.GroupBy.Any(g => g.Dimension == MilestoneDimension.Month)
            ? Months(question.From, question.To)
            : [""];
        return types
            .SelectMany(type =>
                months.Select(
                    IReadOnlyList<string> (month) =>
                        [.. question.GroupBy.Select(g => MilestoneCodes.Of(g.Dimension, type.Code, framework) ?? month)]
                )
            )
            .DistinctBy(codes => string.Join('\n', codes));
    }

    /// <summary>In the framework's order of each dimension; what it does not list comes after, by its code.</summary>
    public static IEnumerable<CountedMilestones> InOrder(
        IEnumerable<CountedMilestones> rows,
        IReadOnlyList<MilestoneGrouping> groupBy,
        Framework framework
    )
    {
        var ordered = rows.OrderBy(_ => 0);
        for (var i = 0; i < groupBy.Count; i++)
        {
            var dimension = i;
            var codes = CodesInOrder(groupBy[i].Dimension, framework).Select((code, place) => (code, place)).ToList();
            var places = codes.ToDictionary(c => c.code, c => c.place);
            ordered = ordered
                .ThenBy(r => places.GetValueOrDefault(r.Codes[dimension], int.MaxValue))
                .ThenBy(r => r.Codes[dimension], StringComparer.Ordinal);
        }
        return ordered;
    }

    /// <summary>True where a type that grants something in a sensitive channel may be in the row.</summary>
    public static bool IsSensitive(
        IReadOnlyList<string> codes,
        IReadOnlyList<MilestoneGrouping> groupBy,
        IReadOnlyList<MilestoneType> types,
        Framework framework
    ) =>
        types.Any(type =>
            type.IsSensitive(framework)
            && !groupBy
                .Where((g, i) => MilestoneCodes.Of(g.Dimension, type.Code, framework) is { } code && code != codes[i])
                .Any()
        );

    private static IEnumerable<string> CodesInOrder(MilestoneDimension dimension, Framework framework) =>
        dimension switch
        {
            MilestoneDimension.Kind => framework.MilestoneKinds.Select(k => k.Code),
            MilestoneDimension.KeyNode => framework.KeyNodes.Select(k => k.Code),
            MilestoneDimension.Initiative => PartsOf(ProgrammePartKind.Initiative, framework),
            MilestoneDimension.Service => PartsOf(ProgrammePartKind.Service, framework),
            MilestoneDimension.MainLine => PartsOf(ProgrammePartKind.MainLine, framework),
            _ => [],
        };

    private static IEnumerable<string> PartsOf(ProgrammePartKind kind, Framework framework) =>
        framework.ProgrammeParts.Where(p => p.Kind == kind).Select(p => p.Code);

    /// <summary>The months of a period, in order.</summary>
    public static IReadOnlyList<string> Months(DateOnly from, DateOnly to)
    {
        var months = new List<string>();
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            months.Add(MilestoneCodes.OfMonth(month));
        }
        return months;
    }
}

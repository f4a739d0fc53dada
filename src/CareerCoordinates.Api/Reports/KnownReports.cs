using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace CareerCoordinates.Api.Reports;

/// <summary>A report as it can be asked for by its name: from the command line, and where it is saved.</summary>
/// <param name="Name">The last part of its address, such as <c>positions</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Parameters">Those of its query.</param>
/// <param name="AskAsync">
/// Answers, given the parameters as texts. A refusal points to a parameter by <c>?name</c>, as in an address.
/// </param>
public sealed record KnownReport(
    string Name,
    Name Title,
    IReadOnlyList<QueryParameter> Parameters,
    Func<IReadOnlyDictionary<string, string>, SignedIn, CareerStore, CancellationToken, Task<Outcome<ReportAnswer>>> AskAsync
);

public static class KnownReports
{
    /// <summary>All that can be saved or asked for from the command line; a new report is one line here.</summary>
    public static readonly IReadOnlyList<KnownReport> All =
    [
        Of<PositionsQuery, PositionsBody>("positions", new("坐标分布", "positions"), ReadPositions.Handle),
        Of<GridQuery, PositionsBody>("grid", new("坐标网格", "grid"), ReadGrid.Handle),
        Of<TransitionsQuery, TransitionsBody>("transitions", new("流动", "transitions"), ReadTransitions.Handle),
        Of<TimeToRungQuery, TimeToRungBody>("time-to-rung", new("用时", "time to rung"), ReadTimeToRung.Handle),
        Of<MilestonesQuery, MilestonesBody>("milestones", new("成长节点", "milestones"), ReadMilestones.Handle),
        Of<IndicatorsQuery, IndicatorsBody>("indicators", new("年度指标", "indicators of a year"), ReadIndicators.Handle),
        Of<AnnualQuery, AnnualBody>("annual", new("年报", "annual report"), ReadAnnual.Handle),
    ];

    public static string Names => string.Join(", ", All.Select(r => r.Name));

    public static KnownReport? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    private static KnownReport Of<TQuery, TBody>(
        string name,
        Name title,
        Func<
            Query<TQuery>,
            MinDataVersion,
            SignedIn,
            CareerStore,
            CancellationToken,
            Task<Results<ReportAnswer<TBody>, Problem>>
        > handle
    )
        where TQuery : notnull, IQuery<TQuery>
        where TBody : ReportBody
    {
        var declared = Query<TQuery>.Declared();
        return new(name, title, declared.Parameters, AskAsync);

        async Task<Outcome<ReportAnswer>> AskAsync(
            IReadOnlyDictionary<string, string> given,
            SignedIn me,
            CareerStore store,
            CancellationToken cancellation
        )
        {
            var parameters = new QueryCollection(given.ToDictionary(p => p.Key, p => new StringValues(p.Value)));
            var refusals = new List<Refusal>();
            declared.CheckNames(parameters, refusals);
            var query = Query<TQuery>.Of(parameters);
            refusals.AddRange(query.Refusals);
            if (refusals.Count > 0)
            {
                return refusals;
            }
            var answer = await handle(query, new MinDataVersion(null, false), me, store, cancellation);
            return answer.Result switch
            {
                ReportAnswer<TBody> report => report,
                Problem problem => problem.Refusals.ToList(),
                var other => throw new InvalidOperationException($"No answer of a report: {other}."),
            };
        }
    }
}

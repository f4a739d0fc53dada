using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace CareerCoordinates.Api.Exports;

/// <summary>An export as it is asked for at the command line.</summary>
/// <param name="Name">The last part of its address, such as <c>workers</c>.</param>
/// <param name="Operation">Its name in the document of the API.</param>
/// <param name="Parameters">Those of its query.</param>
/// <param name="AskAsync">Answers, given the parameters as texts. A refusal points to a parameter by <c>?name</c>.</param>
public sealed record KnownExport(
    string Name,
    string Operation,
    IReadOnlyList<QueryParameter> Parameters,
    Func<IReadOnlyDictionary<string, string>, SignedIn, CareerStore, Task<Outcome<ExportAnswer>>> AskAsync
);

public static class KnownExports
{
    public static readonly IReadOnlyList<KnownExport> All =
    [
        Of<WorkersExport>("workers", "exportWorkers", ExportWorkers.Handle),
        Of<MilestonesExport>("milestones", "exportMilestones", ExportMilestones.Handle),
        Of<CoordinatesExport>("coordinates", "exportCoordinates", ExportCoordinates.Handle),
    ];

    public static string Names => string.Join(", ", All.Select(e => e.Name));

    public static KnownExport? Find(string name) => All.FirstOrDefault(e => e.Name == name);

    private static KnownExport Of<TQuery>(
        string name,
        string operation,
        Func<Query<TQuery>, ExportCall, Task<Results<ExportAnswer, Problem>>> handle
    )
        where TQuery : notnull, IQuery<TQuery>
    {
        var declared = Query<TQuery>.Declared();
        return new(name, operation, declared.Parameters, AskAsync);

        async Task<Outcome<ExportAnswer>> AskAsync(IReadOnlyDictionary<string, string> given, SignedIn me, CareerStore store)
        {
            var query = Query<TQuery>.Of(new QueryCollection(given.ToDictionary(p => p.Key, p => new StringValues(p.Value))));
            if (query.Refusals.Count > 0)
            {
                return query.Refusals.ToList();
            }
            var answer = await handle(query, new ExportCall(me, new PersonalReads(store), store, given, null));
            return answer.Result switch
            {
                ExportAnswer export => export,
                Problem problem => problem.Refusals.ToList(),
                var other => throw new InvalidOperationException($"No answer of an export: {other}."),
            };
        }
    }
}

using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Erasures;

public sealed record ErasureList(Guid? Before, int Limit) : IQuery<ErasureList>
{
    public static ErasureList Read(QueryReader query) =>
        new(
            query.Id("before", "Only requests older than this one: the last id of the page before."),
            query.Number("limit", "How many requests at most.", 1, Limits.PageSize, 100) ?? 100
        );
}

/// <param name="More">True where older requests follow: ask again with <c>before</c> set to the last id.</param>
public sealed record ErasuresBody(IReadOnlyList<ErasureBody> Items, bool More);

public static class ReadErasures
{
    public static Ok<ErasuresBody> HandleList(Query<ErasureList> query, CareerStore store)
    {
        var (before, limit) = query.Value;
        var found = store.Reader.OnConnection(c => c.ListErasures(before, limit + 1));
        return TypedResults.Ok(new ErasuresBody([.. found.Take(limit).Select(ErasureBody.Of)], found.Count > limit));
    }

    public static Results<Ok<ErasureBody>, Problem> Handle(Guid erasureId, CareerStore store) =>
        store.Reader.OnConnection(c => c.FindErasure(erasureId)) is { } found
            ? TypedResults.Ok(ErasureBody.Of(found))
            : Problem.Of(ErasureRules.UnknownErasure);
}

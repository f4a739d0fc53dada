using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
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
    public static Ok<ErasuresBody> HandleList(Query<ErasureList> query, SignedIn me, CareerStore store)
    {
        var (before, limit) = query.Value;
        var (items, more) = store.Reader.InSnapshot(connection =>
        {
            var seen = new List<Erasure>();
            var last = before;
            while (true)
            {
                var found = connection.ListErasures(last, limit + 1);
                seen.AddRange(found.Where(e => Sees(connection, store, me, e)));
                if (seen.Count > limit || found.Count <= limit)
                {
                    return (seen.Take(limit), seen.Count > limit);
                }
                last = found[^1].Id;
            }
        });
        return TypedResults.Ok(new ErasuresBody([.. items.Select(ErasureBody.Of)], more));
    }

    public static Results<Ok<ErasureBody>, Problem> Handle(Guid erasureId, SignedIn me, CareerStore store) =>
        Find(store, me, erasureId) is { } found
            ? TypedResults.Ok(ErasureBody.Of(found))
            : Problem.Of(ErasureRules.UnknownErasure);

    /// <summary>Null where there is none, or it is about somebody out of scope.</summary>
    internal static Erasure? Find(CareerStore store, SignedIn me, Guid erasureId) =>
        store.Reader.InSnapshot(connection =>
            connection.FindErasure(erasureId) is { } found && Sees(connection, store, me, found) ? found : null
        );

    private static bool Sees(RecordConnection connection, CareerStore store, SignedIn me, Erasure erasure) =>
        LocalUser.Is(me)
        || me.Scope.Everything
        || me.Covers(connection, erasure.WorkerId, connection.ReadAffiliations(erasure.WorkerId), store.Today());
}

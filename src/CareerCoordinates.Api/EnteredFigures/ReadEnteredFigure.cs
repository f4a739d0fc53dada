using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.EnteredFigures;

public static class ReadEnteredFigure
{
    public static async Task<Results<Answer<EnteredFigureBody>, Problem>> Handle(
        Guid enteredFigureId,
        Query<KnownAtQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var revisions = RevisionsInScope(store, me, enteredFigureId);
        return Revision<EnteredFigureContent>.At(revisions, clocks.Value.KnownAt) is { } found
            ? Answer.Of(EnteredFigureBody.Of(found).On(clocks.Value), found.Number, clocks.Value)
            : Problem.Of(EnteredFigureRules.UnknownEnteredFigure);
    }

    public static async Task<Results<Answer<Revisions<EnteredFigureBody>>, Problem>> HandleRevisions(
        Guid enteredFigureId,
        Query<KnownAtQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var known = RevisionsInScope(store, me, enteredFigureId).Where(r => r.RecordedAt <= clocks.Value.KnownAt).ToList();
        return known.Count > 0
            ? Answer.Of(
                Revisions.Of(known.Select(r => EnteredFigureBody.RevisionOf(r, clocks.Value.KnownAt)), clocks.Value),
                known[^1].Number,
                clocks.Value
            )
            : Problem.Of(EnteredFigureRules.UnknownEnteredFigure);
    }

    /// <summary>None where its organisation is out of scope: the address names only the figure, so the gatekeeper could not ask.</summary>
    private static IReadOnlyList<Revision<EnteredFigureContent>> RevisionsInScope(CareerStore store, SignedIn me, Guid id) =>
        store.Reader.InSnapshot(connection =>
            connection.ReadEnteredFigure(id) is [var first, ..] revisions
            && (me.Scope.Everything || connection.Covers(me.Scope, first.Content.OrganizationId, store.Today()))
                ? revisions
                : []
        );
}

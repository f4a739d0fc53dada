using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Organizations;

public static class ReadOrganization
{
    public static async Task<Results<Answer<OrganizationBody>, Problem>> Handle(
        Guid organizationId,
        Query<ClockQuery> query,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var revisions = store.Reader.ReadOrganization(organizationId);
        return OrganizationHistory.On(revisions, clocks.Value.AsOf, clocks.Value.KnownAt) is { } found
            ? Answer.Of(OrganizationBody.Of(found).On(clocks.Value), found.Number, clocks.Value)
            : Problem.Of(OrganizationRules.UnknownOrganization, organizationId);
    }

    public static async Task<Results<Answer<Revisions<OrganizationBody>>, Problem>> HandleRevisions(
        Guid organizationId,
        Query<KnownAtQuery> query,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var known = store.Reader.ReadOrganization(organizationId).Where(r => r.RecordedAt <= clocks.Value.KnownAt).ToList();
        return known.Count > 0
            ? Answer.Of(
                Revisions.Of(known.Select(r => OrganizationBody.RevisionOf(r, clocks.Value.KnownAt)), clocks.Value),
                known[^1].Number,
                clocks.Value
            )
            : Problem.Of(OrganizationRules.UnknownOrganization, organizationId);
    }
}

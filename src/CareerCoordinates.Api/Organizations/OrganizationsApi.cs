using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Organizations;

/// <summary><c>/organizations</c>: the tree of unions and enterprises, on both clocks.</summary>
public static class OrganizationsApi
{
    public static RouteGroupBuilder MapOrganizations(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/organizations").WithTags(ApiDocument.Organizations);
        group
            .MapGet("", ListOrganizations.Handle)
            .Needs(Right.ReadOrganizations)
            .WithName("listOrganizations")
            .WithSummary("The organisations, or those below one")
            .WithDescription(
                "`under` lists an organisation and all below it, by the parents that held on `asOf` as known at `knownAt`."
            );
        group
            .MapPost("", RecordOrganization.Handle)
            .Needs(Right.KeepOrganizations)
            .TakesIdempotencyKey()
            .WithName("recordOrganization")
            .WithSummary("Record an organisation")
            .WithDescription(
                "A root has no parent. Credit codes are checked by GB 32100 (unions' codes begin with 8), industry codes by GB/T 4754."
            )
            .WithBodyExample(() => RecordOrganization.Example)
            .WithAnswerExample(() => OrganizationBody.Example);
        group
            .MapGet("/{organizationId:guid}", ReadOrganization.Handle)
            .Needs(Right.ReadOrganizations)
            .WithName("getOrganization")
            .WithSummary("One organisation")
            .WithDescription("With the parent and the industry that hold on `asOf`, as known at `knownAt`.")
            .WithAnswerExample(() => OrganizationBody.ReadExample);
        group
            .MapPatch("/{organizationId:guid}", ChangeOrganization.Handle)
            .Needs(Right.KeepOrganizations)
            .WithName("changeOrganization")
            .WithSummary("Change an organisation")
            .WithDescription(
                "Merge-patch. A move is a new `parentId` with the day `from` which it holds; earlier days keep the former parent."
            )
            .WithBodyExample(() =>
                new
                {
                    parentId = "0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00",
                    from = "2024-01-01",
                    reason = "moved",
                }
            );
        group
            .MapPost("/{organizationId:guid}:void", VoidOrganization.Handle)
            .Needs(Right.KeepOrganizations)
            .WithName("voidOrganization")
            .WithSummary("Void an organisation that never was")
            .WithDescription("Refused while organisations or affiliations that are not voided hang on it.")
            .WithBodyExample(() => VoidRequest.Example);
        group
            .MapGet("/{organizationId:guid}/revisions", ReadOrganization.HandleRevisions)
            .Needs(Right.ReadOrganizations)
            .WithName("listOrganizationRevisions")
            .WithSummary("All that was ever recorded about an organisation")
            .WithDescription("In order of revision; `from` and parent as each revision said.");
        return api;
    }
}

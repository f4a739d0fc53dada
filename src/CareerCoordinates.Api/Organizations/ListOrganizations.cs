using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Organizations;

public sealed record OrganizationList(Guid? Under, OrganizationKind? Kind, bool Voided, Clocks Clocks, PageWish Page)
    : IQuery<OrganizationList>
{
    public static OrganizationList Read(QueryReader query) =>
        new(
            query.Id("under", "Only this organisation and those below it."),
            query.OneOf<OrganizationKind>("kind", "Only organisations of this kind."),
            query.OneOf("include", "`voided` lists voided ones too.", ["voided"]) is not null,
            query.Clocks(),
            query.Page()
        );
}

public static class ListOrganizations
{
    public static async Task<Results<Page<OrganizationBody>, Problem>> Handle(
        Query<OrganizationList> query,
        SignedIn me,
        CareerStore store
    )
    {
        var asked = query.Value;
        var resolved = await asked.Clocks.OnAsync(store, asked.Page.Cursor);
        if (resolved.IsRefused)
        {
            return Problem.Of(resolved.Refusals);
        }
        var clocks = resolved.Value;
        if (asked.Under is { } place && !me.Knows(store, place))
        {
            return Problem.Of(new Refusal(RequestRefusals.NoSuchOrganization, "?under", place));
        }
        await using var context = store.Read();
        var rows = context.Organizations.KnownAt(clocks.KnownAt).In(me.Scope, context, clocks.Today);
        if (!asked.Voided)
        {
            rows = rows.NotVoided();
        }
        if (asked.Kind is { } kind)
        {
            var code = Codes<OrganizationKind>.Of(kind);
            rows = rows.Where(r => r.Kind == code);
        }
        if (asked.Under is { } root)
        {
            var below = context.Subtree(root, clocks.AsOf, clocks.KnownAt);
            rows = rows.Where(r => below.Contains(r.OrganizationId));
        }
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        if (asked.Page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            rows = rows.Where(r => r.OrganizationId > after);
        }
        var ids = await rows.OrderBy(r => r.OrganizationId)
            .Select(r => r.OrganizationId)
            .Take(asked.Page.Limit + 1)
            .ToListAsync();
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id =>
                    OrganizationBody.ItemOf(
                        OrganizationHistory.On(connection.ReadOrganization(id), clocks.AsOf, clocks.KnownAt)!,
                        clocks
                    )
                )
                .ToList()
        );
        return Page.Of(asked.Page, items, item => [item.Id.ToString()], clocks, count);
    }
}

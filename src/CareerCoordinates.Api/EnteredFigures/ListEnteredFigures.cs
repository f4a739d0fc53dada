using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.EnteredFigures;

public sealed record EnteredFigureList(
    Guid? Organization,
    string? Indicator,
    int? Year,
    YearKind? YearKind,
    bool Voided,
    Clocks Clocks,
    PageWish Page
) : IQuery<EnteredFigureList>
{
    public static EnteredFigureList Read(QueryReader query) =>
        new(
            query.Id("organization", "Only of this organisation and those below it."),
            query.Text("indicator", "Only of this indicator.", "hotline-calls"),
            query.Number("year", "Only of this year, of either kind.", Limits.FirstYear, Limits.LastYear),
            query.OneOf<YearKind>("yearKind", "Only of years of this kind."),
            query.OneOf("include", "`voided` lists voided ones too.", ["voided"]) is not null,
            query.KnownAt(),
            query.Page()
        );
}

public static class ListEnteredFigures
{
    public static async Task<Results<Page<EnteredFigureBody>, Problem>> Handle(
        Query<EnteredFigureList> query,
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
        var clocks = OnTheDayOfKnowing(resolved.Value);
        if (asked.Indicator is { } indicator && UnknownIndicator(indicator, store) is { } unknown)
        {
            return Problem.Of(unknown);
        }
        if (asked.Organization is { } place && !me.Knows(store, place))
        {
            return Problem.Of(new Refusal(RequestRefusals.NoSuchOrganization, "?organization", place));
        }
        await using var context = store.Read();
        var rows = Found(context, asked, clocks).In(me.Scope, context, clocks.Today);
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        if (asked.Page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            rows = rows.Where(r => r.EnteredFigureId < after);
        }
        // What was entered last comes first: ids rise with the time.
        var ids = await rows.OrderByDescending(r => r.EnteredFigureId)
            .Select(r => r.EnteredFigureId)
            .Take(asked.Page.Limit + 1)
            .ToListAsync();
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id =>
                    EnteredFigureBody.ItemOf(
                        Revision<EnteredFigureContent>.At(connection.ReadEnteredFigure(id), clocks.KnownAt)!,
                        clocks
                    )
                )
                .ToList()
        );
        return Page.Of(asked.Page, items, item => [item.Id.ToString()], clocks, count);
    }

    /// <summary>No day is asked for, so the tree is that of the day of the instant: what an instant answers once it answers again.</summary>
    private static ReadClocks OnTheDayOfKnowing(ReadClocks clocks) =>
        clocks with
        {
            AsOf = clocks.KnownAt.DayIn(clocks.Framework.TimeZone),
        };

    private static IQueryable<EnteredFigureRevisionRow> Found(CareerContext context, EnteredFigureList asked, ReadClocks clocks)
    {
        var rows = context.EnteredFigures.KnownAt(clocks.KnownAt);
        if (!asked.Voided)
        {
            var standing = context.Organizations.KnownAt(clocks.KnownAt).NotVoided();
            rows = rows.NotVoided().Where(r => standing.Any(o => o.OrganizationId == r.OrganizationId));
        }
        if (asked.Organization is { } root)
        {
            var below = context.Subtree(root, clocks.AsOf, clocks.KnownAt);
            rows = rows.Where(r => below.Contains(r.OrganizationId));
        }
        if (asked.Indicator is { } indicator)
        {
            rows = rows.Where(r => r.Indicator == indicator);
        }
        if (asked.Year is { } year)
        {
            rows = rows.Where(r => r.Year == year);
        }
        if (asked.YearKind is { } kind)
        {
            var code = Codes<YearKind>.Of(kind);
            rows = rows.Where(r => r.YearKind == code);
        }
        return rows;
    }

    /// <summary>A misspelt code would be a wrong answer; an indicator of an older version is none.</summary>
    private static Refusal? UnknownIndicator(string code, CareerStore store) =>
        store.Frameworks.Versions.Any(v => v.Framework.Indicators.Any(i => i.IsEntered && i.Code == code))
            ? null
            : new Refusal(
                RequestRefusals.NotAllowed,
                "?indicator",
                Name.List(
                    store.Frameworks.Current.Indicators.Where(i => i.IsEntered).Select(i => KeyValuePair.Create(i.Code, i.Name))
                )
            );
}

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public sealed record GridQuery(DateOnly? AsOf, ReportWish Wish) : IQuery<GridQuery>
{
    public static GridQuery Read(QueryReader query) =>
        new(
            query.Day(
                "asOf",
                "The day on which workers are counted; by default today, for protected counts the last month end.",
                "2025-12-31"
            ),
            ReportWish.Read(query)
        );
}

public static class ReadGrid
{
    internal static readonly PositionsBody Example = Examples.Read<PositionsBody>("grid");

    private static readonly IReadOnlyList<Grouping> StageAndLevel = [new(Dimension.Stage), new(Dimension.Level)];

    public static async Task<Results<ReportAnswer<PositionsBody>, Problem>> Handle(
        Query<GridQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value;
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            [("asOf", asked.AsOf)],
            (_, _) => { },
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        var counted = desk.Columns.Count(new(desk.Population, desk.Clocks.AsOf, StageAndLevel));
        return ReadPositions.Answer(desk, StageAndLevel, ReadPositions.Cells(desk, StageAndLevel, counted));
    }
}

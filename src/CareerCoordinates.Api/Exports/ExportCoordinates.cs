using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Exports;

/// <summary>Those whose coordinates are asked for; a voided worker has none.</summary>
public sealed record CoordinatesExport(WorkerFilter Filter, Clocks Clocks, SheetForm? Format) : IQuery<CoordinatesExport>
{
    public static CoordinatesExport Read(QueryReader query) =>
        new(WorkerFilter.Read(query, withVoided: false), query.Clocks(), ExportCall.ReadForm(query));
}

/// <summary>Where people stand, a row each: what <c>GET /workers/{id}/coordinate</c> states, flat.</summary>
public static class ExportCoordinates
{
    private sealed record Standing(ExportedWorker Worker, Coordinate Coordinate);

    public static async Task<Results<ExportAnswer, Problem>> Handle(Query<CoordinatesExport> query, ExportCall call)
    {
        var asked = query.Value;
        var opened = await ExportDesk.OpenAsync(call, asked.Filter, asked.Clocks, asked.Format);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        var clocks = desk.Clocks;
        return new ExportAnswer(
            "coordinates",
            desk,
            ExportTable.Of(desk, WorkerParts.WithMilestones, Columns(clocks.Framework), (_, worker) => [Of(worker)])
        );

        Standing Of(ExportedWorker worker) =>
            new(worker, CareerGrid.CoordinateOn(clocks.Framework, worker.Content.CareerStart, worker.View.Counting, clocks.AsOf));
    }

    private static List<ExportColumn<Standing>> Columns(Framework framework)
    {
        var stages = framework.Stages.ToDictionary(s => s.Code, s => s.Name);
        List<ExportColumn<Standing>> columns =
        [
            PersonColumns.Name<Standing>(s => s.Worker),
            PersonColumns.StaffNumber<Standing>(s => s.Worker),
            PersonColumns.Number<Standing>(s => s.Worker),
            PersonColumns.Organization<Standing>(s => s.Worker),
            // The list has those, too, who have left or not begun.
            new(new("计入当日报表", "counted in reports of the day"), s => s.Worker.Place is not null),
            new(new("阶段代码", "stage code"), s => s.Coordinate.Stage.Code),
            new(new("阶段", "stage"), s => s.Coordinate.Stage.Code is { } code ? stages[code] : null),
            new(new("从业年限", "years in career"), s => s.Coordinate.Stage.YearsInCareer),
            new(new("层", "level"), s => s.Coordinate.Level),
        ];
        foreach (var channel in framework.Channels)
        {
            Add("台阶代码", "rung code", p => p.Rung?.Code);
            Add("台阶", "rung", p => p.Rung?.Name);
            Add("层", "level", p => p.Rung?.Level ?? 0);
            Add("起始日", "since", p => p.Since);
            Add("该台阶或更高自", "held since", p => p.HeldSince);
            Add("曾达最高台阶代码", "highest reached code", p => p.HighestReached?.Code);
            Add("曾达最高台阶", "highest reached", p => p.HighestReached?.Name);
            Add("依据节点标识", "milestone id", p => p.MilestoneId);

            void Add(string zh, string en, Func<ChannelPosition, object?> cell) =>
                columns.Add(
                    new(
                        new($"{channel.Name.Zh}：{zh}", $"{channel.Name.En}: {en}"),
                        s => cell(s.Coordinate.Channels[channel.Index])
                    )
                );
        }
        columns.Add(PersonColumns.Id<Standing>(s => s.Worker));
        columns.Add(PersonColumns.OrganizationId<Standing>(s => s.Worker));
        return columns;
    }
}

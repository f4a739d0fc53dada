using System.Text.Json.Serialization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public sealed record TransitionsQuery(string? Channel, DateOnly? From, DateOnly? To, ReportWish Wish) : IQuery<TransitionsQuery>
{
    public static TransitionsQuery Read(QueryReader query) =>
        new(
            query.Required(
                "channel",
                query.Text("channel", "The channel in which workers moved.", ReadTransitions.Example.Question["channel"])
            ),
            query.Required("from", query.Day("from", "The first day. Protected counts: a month end.", "2023-12-31")),
            query.Required("to", query.Day("to", "The second day. Protected counts: a month end.", "2025-12-31")),
            ReportWish.Read(query)
        );

    /// <summary>What is wrong with the days.</summary>
    public void CheckDays(List<Refusal> refusals)
    {
        if (From is { } from && To is { } to && from > to)
        {
            refusals.Add(new(RequestRefusals.FromAfterTo, "?from", Days.Iso(from), Days.Iso(to)));
        }
    }
}

/// <summary>Workers who stood on one rung on the first day and on one on the second.</summary>
/// <param name="FromRung">`none`: counted and without a rung; `absent`: not counted on that day.</param>
public sealed record TransitionCell(string FromRung, string ToRung, ReportCount Workers);

/// <summary>How workers moved in a channel between two days.</summary>
/// <param name="Cells">Rows and columns add up to those counted on either day, if the counts are exact.</param>
public sealed record TransitionsBody(
    [property: JsonPropertyOrder(-10)] DateOnly From,
    [property: JsonPropertyOrder(-10)] DateOnly To,
    IReadOnlyList<TransitionCell> Cells
) : ReportBody
{
    internal override ReportTable ToTable() =>
        new(
            [
                new("fromRung", new("起始台阶", "from rung")),
                new("toRung", new("到达台阶", "to rung")),
                PositionCell.WorkersColumn,
            ],
            [.. Cells.Select(IReadOnlyList<object?> (c) => [c.FromRung, c.ToRung, c.Workers])]
        );
}

public static class ReadTransitions
{
    internal static readonly TransitionsBody Example = Examples.Read<TransitionsBody>("transitions");

    public static async Task<Results<ReportAnswer<TransitionsBody>, Problem>> Handle(
        Query<TransitionsQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value;
        Channel? channel = null;
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            [("from", asked.From), ("to", asked.To)],
            (framework, refusals) =>
            {
                channel = ReportDesk.ChannelOf(framework, asked.Channel, refusals);
                asked.CheckDays(refusals);
            },
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        desk.Say("channel", channel!.Code);
        var counted = desk.Columns.Transitions(new(desk.Population, channel, asked.From!.Value, asked.To!.Value));
        return new ReportAnswer<TransitionsBody>(
            _ => new TransitionsBody(asked.From.Value, asked.To.Value, Cells(desk, channel, counted)),
            desk
        );
    }

    private static IReadOnlyList<TransitionCell> Cells(ReportDesk desk, Channel channel, IReadOnlyList<CountedCell> counted)
    {
        if (desk.Counts == CountsKind.Exact)
        {
            return [.. counted.Select(c => new TransitionCell(c.Codes[0], c.Codes[1], desk.Show(c.Workers)))];
        }
        var states = StatesOf(channel);
        var known = counted.ToDictionary(c => (c.Codes[0], c.Codes[1]), c => c.Workers);
        return
        [
            .. states
                .SelectMany(from => states.Select(to => (from, to)))
                .Where(pair => pair is not (ReportCodes.Absent, ReportCodes.Absent))
                .Select(pair => new TransitionCell(
                    pair.from,
                    pair.to,
                    desk.Show(known.GetValueOrDefault(pair), channel.Sensitive)
                )),
        ];
    }

    /// <summary>Where a worker may be on a day.</summary>
    internal static IReadOnlyList<string> StatesOf(Channel channel) =>
        [ReportCodes.None, .. channel.Rungs.Select(r => r.Code), ReportCodes.Absent];
}

using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Workers;

public sealed record WorkerList(
    Guid? Organization,
    string? Channel,
    string? Rung,
    int? Level,
    string? Stage,
    bool Voided,
    Clocks Clocks,
    PageWish Page
) : IQuery<WorkerList>
{
    public const string NoRung = "none";
    public const string UnknownStage = "unknown";

    public static WorkerList Read(QueryReader query) =>
        new(
            query.Id("organization", "Workers with an affiliation in force at this organisation or below it."),
            query.Text("channel", "With `rung`: the channel in which it is held."),
            query.Text("rung", "With `channel`: the rung held; `none` for those who hold nothing there."),
            query.Number("level", "The level of the coordinate; 0 where nothing is held.", 0, 99),
            query.Text("stage", "The stage; `unknown` for those whose career start is not known."),
            query.OneOf("include", "`voided` lists voided ones too.", ["voided"]) is not null,
            query.Clocks(),
            query.Page()
        );
}

public static class ListWorkers
{
    public static readonly RefusalCode ChannelAndRung = new(
        "channel-and-rung-together",
        RefusalKind.Shape,
        "'channel' and 'rung' go together. Give both or neither.",
        "channel 与 rung 须同时给出或同时省略。"
    );
    public static readonly RefusalCode UnknownRung = new(
        "unknown-rung",
        RefusalKind.Shape,
        "The framework has no rung '{1}' in a channel '{0}'. Its channels: {2}.",
        "坐标体系的通道“{0}”中没有台阶“{1}”。可用通道：{2}。"
    );
    public static readonly RefusalCode UnknownStage = new(
        "unknown-stage",
        RefusalKind.Shape,
        "The framework has no stage '{0}'. Possible: {1}, unknown.",
        "坐标体系中没有阶段“{0}”。可用：{1}、unknown。"
    );
    public static readonly RefusalCode UnknownLevel = new(
        "unknown-level",
        RefusalKind.Shape,
        "The framework has the levels 0 to {1}, not {0}.",
        "坐标体系的层为 0 至 {1}，没有第 {0} 层。"
    );

    public static async Task<Results<Page<WorkerBody>, Problem>> Handle(
        Query<WorkerList> query,
        SignedIn me,
        PersonalReads reads,
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
        if (Faults(asked, clocks.Framework) is { Count: > 0 } faults)
        {
            return Problem.Of(faults);
        }
        if (asked.Organization is { } place && !me.Knows(store, place))
        {
            return Problem.Of(new Refusal(RequestRefusals.NoSuchOrganization, "?organization", place));
        }
        await using var context = store.Read();
        var rows = context.Workers.KnownAt(clocks.KnownAt);
        if (!asked.Voided)
        {
            rows = rows.NotVoided();
        }
        rows = ByStage(rows, asked.Stage, clocks);
        rows = ByStanding(rows, context, asked, clocks);
        rows = ByLevel(rows, context, asked.Level, clocks);
        rows = ByOrganization(rows, context, asked.Organization, clocks).In(me.Scope, context, clocks.Today);
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        if (asked.Page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            rows = rows.Where(w => w.WorkerId > after);
        }
        var ids = await rows.OrderBy(w => w.WorkerId).Select(w => w.WorkerId).Take(asked.Page.Limit + 1).ToListAsync();
        await reads.ListedAsync(me, [.. ids.Take(asked.Page.Limit)]);
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id => WorkerBody.ItemOf(SearchWorkers.Known(connection.ReadWorkerOnly(id), clocks.KnownAt), clocks))
                .ToList()
        );
        return Page.Of(asked.Page, items, item => [item.Id.ToString()], clocks, count);
    }

    private static List<Refusal> Faults(WorkerList asked, Framework framework)
    {
        var faults = new List<Refusal>();
        if (asked.Channel is null != asked.Rung is null)
        {
            faults.Add(new Refusal(ChannelAndRung, asked.Channel is null ? "?rung" : "?channel"));
        }
        else if (
            asked is { Channel: { } channel, Rung: { } rung }
            && (
                framework.FindChannel(channel) is null || (rung != WorkerList.NoRung && framework.FindRung(channel, rung) is null)
            )
        )
        {
            var channels = Name.List(framework.Channels.Select(c => KeyValuePair.Create(c.Code, c.Name)));
            faults.Add(new Refusal(UnknownRung, "?rung", channel, rung, channels));
        }
        if (asked.Stage is { } stage && stage != WorkerList.UnknownStage && framework.Stages.All(s => s.Code != stage))
        {
            var stages = Name.List(framework.Stages.Select(s => KeyValuePair.Create(s.Code, s.Name)));
            faults.Add(new Refusal(UnknownStage, "?stage", stage, stages));
        }
        if (asked.Level > framework.Levels.Count)
        {
            faults.Add(new Refusal(UnknownLevel, "?level", asked.Level, framework.Levels.Count));
        }
        return faults;
    }

    private static IQueryable<WorkerRevisionRow> ByStage(IQueryable<WorkerRevisionRow> rows, string? stage, ReadClocks clocks)
    {
        if (stage is null)
        {
            return rows;
        }
        if (stage == WorkerList.UnknownStage)
        {
            return rows.Where(w => w.CareerStart == null);
        }
        if (StageDays.CareerStartsOf(clocks.Framework, stage, clocks.AsOf) is not { } starts)
        {
            return rows.Where(w => false);
        }
        var (first, last) = starts;
        return rows.Where(w => w.CareerStart >= first && w.CareerStart <= last);
    }

    private static IQueryable<WorkerRevisionRow> ByStanding(
        IQueryable<WorkerRevisionRow> rows,
        CareerContext context,
        WorkerList asked,
        ReadClocks clocks
    )
    {
        if (asked is not { Channel: { } channel, Rung: { } rung })
        {
            return rows;
        }
        var held = context.Standings.KnownAt(clocks.KnownAt).HeldOn(clocks.AsOf).Where(s => s.Channel == channel);
        return rung == WorkerList.NoRung
            ? rows.Where(w => !held.Any(s => s.WorkerId == w.WorkerId))
            : rows.Where(w => held.Any(s => s.WorkerId == w.WorkerId && s.Rung == rung));
    }

    private static IQueryable<WorkerRevisionRow> ByLevel(
        IQueryable<WorkerRevisionRow> rows,
        CareerContext context,
        int? level,
        ReadClocks clocks
    )
    {
        if (level is not { } wanted)
        {
            return rows;
        }
        var held = context.Standings.KnownAt(clocks.KnownAt).HeldOn(clocks.AsOf);
        return wanted == 0
            ? rows.Where(w => !held.Any(s => s.WorkerId == w.WorkerId))
            : rows.Where(w =>
                held.Any(s => s.WorkerId == w.WorkerId && s.Level == wanted)
                && !held.Any(s => s.WorkerId == w.WorkerId && s.Level > wanted)
            );
    }

    private static IQueryable<WorkerRevisionRow> ByOrganization(
        IQueryable<WorkerRevisionRow> rows,
        CareerContext context,
        Guid? organization,
        ReadClocks clocks
    )
    {
        if (organization is not { } root)
        {
            return rows;
        }
        var below = context.Subtree(root, clocks.AsOf, clocks.KnownAt);
        var inside = context
            .Affiliations.KnownAt(clocks.KnownAt)
            .NotVoided()
            .InForceOn(clocks.AsOf)
            .Where(a => a.OrganizationId != null && below.Contains(a.OrganizationId.Value));
        return rows.Where(w => inside.Any(a => a.WorkerId == w.WorkerId));
    }
}

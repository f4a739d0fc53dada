using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;

namespace CareerCoordinates.Api.Workers;

/// <summary>Which workers are asked for, by a list or by an export.</summary>
public sealed record WorkerFilter(Guid? Organization, string? Channel, string? Rung, int? Level, string? Stage, bool Voided)
{
    public static readonly RefusalCode ChannelAndRung = new(
        "channel-and-rung-together",
        RefusalKind.Shape,
        "'channel' and 'rung' go together. Give both or neither.",
        "channel 与 rung 须同时给出或同时省略。"
    );
    public static readonly RefusalCode NoSuchRung = new(
        "unknown-rung",
        RefusalKind.Shape,
        "The framework has no rung '{1}' in a channel '{0}'. Its channels: {2}.",
        "坐标体系的通道“{0}”中没有台阶“{1}”。可用通道：{2}。"
    );
    public static readonly RefusalCode NoSuchStage = new(
        "unknown-stage",
        RefusalKind.Shape,
        "The framework has no stage '{0}'. Possible: {1}, unknown.",
        "坐标体系中没有阶段“{0}”。可用：{1}、unknown。"
    );
    public static readonly RefusalCode NoSuchLevel = new(
        "unknown-level",
        RefusalKind.Shape,
        "The framework has the levels 0 to {1}, not {0}.",
        "坐标体系的层为 0 至 {1}，没有第 {0} 层。"
    );

    public const string NoRung = "none";
    public const string UnknownStage = "unknown";

    /// <param name="query">Where it is asked for.</param>
    /// <param name="withVoided">False where a voided worker has nothing to show: then he cannot be asked for.</param>
    public static WorkerFilter Read(QueryReader query, bool withVoided = true) =>
        new(
            query.Id("organization", "Workers with an affiliation in force at this organisation or below it."),
            query.Text("channel", "With `rung`: the channel in which it is held."),
            query.Text("rung", "With `channel`: the rung held; `none` for those who hold nothing there."),
            query.Number("level", "The level of the coordinate; 0 where nothing is held.", 0, 99),
            query.Text("stage", "The stage; `unknown` for those whose career start is not known."),
            withVoided && query.OneOf("include", "`voided` lists voided ones too.", ["voided"]) is not null
        );

    /// <summary>What is wrong with it, if this framework is asked.</summary>
    public List<Refusal> Faults(Framework framework)
    {
        var faults = new List<Refusal>();
        if (Channel is null != Rung is null)
        {
            faults.Add(new Refusal(ChannelAndRung, Channel is null ? "?rung" : "?channel"));
        }
        else if (
            this is { Channel: { } channel, Rung: { } rung }
            && (framework.FindChannel(channel) is null || (rung != NoRung && framework.FindRung(channel, rung) is null))
        )
        {
            var channels = Name.List(framework.Channels.Select(c => KeyValuePair.Create(c.Code, c.Name)));
            faults.Add(new Refusal(NoSuchRung, "?rung", channel, rung, channels));
        }
        if (Stage is { } stage && stage != UnknownStage && framework.Stages.All(s => s.Code != stage))
        {
            var stages = Name.List(framework.Stages.Select(s => KeyValuePair.Create(s.Code, s.Name)));
            faults.Add(new Refusal(NoSuchStage, "?stage", stage, stages));
        }
        if (Level > framework.Levels.Count)
        {
            faults.Add(new Refusal(NoSuchLevel, "?level", Level, framework.Levels.Count));
        }
        return faults;
    }

    /// <summary>All of them, as known and as of the clocks, whoever asks.</summary>
    public IQueryable<WorkerRevisionRow> Of(CareerContext context, ReadClocks clocks)
    {
        var rows = context.Workers.KnownAt(clocks.KnownAt);
        if (!Voided)
        {
            rows = rows.NotVoided();
        }
        return ByOrganization(ByLevel(ByStanding(ByStage(rows, clocks), context, clocks), context, clocks), context, clocks);
    }

    private IQueryable<WorkerRevisionRow> ByStage(IQueryable<WorkerRevisionRow> rows, ReadClocks clocks)
    {
        if (Stage is not { } stage)
        {
            return rows;
        }
        if (stage == UnknownStage)
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

    private IQueryable<WorkerRevisionRow> ByStanding(IQueryable<WorkerRevisionRow> rows, CareerContext context, ReadClocks clocks)
    {
        if (this is not { Channel: { } channel, Rung: { } rung })
        {
            return rows;
        }
        var held = context.Standings.KnownAt(clocks.KnownAt).HeldOn(clocks.AsOf).Where(s => s.Channel == channel);
        return rung == NoRung
            ? rows.Where(w => !held.Any(s => s.WorkerId == w.WorkerId))
            : rows.Where(w => held.Any(s => s.WorkerId == w.WorkerId && s.Rung == rung));
    }

    private IQueryable<WorkerRevisionRow> ByLevel(IQueryable<WorkerRevisionRow> rows, CareerContext context, ReadClocks clocks)
    {
        if (Level is not { } wanted)
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

    private IQueryable<WorkerRevisionRow> ByOrganization(
        IQueryable<WorkerRevisionRow> rows,
        CareerContext context,
        ReadClocks clocks
    )
    {
        if (Organization is not { } root)
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

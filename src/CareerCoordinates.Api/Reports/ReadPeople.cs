using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

/// <summary>A cell of a report: the values of its members, by the names that the report gives them after <c>cell.</c>.</summary>
public sealed record CellWish(IReadOnlyDictionary<string, string> Members)
{
    /// <summary>Before the names of a cell's members, where they are parameters.</summary>
    public const string Before = "cell.";

    /// <param name="members">Each with an example where it is always needed; null where it goes with a dimension.</param>
    public static CellWish Read(QueryReader query, params (string Name, string? Example)[] members)
    {
        var given = new Dictionary<string, string>();
        foreach (var (member, example) in members)
        {
            var value = query.Text(Before + member, $"The cell's `{member}`, as the report gives it.", example);
            if ((example is null ? value : query.Required(Before + member, value)) is { } known)
            {
                given[member] = known;
            }
        }
        return new(given);
    }

    /// <summary>Refuses a value that the dimension cannot have. What the framework does not say (an organisation, an industry) may be anything.</summary>
    public void Check(Dimension dimension, Framework framework, List<Refusal> refusals)
    {
        if (ReadPositions.ClosedValues(dimension, framework) is not { } values)
        {
            return;
        }
        if (dimension != Dimension.ChannelRung)
        {
            Check(PositionCell.NamesOf(dimension)[0].Code, values, refusals);
        }
        else if (ReportDesk.ChannelOf(framework, Members.GetValueOrDefault("channel"), refusals) is { } channel)
        {
            Check("rung", [ReportCodes.None, .. channel.Rungs.Select(r => r.Code)], refusals);
        }
    }

    public void Check(string member, IReadOnlyList<string> values, List<Refusal> refusals)
    {
        if (Members.TryGetValue(member, out var value) && !values.Contains(value))
        {
            refusals.Add(new(ReportRefusals.NoSuchCell, "?" + Before + member, value, string.Join(", ", values)));
        }
    }

    /// <summary>The values, if exactly these members are given.</summary>
    public IReadOnlyList<string>? Of(IReadOnlyList<string> members, List<Refusal> refusals)
    {
        if (Members.Count == members.Count && members.All(Members.ContainsKey))
        {
            return [.. members.Select(m => Members[m])];
        }
        var first =
            members.FirstOrDefault(m => !Members.ContainsKey(m)) ?? Members.Keys.FirstOrDefault(m => !members.Contains(m)) ?? "";
        refusals.Add(
            new(
                ReportRefusals.UnknownCell,
                first.Length > 0 ? "?" + Before + first : "",
                string.Join(", ", members.Select(m => Before + m))
            )
        );
        return null;
    }
}

/// <summary>Whom to list: a cell of the report, and how much of the list.</summary>
public sealed record PeopleWish(CellWish Cell, PageWish Page)
{
    public static PeopleWish Read(QueryReader query, params (string Name, string? Example)[] members) =>
        new(CellWish.Read(query, members), query.Page());
}

public sealed record PositionsPeopleQuery(PositionsQuery Report, PeopleWish People) : IQuery<PositionsPeopleQuery>
{
    public static PositionsPeopleQuery Read(QueryReader query) =>
        new(
            PositionsQuery.Read(query),
            PeopleWish.Read(
                query,
                ("channel", null),
                ("rung", null),
                ("level", null),
                ("stage", null),
                ("organization", null),
                ("industry", null),
                ("industrySection", null),
                ("occupation", null),
                ("employmentForm", null),
                ("careerStartYear", null)
            )
        );
}

public sealed record GridPeopleQuery(GridQuery Report, PeopleWish People) : IQuery<GridPeopleQuery>
{
    public static GridPeopleQuery Read(QueryReader query) =>
        new(
            GridQuery.Read(query),
            PeopleWish.Read(
                query,
                ("stage", ReadGrid.Example.Cells[0].Stage),
                ("level", ReadGrid.Example.Cells[0].Level?.ToString(CultureInfo.InvariantCulture))
            )
        );
}

public sealed record TransitionsPeopleQuery(TransitionsQuery Report, PeopleWish People) : IQuery<TransitionsPeopleQuery>
{
    public static TransitionsPeopleQuery Read(QueryReader query) =>
        new(
            TransitionsQuery.Read(query),
            PeopleWish.Read(
                query,
                ("fromRung", ReadTransitions.Example.Cells[0].FromRung),
                ("toRung", ReadTransitions.Example.Cells[0].ToRung)
            )
        );
}

/// <summary>Who asks for people, and where they are found.</summary>
/// <param name="Form">In which form the list is given.</param>
/// <param name="Version">What the list must include.</param>
public sealed record PeopleCall(
    SignedIn Me,
    PersonalReads Reads,
    CareerStore Store,
    SheetForm Form,
    MinDataVersion Version,
    CancellationToken Cancellation
)
{
    public static async ValueTask<PeopleCall?> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return new(
            (await SignedIn.BindAsync(context))!,
            services.GetRequiredService<PersonalReads>(),
            services.GetRequiredService<CareerStore>(),
            SheetForms.Of(context.Request, SheetForms.All) ?? SheetForm.Json,
            (await MinDataVersion.BindAsync(context))!,
            context.RequestAborted
        );
    }
}

/// <summary>
/// The people behind a cell: those in the officer's scope today, and how many of the number have moved on. Exact counts only.
/// </summary>
public static class ReadPeople
{
    /// <summary>As many people as one sheet lists.</summary>
    public const int MostInSheet = 50_000;

    public static readonly RefusalCode TooManyPeople = new(
        "too-many-people",
        RefusalKind.Shape,
        "These are {0} people; one sheet lists {1} at most. Ask for fewer by a filter such as 'organization', or page by page with 'limit'.",
        "共 {0} 人，而一份表格最多列出 {1} 人。请用 organization 等筛选条件缩小范围，或用 limit 分页获取。"
    );

    public static readonly RefusalCode OnlyExact = new(
        "people-are-exact",
        RefusalKind.Shape,
        "The people behind a number are listed for exact counts only. Leave out 'counts', or say counts=exact.",
        "只有准确的统计数可以列出人员名单，请省略 counts 或使用 counts=exact。"
    );

    public static Task<Results<PeopleAnswer, Problem>> OfPositions(Query<PositionsPeopleQuery> query, PeopleCall call) =>
        OfCounts(
            call,
            query.Value.Report.AsOf,
            query.Value.Report.Wish,
            query.Value.People,
            refusals => query.Value.Report.GroupBy.Groupings("channel,rung", 2, refusals)
        );

    public static Task<Results<PeopleAnswer, Problem>> OfGrid(Query<GridPeopleQuery> query, PeopleCall call) =>
        OfCounts(
            call,
            query.Value.Report.AsOf,
            query.Value.Report.Wish,
            query.Value.People,
            _ => [new(Dimension.Stage), new(Dimension.Level)]
        );

    public static Task<Results<PeopleAnswer, Problem>> OfTransitions(Query<TransitionsPeopleQuery> query, PeopleCall call)
    {
        var (asked, people) = query.Value;
        Channel? channel = null;
        IReadOnlyList<string>? cell = null;
        return AnswerAsync(
            call,
            asked.Wish,
            people,
            [("from", asked.From), ("to", asked.To)],
            (framework, refusals) =>
            {
                channel = ReportDesk.ChannelOf(framework, asked.Channel, refusals);
                asked.CheckDays(refusals);
                cell = people.Cell.Of(["fromRung", "toRung"], refusals);
                if (channel is not null)
                {
                    people.Cell.Check("fromRung", ReadTransitions.StatesOf(channel), refusals);
                    people.Cell.Check("toRung", ReadTransitions.StatesOf(channel), refusals);
                }
            },
            desk =>
            {
                desk.Say("channel", channel!.Code);
                var question = new TransitionQuestion(desk.Population, channel, asked.From!.Value, asked.To!.Value);
                return desk.Columns.People(question, cell![0], cell[1]);
            }
        );
    }

    /// <summary>Behind a report on one day.</summary>
    private static Task<Results<PeopleAnswer, Problem>> OfCounts(
        PeopleCall call,
        DateOnly? asOf,
        ReportWish wish,
        PeopleWish people,
        Func<List<Refusal>, IReadOnlyList<Grouping>> groupings
    )
    {
        IReadOnlyList<Grouping> groupBy = [];
        IReadOnlyList<string>? cell = null;
        return AnswerAsync(
            call,
            wish,
            people,
            [("asOf", asOf ?? people.Page.Cursor?.AsOf)],
            (framework, refusals) =>
            {
                // Without a cell: everybody who counts.
                groupBy = people.Cell.Members.Count == 0 ? [] : groupings(refusals);
                cell = people.Cell.Of(
                    [.. groupBy.SelectMany(g => PositionCell.NamesOf(g.Dimension)).Select(c => c.Code)],
                    refusals
                );
                foreach (var dimension in groupBy.Select(g => g.Dimension))
                {
                    people.Cell.Check(dimension, framework, refusals);
                }
            },
            desk =>
            {
                desk.Say("groupBy", string.Join(',', groupBy.Select(g => GroupWish.WordOf(g.Dimension))));
                return desk.Columns.People(new CountQuestion(desk.Population, desk.Clocks.AsOf, groupBy), Codes(groupBy, cell!));
            }
        );
    }

    /// <summary>Channel and rung are one code of a cell.</summary>
    private static IReadOnlyList<string> Codes(IReadOnlyList<Grouping> groupBy, IReadOnlyList<string> members)
    {
        var codes = new List<string>();
        var next = 0;
        foreach (var grouping in groupBy)
        {
            codes.Add(grouping.Dimension == Dimension.ChannelRung ? $"{members[next++]} {members[next++]}" : members[next++]);
        }
        return codes;
    }

    /// <summary>The list, whatever the report: its question is asked as the report asks it, exactly.</summary>
    /// <param name="days">As for <see cref="ReportDesk.OpenAsync"/>, like <paramref name="faults"/>.</param>
    /// <param name="find">Everybody behind the number, in the order of their ids.</param>
    /// <param name="notCounted">Types of milestones whose people are not listed.</param>
    internal static async Task<Results<PeopleAnswer, Problem>> AnswerAsync(
        PeopleCall call,
        ReportWish wish,
        PeopleWish people,
        (string Name, DateOnly? Day)[] days,
        Action<Framework, List<Refusal>> faults,
        Func<ReportDesk, IReadOnlyList<Guid>> find,
        Func<IReadOnlyList<string>>? notCounted = null
    )
    {
        var page = people.Page;
        var opened = await ReportDesk.OpenAsync(
            call.Me,
            call.Store,
            wish with
            {
                KnownAt = wish.KnownAt ?? page.Cursor?.KnownAt,
                Counts = CountsKind.Exact,
            },
            call.Version,
            days,
            faults,
            call.Cancellation,
            _ => wish.Counts == CountsKind.Protected ? new Refusal(OnlyExact, "?counts") : null
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        var found = find(desk);
        foreach (var (name, value) in people.Cell.Members)
        {
            desk.Say(CellWish.Before + name, value);
        }
        var listed = desk.Columns.InScope(found, call.Me.Scope, desk.Clocks.Today);
        var isWhole = call.Form != SheetForm.Json && page.IsWhole;
        if (isWhole && listed.Count > MostInSheet)
        {
            return Problem.Of(TooManyPeople, listed.Count, MostInSheet);
        }
        var start = 0;
        if (page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            // In the order of the bytes as they are written, as the columns keep them.
            start = listed.TakeWhile(id => string.CompareOrdinal(id.ToString(), after.ToString()) <= 0).Count();
        }
        var ids = listed.Skip(start).Take(isWhole ? MostInSheet : page.Limit).ToList();
        var items = new List<WorkerBody>(ids.Count);
        // Not more at once than a page has, so that neither a write nor the vacuum of a database waits for a long list.
        foreach (var some in ids.Chunk(RequestLimits.PageItems))
        {
            call.Cancellation.ThrowIfCancellationRequested();
            await call.Reads.ListedAsync(call.Me, some);
            items.AddRange(
                call.Store.Reader.InSnapshot(connection =>
                    some.Select(id =>
                            WorkerBody.ItemOf(
                                SearchWorkers.Known(connection.ReadWorkerOnly(id), desk.Clocks.KnownAt),
                                desk.Clocks
                            )
                        )
                        .ToList()
                )
            );
        }
        var next =
            start + ids.Count < listed.Count
                ? new Cursor([ids[^1].ToString()], desk.Clocks.AsOf, desk.Clocks.KnownAt).Seal(page.List)
                : null;
        var body = new PeopleBody(found.Count, found.Count - listed.Count, items, next) { NotCounted = notCounted?.Invoke() };
        return new PeopleAnswer(new ReportAnswer<PeopleBody>(_ => body, desk));
    }
}

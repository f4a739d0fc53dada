using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

/// <summary>A cell of a report: the values of its members, by the names that the report gives them after <c>cell.</c>.</summary>
public sealed record CellWish(IReadOnlyDictionary<string, string> Members)
{
    private const string Before = "cell.";

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
        refusals.Add(new(ReportRefusals.UnknownCell, "", string.Join(", ", members.Select(m => Before + m))));
        return null;
    }
}

/// <summary>The people behind a number, a page at a time.</summary>
/// <param name="Workers">The number.</param>
/// <param name="MovedOn">How many of them are not in the caller's scope today, and so are not listed.</param>
public sealed record PeopleBody(
    IReadOnlyDictionary<string, string> Question,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    int Workers,
    int MovedOn,
    IReadOnlyList<WorkerBody> Items,
    string? NextCursor
);

public sealed record PositionsPeopleQuery(PositionsQuery Report, CellWish Cell, PageWish Page) : IQuery<PositionsPeopleQuery>
{
    public static PositionsPeopleQuery Read(QueryReader query) =>
        new(
            PositionsQuery.Read(query),
            CellWish.Read(
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
            ),
            query.Page()
        );
}

public sealed record GridPeopleQuery(GridQuery Report, CellWish Cell, PageWish Page) : IQuery<GridPeopleQuery>
{
    public static GridPeopleQuery Read(QueryReader query) =>
        new(
            GridQuery.Read(query),
            CellWish.Read(
                query,
                ("stage", ReadGrid.Example.Cells[0].Stage),
                ("level", ReadGrid.Example.Cells[0].Level?.ToString(CultureInfo.InvariantCulture))
            ),
            query.Page()
        );
}

public sealed record TransitionsPeopleQuery(TransitionsQuery Report, CellWish Cell, PageWish Page)
    : IQuery<TransitionsPeopleQuery>
{
    public static TransitionsPeopleQuery Read(QueryReader query) =>
        new(
            TransitionsQuery.Read(query),
            CellWish.Read(
                query,
                ("fromRung", ReadTransitions.Example.Cells[0].FromRung),
                ("toRung", ReadTransitions.Example.Cells[0].ToRung)
            ),
            query.Page()
        );
}

/// <summary>
/// The people behind a cell: those in the officer's scope today, and how many of the number have moved on. Exact counts only.
/// </summary>
public static class ReadPeople
{
    public static Task<Results<Answer<PeopleBody>, Problem>> OfPositions(
        Query<PositionsPeopleQuery> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store,
        CancellationToken cancellation
    ) =>
        OfCounts(
            query.Value.Report.AsOf,
            query.Value.Report.Wish,
            refusals => query.Value.Report.GroupBy.Groupings("channel,rung", 2, refusals),
            query.Value.Cell,
            query.Value.Page,
            me,
            reads,
            store,
            cancellation
        );

    public static Task<Results<Answer<PeopleBody>, Problem>> OfGrid(
        Query<GridPeopleQuery> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store,
        CancellationToken cancellation
    ) =>
        OfCounts(
            query.Value.Report.AsOf,
            query.Value.Report.Wish,
            _ => [new(Dimension.Stage), new(Dimension.Level)],
            query.Value.Cell,
            query.Value.Page,
            me,
            reads,
            store,
            cancellation
        );

    public static async Task<Results<Answer<PeopleBody>, Problem>> OfTransitions(
        Query<TransitionsPeopleQuery> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value.Report;
        Channel? channel = null;
        IReadOnlyList<string>? cell = null;
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish with
            {
                KnownAt = asked.Wish.KnownAt ?? query.Value.Page.Cursor?.KnownAt,
                Counts = CountsKind.Exact,
            },
            new MinDataVersion(null, false),
            [("from", asked.From), ("to", asked.To)],
            (framework, refusals) =>
            {
                channel = ReportDesk.ChannelOf(framework, asked.Channel, refusals);
                asked.CheckDays(refusals);
                cell = query.Value.Cell.Of(["fromRung", "toRung"], refusals);
                if (channel is not null)
                {
                    query.Value.Cell.Check("fromRung", ReadTransitions.StatesOf(channel), refusals);
                    query.Value.Cell.Check("toRung", ReadTransitions.StatesOf(channel), refusals);
                }
            },
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        desk.Say("channel", channel!.Code);
        var people = desk.Columns.People(
            new TransitionQuestion(desk.Population, channel, asked.From!.Value, asked.To!.Value),
            cell![0],
            cell[1]
        );
        return await AnswerAsync(desk, people, query.Value.Cell, query.Value.Page, me, reads, store);
    }

    private static async Task<Results<Answer<PeopleBody>, Problem>> OfCounts(
        DateOnly? asOf,
        ReportWish wish,
        Func<List<Refusal>, IReadOnlyList<Grouping>> groupings,
        CellWish wanted,
        PageWish page,
        SignedIn me,
        PersonalReads reads,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Grouping> groupBy = [];
        IReadOnlyList<string>? cell = null;
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            wish with
            {
                KnownAt = wish.KnownAt ?? page.Cursor?.KnownAt,
                Counts = CountsKind.Exact,
            },
            new MinDataVersion(null, false),
            [("asOf", asOf ?? page.Cursor?.AsOf)],
            (framework, refusals) =>
            {
                // Without a cell: everybody who counts.
                groupBy = wanted.Members.Count == 0 ? [] : groupings(refusals);
                cell = wanted.Of([.. groupBy.SelectMany(g => PositionCell.NamesOf(g.Dimension)).Select(c => c.Code)], refusals);
                foreach (var dimension in groupBy.Select(g => g.Dimension))
                {
                    wanted.Check(dimension, framework, refusals);
                }
            },
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        desk.Say("groupBy", string.Join(',', groupBy.Select(g => GroupWish.WordOf(g.Dimension))));
        var people = desk.Columns.People(new CountQuestion(desk.Population, desk.Clocks.AsOf, groupBy), Codes(groupBy, cell!));
        return await AnswerAsync(desk, people, wanted, page, me, reads, store);
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

    private static async Task<Results<Answer<PeopleBody>, Problem>> AnswerAsync(
        ReportDesk desk,
        IReadOnlyList<Guid> people,
        CellWish cell,
        PageWish page,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        foreach (var (name, value) in cell.Members)
        {
            desk.Say("cell." + name, value);
        }
        var clocks = desk.Clocks;
        var listed = desk.Columns.InScope(people, me.Scope, clocks.Today);
        var start = 0;
        if (page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            // In the order of the bytes as they are written, as the columns keep them.
            start = listed.TakeWhile(id => string.CompareOrdinal(id.ToString(), after.ToString()) <= 0).Count();
        }
        var ids = listed.Skip(start).Take(page.Limit).ToList();
        await reads.ListedAsync(me, ids);
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id => WorkerBody.ItemOf(SearchWorkers.Known(connection.ReadWorkerOnly(id), clocks.KnownAt), clocks))
                .ToList()
        );
        var next =
            start + ids.Count < listed.Count
                ? new Cursor([ids[^1].ToString()], clocks.AsOf, clocks.KnownAt).Seal(page.List)
                : null;
        var body = new PeopleBody(
            desk.Question,
            clocks.KnownAt,
            clocks.KnownAtClosed,
            FrameworkReference.Of(clocks),
            people.Count,
            people.Count - listed.Count,
            items,
            next
        );
        return Answer.Of(body, 0, clocks);
    }
}

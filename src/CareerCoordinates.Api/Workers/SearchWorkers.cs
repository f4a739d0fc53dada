using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Workers;

/// <param name="Text">
/// The start of a name or of a number, 1 to 100 characters; where nothing begins so, a part of a name of 2 or more, or of a number of 3.
/// </param>
public sealed record SearchText(string Text);

public sealed class SearchTextValidator : AbstractValidator<SearchText>
{
    public SearchTextValidator() => RuleFor(r => r.Text).NotEmpty().MaximumLength(Limits.WorkerName);
}

/// <summary>Names belong to the record's clock only: no day changes them.</summary>
public sealed record WorkerSearch(Clocks Clocks, int Limit) : IQuery<WorkerSearch>
{
    public static WorkerSearch Read(QueryReader query) =>
        new(query.KnownAt(), query.Number("limit", "How many workers at most.", 1, Limits.PageSize, 50) ?? 50);
}

/// <summary>The workers found, by name; <paramref name="More"/> says that a longer text would help.</summary>
/// <param name="KnownAt">The instant whose record was read.</param>
/// <param name="KnownAtClosed">True where this answer can never change again.</param>
public sealed record WorkersFound(IReadOnlyList<WorkerBody> Items, bool More, Instant KnownAt, bool KnownAtClosed);

public static class SearchWorkers
{
    public static readonly RefusalCode ByIdNumber = new(
        "search-by-id-number",
        RefusalKind.Rule,
        "This is an ID number, by which no text search finds anybody. Send it to POST /api/v1/workers:find-by-id-number.",
        "这是公民身份号码，不能按文本查询。请用 POST /api/v1/workers:find-by-id-number。"
    );

    /// <summary>A shorter part of a name is in too many of them; so it is with numbers.</summary>
    private const int ShortestPartOfName = 2;
    private const int ShortestPartOfNumber = 3;

    public static async Task<Results<Answer<WorkersFound>, Problem>> Handle(
        Body<SearchText> body,
        Query<WorkerSearch> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        var resolved = await query.Value.Clocks.OnAsync(store);
        if (resolved.IsRefused)
        {
            return Problem.Of(resolved.Refusals);
        }
        var clocks = resolved.Value;
        var limit = query.Value.Limit;
        var text = body.Value.Text.Trim();
        if (IdNumber.StandsIn(text))
        {
            // The database may log what it is asked for.
            return Problem.Of(new Refusal(ByIdNumber, "/text"));
        }
        // Everything that begins with the text lies between it and the text followed by the last character there is.
        var end = text + char.ConvertFromUtf32(0x10FFFF);
        await using var context = store.Read();
        var known = context.Workers.KnownAt(clocks.KnownAt).NotVoided().In(me.Scope, context, clocks.Today);
        var named = known.Where(w => string.Compare(w.Name, text) >= 0 && string.Compare(w.Name, end) < 0);
        var numbered = known.Where(w =>
            w.Number != null && string.Compare(w.Number, text) >= 0 && string.Compare(w.Number, end) < 0
        );
        var found = await FoundAsync(named, numbered);
        if (found.Count == 0 && text.Length >= ShortestPartOfName)
        {
            // Numbers are mostly written in capitals.
            var capitals = text.ToUpperInvariant();
            found = await FoundAsync(
                known.Where(w => w.Name != null && w.Name.Contains(text)),
                known.Where(w =>
                    w.Number != null
                    && (w.Number.Contains(text) || w.Number.Contains(capitals))
                    && text.Length >= ShortestPartOfNumber
                )
            );
        }
        var ids = found.Select(r => r.WorkerId).Distinct().ToList();
        var shown = ids.Take(limit).ToList();
        await reads.ListedAsync(me, shown);
        var standings = await WorkerStandings.OfAsync(context, me, clocks, shown);
        var items = store.Reader.InSnapshot(connection =>
            shown.Select(id => standings.ItemOf(connection, Known(connection.ReadWorkerOnly(id), clocks.KnownAt))).ToList()
        );
        return Answer.Of(new WorkersFound(items, ids.Count > limit, clocks.KnownAt, clocks.KnownAtClosed), 0, clocks);

        async Task<List<WorkerRevisionRow>> FoundAsync(
            IQueryable<WorkerRevisionRow> byName,
            IQueryable<WorkerRevisionRow> byNumber
        ) =>
            [
                .. await byName.OrderBy(w => w.Name).ThenBy(w => w.WorkerId).Take(limit + 1).ToListAsync(),
                .. await byNumber.OrderBy(w => w.Number).ThenBy(w => w.WorkerId).Take(limit + 1).ToListAsync(),
            ];
    }

    internal static Revision<WorkerContent> Known(IReadOnlyList<Revision<WorkerContent>> revisions, Instant knownAt) =>
        Revision<WorkerContent>.At(revisions, knownAt)!;
}

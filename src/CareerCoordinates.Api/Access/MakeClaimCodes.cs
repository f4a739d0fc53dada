using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Access;

/// <param name="Again">True: also for those who have a code that is still good; it is replaced.</param>
public sealed record SheetWish(bool Again, Guid? After) : IQuery<SheetWish>
{
    public static SheetWish Read(QueryReader query) =>
        new(
            query.Flag(
                "again",
                "Also for those who have a code of the last 14 days, as when a sheet was lost, or they came from another unit with it; theirs are replaced."
            ) ?? false,
            query.Id("after", "With `again`: only workers after this one, the `lastId` of the sheet before.")
        );
}

/// <summary>Codes for the workers of a unit, told this once.</summary>
/// <param name="Remaining">How many more there are, to be asked for by the same request again; counted to 10,000.</param>
/// <param name="LastId">The last of these workers in order of id, for <c>after</c>; null where there is none.</param>
public sealed record ClaimSheetBody(IReadOnlyList<ClaimCodeBody> Items, int Remaining, Guid? LastId);

/// <summary>Codes for all of a unit who have no account yet, as JSON or as a sheet to print and cut up.</summary>
public static class MakeClaimCodes
{
    public const int MostAtOnce = 500;
    private const int MostCounted = 10_000;

    public static readonly ClaimSheetBody Example = new([ClaimCodeBody.Example], 0, ClaimCodeBody.Example.WorkerId);

    public static async Task<IResult> Handle(
        Guid organizationId,
        NoBody body,
        Query<SheetWish> query,
        SignedIn me,
        HttpContext context,
        CareerStore store,
        Passwords passwords
    )
    {
        if (!me.Knows(store, organizationId))
        {
            return Problem.Of(OrganizationRules.UnknownOrganization, organizationId);
        }
        var (workers, remaining) = await FindAsync(store, organizationId, query.Value);
        var codes = new List<(Unclaimed Worker, string Code, byte[] Hash)>(workers.Count);
        foreach (var worker in workers)
        {
            var code = ClaimCodes.NewCode();
            codes.Add((worker, code, await passwords.HashCodeAsync(worker.Name, code, isKnown: true)));
        }
        var outcome = await store.Gate.RunAsync<List<(Unclaimed Worker, string Code, Instant EndsAt)>>(tx =>
        {
            // Who moved away or got an account meanwhile is left out.
            var given = new List<(Unclaimed, string, Instant)>(codes.Count);
            foreach (var (worker, code, hash) in codes)
            {
                if (
                    me.Covers(tx.Connection, worker.Id, tx.Connection.ReadAffiliations(worker.Id), tx.Today)
                    && tx.Connection.FindAccountsOf(worker.Id).Count == 0
                    && MakeClaimCode.Give(tx, worker.Id, hash, me.Name) is { IsRefused: false } one
                )
                {
                    given.Add((worker, code, one.Value.EndsAt));
                }
            }
            if (given.Count > 0 && !LocalUser.Is(me))
            {
                var details = new { organizationId, workers = given.Select(g => g.Item1.Id) };
                me.Audit(tx, null, null, JsonSerializer.Serialize(details));
            }
            return given;
        });
        // The images are drawn outside the gate: others want to write.
        var host = MakeClaimCode.HostOf(context);
        var items = outcome
            .Value.OrderBy(g => g.Worker.StaffNumber, StringComparer.Ordinal)
            .ThenBy(g => g.Worker.Name, StringComparer.Ordinal)
            .Select(g => ClaimCodeBody.Of(g.Worker.Id, g.Worker.Name, g.Worker.StaffNumber, null, g.Code, g.EndsAt, host))
            .ToList();
        var last = workers.Count > 0 ? workers[^1].Id : (Guid?)null;
        var sheet = new ClaimSheetBody(items, remaining + workers.Count - items.Count, last);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        return IsPageWanted(context.Request)
            ? new ClaimSheetPage(sheet, store.Frameworks.Current.TimeZone)
            : TypedResults.Ok(sheet);
    }

    /// <summary>Workers who are in the unit or below it today and have no account, in order of id; and how many more.</summary>
    private static async Task<(List<Unclaimed> Workers, int Remaining)> FindAsync(
        CareerStore store,
        Guid organizationId,
        SheetWish wish
    )
    {
        var today = store.Today();
        await using var context = store.Read();
        var below = context.Subtree(organizationId, today, Instant.Never);
        var there = context
            .Affiliations.Where(a => a.SupersededAt == null && a.OrganizationId != null)
            .NotVoided()
            .InForceOn(today)
            .Where(a => below.Contains(a.OrganizationId!.Value));
        var claimed = context.Ids("SELECT worker_id AS id FROM accounts WHERE worker_id IS NOT NULL");
        var wanted = context
            .Workers.Where(w => w.SupersededAt == null)
            .NotVoided()
            .Where(w => there.Any(a => a.WorkerId == w.WorkerId) && !claimed.Contains(w.WorkerId));
        if (!wish.Again)
        {
            var given = context.Ids(
                "SELECT worker_id AS id FROM claim_codes WHERE ends_at > {0}",
                store.Clock.ProcessNow.Microseconds
            );
            wanted = wanted.Where(w => !given.Contains(w.WorkerId));
        }
        if (wish.After is { } after)
        {
            wanted = wanted.Where(w => w.WorkerId > after);
        }
        var workers = await wanted
            .OrderBy(w => w.WorkerId)
            .Take(MostAtOnce)
            .Select(w => new Unclaimed(
                w.WorkerId,
                w.Name,
                there
                    .Where(a => a.WorkerId == w.WorkerId)
                    .OrderByDescending(a => a.IsPrimary)
                    .ThenBy(a => a.FromDay)
                    .Select(a => a.StaffNumber)
                    .FirstOrDefault()
            ))
            .ToListAsync();
        var all = workers.Count < MostAtOnce ? workers.Count : await wanted.Take(MostAtOnce + MostCounted).CountAsync();
        return (workers, all - workers.Count);
    }

    /// <summary>A browser that is to show a page names it before JSON; who takes anything gets JSON.</summary>
    private static bool IsPageWanted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted))
        {
            return false;
        }
        double Liked(string type) => accepted.Where(a => a.MediaType == type).Select(a => a.Quality ?? 1).DefaultIfEmpty(0).Max();
        return Liked("text/html") is var page && page > 0 && page >= Liked("application/json");
    }

    private sealed record Unclaimed(Guid Id, string Name, string? StaffNumber);
}

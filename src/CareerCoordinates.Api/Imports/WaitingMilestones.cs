using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Imports;

/// <summary>A milestone as an import left it.</summary>
internal sealed record WaitingMilestone(Guid WorkerId, Guid MilestoneId, int Revision)
{
    public MilestoneSeen Seen => new(WorkerId, MilestoneId, "");
}

/// <summary>What of an import waits for a verifier, and what he has drawn of it.</summary>
internal static class WaitingMilestones
{
    public static readonly RefusalCode NothingWaits = new(
        "no-import-to-verify",
        RefusalKind.NotFound,
        "There is no such import, or nothing of it waits for you. GET /imports/to-verify lists those of which something does.",
        "没有该导入，或其中没有待您核验的内容。GET /imports/to-verify 可列出有待您核验内容的导入。"
    );
    public static readonly RefusalCode SampleTooSmall = new(
        "sample-too-small",
        RefusalKind.Rule,
        "Of {0} milestones at least {1} are looked at. Ask for so many, or leave 'size' out.",
        "{0} 条成长节点至少须抽查 {1} 条。请按此数抽取，或去掉 size。"
    );

    /// <summary>What of the import the caller may verify now; an import of which he sees nothing does not exist.</summary>
    public static async Task<Outcome<List<WaitingMilestone>>> OpenAsync(CareerStore store, SignedIn me, Guid importId)
    {
        if (Committed(store, importId) is not { } import)
        {
            return new Refusal(NothingWaits, "");
        }
        var waiting = await WaitingAsync(store, me, importId);
        return waiting.Count == 0 && store.Reader.OnConnection(c => c.FindSample(importId, me.Caller.AccountId)) is null
                ? new Refusal(NothingWaits, "")
            : IsOwn(import, me) ? new Refusal(FourEyesRule.FourEyes, "")
            : waiting;
    }

    /// <summary>How many milestones of an import nobody has decided yet, whoever may; null where it is not one that is committed.</summary>
    public static int? CountOf(CareerStore store, Import import)
    {
        if (
            import is not { State: ImportState.Committed, Kind: ImportKind.Milestones }
            || import.Counts is { Create: 0, Change: 0 }
        )
        {
            return null;
        }
        using var context = store.Read();
        return context.Waiting().AsLeftBy(import.Id, context).Count();
    }

    private static async Task<List<WaitingMilestone>> WaitingAsync(CareerStore store, SignedIn me, Guid importId)
    {
        await using var context = store.Read();
        var self = me.Caller.WorkerId;
        var rows = context.Waiting().Where(m => m.WorkerId != self).AsLeftBy(importId, context);
        var found = new List<WaitingMilestone>();
        foreach (var code in await rows.Select(m => m.Type).Distinct().ToListAsync())
        {
            var scope = store.Frameworks.Current.MilestoneTypes.TryGetValue(code, out var type)
                ? me.Caller.ScopeOfVerifying(type.VerifiedBy)
                : new(false, []);
            if (!scope.IsEmpty)
            {
                found.AddRange(
                    await rows.Where(m => m.Type == code)
                        .In(scope, context, store.Today())
                        .Select(m => new WaitingMilestone(m.WorkerId, m.MilestoneId, m.Revision))
                        .ToListAsync()
                );
            }
        }
        return found;
    }

    /// <summary>Why so many of a batch are too few; null where they are not.</summary>
    public static Refusal? TooSmall(int size, int batch) =>
        AcceptanceSample.SizeOf(batch) is var least && size < least ? new(SampleTooSmall, "/size", batch, least) : null;

    /// <summary>The newest revisions of what is in the sample, in the caller's scope.</summary>
    public static async Task<List<MilestoneRevisionRow>> OfAsync(CareerStore store, SignedIn me, ImportSample sample)
    {
        await using var context = store.Read();
        return await context
            .Milestones.Where(m => m.SupersededAt == null && sample.Milestones.Contains(m.MilestoneId))
            .Of(sample.ImportId, context)
            .In(me.Scope, context, store.Today())
            .SeenBy(me, store, context, store.Today())
            .OrderBy(m => m.WorkerId)
            .ThenBy(m => m.MilestoneId)
            .ToListAsync();
    }

    /// <summary>Those in the sample that are as the import left them.</summary>
    public static async Task<HashSet<Guid>> UntouchedAsync(CareerStore store, ImportSample sample)
    {
        await using var context = store.Read();
        return await context
            .Waiting()
            .Where(m => sample.Milestones.Contains(m.MilestoneId))
            .AsLeftBy(sample.ImportId, context)
            .Select(m => m.MilestoneId)
            .ToHashSetAsync();
    }

    public static Import? Committed(CareerStore store, Guid importId) =>
        store.Reader.OnConnection(c => c.FindImport(importId))
            is { State: ImportState.Committed, Kind: ImportKind.Milestones } import
            ? import
            : null;

    public static bool IsOwn(Import import, SignedIn me) => !LocalUser.Is(me) && import.AccountId == me.Caller.AccountId;
}

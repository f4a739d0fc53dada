using System.Security.Cryptography;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Imports;

/// <summary>How much of an import is to be looked at.</summary>
/// <param name="Size">At most 1,000. Left out: the least that is allowed.</param>
public sealed record SampleWish(int? Size = null);

public sealed class SampleWishValidator : AbstractValidator<SampleWish>
{
    public SampleWishValidator()
    {
        RuleFor(w => w.Size).InclusiveBetween(1, Limits.SampleSize);
    }
}

/// <summary>The sample was looked at and nothing is wrong with it: the rest is verified with it.</summary>
/// <param name="Basis">With what it was compared, such as a register; needed, at most 1,000 characters. It stays with each milestone.</param>
public sealed record ImportToAccept(string Basis);

public sealed class ImportToAcceptValidator : AbstractValidator<ImportToAccept>
{
    public ImportToAcceptValidator()
    {
        RuleFor(v => v.Basis).NotEmpty().MaximumLength(Limits.SampleBasis).WithoutIdNumber();
    }
}

/// <summary>A committed import of which something waits for the caller.</summary>
/// <param name="Account">Who sent it.</param>
/// <param name="Waiting">Milestones of it that wait in the caller's scope.</param>
public sealed record WaitingImport(Guid Id, string Account, string FileName, Instant UploadedAt, int Waiting);

/// <summary>The newest 500.</summary>
public sealed record WaitingImports(IReadOnlyList<WaitingImport> Items);

/// <summary>What a verifier looks at of an import.</summary>
/// <param name="Waiting">Milestones of it that the caller could verify when the sample was drawn.</param>
/// <param name="Size">How many were drawn.</param>
/// <param name="Least">So many at least: GB/T 2828.1, general level II.</param>
/// <param name="Basis">What the caller said when he verified the rest; null before.</param>
/// <param name="Verified">Milestones that were verified by this sample.</param>
/// <param name="Items">The sample. Return or reject what is wrong: then the rest is not verified with it.</param>
public sealed record SampleBody(
    Guid ImportId,
    int Waiting,
    int Size,
    int Least,
    Instant DrawnAt,
    string? Basis,
    int Verified,
    Instant? VerifiedAt,
    IReadOnlyList<MilestoneBody> Items
);

/// <summary>What was verified with a sample.</summary>
/// <param name="Verified">By this request, at most 2,000.</param>
/// <param name="Left">What still waits: ask again until it is 0, or nothing more is verified.</param>
/// <param name="Refused">Why single ones were not, the first 100.</param>
public sealed record AcceptedImport(
    Guid ImportId,
    int Sample,
    string Basis,
    int Verified,
    int Left,
    IReadOnlyList<VerificationBody> Refused
);

/// <summary>
/// A verifier looks at a random sample of an import and verifies the rest with it. The sample is drawn once: asking again shows the same, or
/// adds to it. One that is wrong in it, and the rest is looked at one by one.
/// </summary>
public static class VerifyImport
{
    public static readonly RefusalCode SampleNeeded = new(
        "sample-needed",
        RefusalKind.Conflict,
        "Look at a sample first: :sample draws one.",
        "请先抽样核对：以 :sample 抽取样本。"
    );
    public static readonly RefusalCode SampleTooSmall = new(
        "sample-too-small",
        RefusalKind.Rule,
        "Of {0} milestones at least {1} are looked at. Ask for so many, or leave 'size' out.",
        "{0} 条成长节点至少须抽查 {1} 条。请按此数抽取，或去掉 size。"
    );
    public static readonly RefusalCode SampleFaulty = new(
        "sample-faulty",
        RefusalKind.Conflict,
        "{0} of the sample were returned, rejected, corrected or voided. The rest cannot be verified with it: look at them one by one, or let the officer mend the file.",
        "样本中有 {0} 条已被退回、不予认定、更正或作废，不能据此整批核验。请逐条核验，或由经办人修改文件。"
    );

    private sealed record Place(Guid WorkerId, Guid MilestoneId);

    public static async Task<Ok<WaitingImports>> HandleList(SignedIn me, CareerStore store)
    {
        var types = store
            .Frameworks.Current.MilestoneTypes.Values.Where(t => !me.Caller.ScopeOfVerifying(t.VerifiedBy).IsEmpty)
            .Select(t => t.Code)
            .ToList();
        await using var context = store.Read();
        var self = me.Caller.WorkerId;
        var waiting = await context
            .Untouched()
            .Where(m => types.Contains(m.Type) && m.WorkerId != self)
            .In(me.Scope, context, store.Today())
            .SeenBy(me, store, context, store.Today())
            .Join(context.ImportItems, m => m.MilestoneId, i => i.ThingId, (m, i) => i)
            .GroupBy(i => i.ImportId)
            .Select(g => new { Id = g.Key, Count = g.Count() })
            .ToListAsync();
        var items = new List<WaitingImport>();
        foreach (var found in waiting.OrderByDescending(w => w.Id).Take(Limits.PageSize))
        {
            if (Committed(store, found.Id) is { } import && !IsOwn(import, me))
            {
                items.Add(new(import.Id, import.Account, import.FileName, import.UploadedAt, found.Count));
            }
        }
        return TypedResults.Ok(new WaitingImports(items));
    }

    public static async Task<Results<Ok<SampleBody>, Problem>> HandleSample(
        Guid importId,
        Body<SampleWish> body,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        var opened = await OpenAsync(store, me, importId);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var waiting = opened.Value;
        var drawn = await store.WriteAsync<ImportSample>(me, tx => Draw(tx, me, importId, waiting, body.Value.Size));
        if (drawn.IsRefused)
        {
            return Problem.Of(drawn.Refusals);
        }
        var sample = drawn.Value;
        var clocks = (await new Clocks(null, null).OnAsync(store, null)).Value;
        var places = (await RowsOf(store, me, sample)).ConvertAll(row => (row.WorkerId, row.MilestoneId));
        await reads.ListedAsync(me, [.. places.Select(p => p.WorkerId).Distinct()]);
        return TypedResults.Ok(
            new SampleBody(
                importId,
                sample.Waiting,
                sample.Milestones.Count,
                AcceptanceSample.SizeOf(sample.Waiting),
                sample.DrawnAt,
                sample.Basis,
                sample.Verified,
                sample.VerifiedAt,
                ListInbox.Show(store, places, clocks)
            )
        );
    }

    public static async Task<Results<Ok<AcceptedImport>, Problem>> HandleVerify(
        Guid importId,
        Body<ImportToAccept> body,
        HttpContext http,
        SignedIn me,
        CareerStore store
    )
    {
        var opened = await OpenAsync(store, me, importId);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        if (store.Reader.OnConnection(c => c.FindSample(importId, me.Caller.AccountId)) is not { } sample)
        {
            return Problem.Of(SampleNeeded);
        }
        var (waiting, basis) = (opened.Value, body.Value.Basis.Trim());
        if (TooSmall(sample.Milestones.Count, Math.Max(sample.Waiting, waiting.Count)) is { } small)
        {
            return Problem.Of(small);
        }
        var faulty = (await RowsOf(store, me, sample)).Count(row =>
            row.State != Codes<MilestoneState>.Of(MilestoneState.Verified)
            && !(row.State == Codes<MilestoneState>.Of(MilestoneState.Submitted) && row.Revision == 1)
        );
        if (faulty > 0)
        {
            return Problem.Of(SampleFaulty, faulty);
        }
        var language = Languages.Of(http);
        var said =
            language == Language.Zh
                ? $"抽样核验（抽查 {sample.Milestones.Count}/{sample.Waiting}）：{basis}"
                : $"By sample ({sample.Milestones.Count} of {sample.Waiting}): {basis}";
        var results = await Task.WhenAll(
            waiting
                .Take(Limits.VerifiedOfImportAtOnce)
                .Select(async place => VerifyMany.Result(place, await VerifyMany.Verify(store, me, place, 1, said), language))
        );
        var verified = results.Count(r => r.Status == 200);
        await store.WriteAsync<ImportSample>(
            me,
            tx =>
            {
                var now = tx.Connection.FindSample(importId, me.Caller.AccountId)!;
                var kept = now with { Basis = basis, Verified = now.Verified + verified, VerifiedAt = tx.RecordedAt };
                tx.Keep(kept);
                return kept;
            }
        );
        return TypedResults.Ok(
            new AcceptedImport(
                importId,
                sample.Milestones.Count,
                basis,
                verified,
                waiting.Count - verified,
                [.. results.Where(r => r.Status != 200).Take(Limits.RefusalsAtOnce)]
            )
        );
    }

    /// <summary>What of the import the caller may verify now; an import of which he sees nothing does not exist.</summary>
    private static async Task<Outcome<List<MilestoneSeen>>> OpenAsync(CareerStore store, SignedIn me, Guid importId)
    {
        if (Committed(store, importId) is not { } import)
        {
            return new Refusal(ImportRefusals.NoImport, "");
        }
        var waiting = await WaitingAsync(store, me, importId);
        return waiting.Count == 0 && store.Reader.OnConnection(c => c.FindSample(importId, me.Caller.AccountId)) is null
                ? new Refusal(ImportRefusals.NoImport, "")
            : IsOwn(import, me) ? new Refusal(FourEyesRule.FourEyes, "")
            : waiting;
    }

    private static async Task<List<MilestoneSeen>> WaitingAsync(CareerStore store, SignedIn me, Guid importId)
    {
        await using var context = store.Read();
        var self = me.Caller.WorkerId;
        var rows = context.Untouched().Where(m => m.WorkerId != self).Of(importId, context);
        var found = new List<Place>();
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
                        .Select(m => new Place(m.WorkerId, m.MilestoneId))
                        .ToListAsync()
                );
            }
        }
        return found.ConvertAll(p => new MilestoneSeen(p.WorkerId, p.MilestoneId, ""));
    }

    private static Outcome<ImportSample> Draw(
        Data.Record.RecordTransaction tx,
        SignedIn me,
        Guid importId,
        List<MilestoneSeen> waiting,
        int? size
    )
    {
        var before = tx.Connection.FindSample(importId, me.Caller.AccountId);
        var batch = Math.Max(before?.Waiting ?? 0, waiting.Count);
        if (size is { } asked && TooSmall(asked, batch) is { } small)
        {
            return small;
        }
        var drawn = before?.Milestones.ToHashSet() ?? [];
        var more = Math.Min(size ?? AcceptanceSample.SizeOf(batch), batch) - drawn.Count;
        if (before is not null && more <= 0)
        {
            return before;
        }
        var others = waiting.Select(w => w.MilestoneId).Where(id => !drawn.Contains(id)).ToArray();
        RandomNumberGenerator.Shuffle(others.AsSpan());
        var sample = new ImportSample(
            importId,
            me.Caller.AccountId,
            me.Name,
            batch,
            [.. drawn, .. others.Take(more)],
            tx.RecordedAt,
            before?.Basis,
            before?.Verified ?? 0,
            before?.VerifiedAt
        );
        tx.Keep(sample);
        return sample;
    }

    private static Refusal? TooSmall(int size, int batch) =>
        AcceptanceSample.SizeOf(batch) is var least && size < least ? new(SampleTooSmall, "/size", batch, least) : null;

    /// <summary>The newest revisions of what is in the sample, in the caller's scope.</summary>
    private static async Task<List<MilestoneRevisionRow>> RowsOf(CareerStore store, SignedIn me, ImportSample sample)
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

    private static Import? Committed(CareerStore store, Guid importId) =>
        store.Reader.OnConnection(c => c.FindImport(importId))
            is { State: ImportState.Committed, Kind: ImportKind.Milestones } import
            ? import
            : null;

    private static bool IsOwn(Import import, SignedIn me) => !LocalUser.Is(me) && import.AccountId == me.Caller.AccountId;
}

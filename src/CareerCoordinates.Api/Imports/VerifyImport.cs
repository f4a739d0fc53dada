using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

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

/// <summary>One that is wrong in the sample, and the rest is looked at one by one.</summary>
public static class VerifyImport
{
    public static readonly RefusalCode SampleNeeded = new(
        "sample-needed",
        RefusalKind.Conflict,
        "Look at a sample first: :sample draws one.",
        "请先抽样核对：以 :sample 抽取样本。"
    );
    public static readonly RefusalCode SampleFaulty = new(
        "sample-faulty",
        RefusalKind.Conflict,
        "{0} of the sample were returned, rejected, corrected or voided. The rest cannot be verified with it: look at them one by one. Or let the officer void those, undo the rest of the import, mend the file and import it again.",
        "样本中有 {0} 条已被退回、不予认定、更正或作废，不能据此整批核验。请逐条核验；或由经办人作废这些成长节点、撤销其余导入内容，修改文件后重新导入。"
    );

    public static readonly RefusalCode NothingLeft = new(
        "nothing-left-to-verify",
        RefusalKind.Conflict,
        "Nothing of this import waits for you any more. What it was compared with stands with each milestone.",
        "该导入中已没有待您核验的内容。核验依据见各条成长节点。"
    );

    public static async Task<Results<Ok<AcceptedImport>, Problem>> Handle(
        Guid importId,
        Body<ImportToAccept> body,
        HttpContext http,
        SignedIn me,
        CareerStore store
    )
    {
        var opened = await WaitingMilestones.OpenAsync(store, me, importId);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        if (opened.Value.Count == 0)
        {
            return Problem.Of(NothingLeft);
        }
        if (store.Reader.OnConnection(c => c.FindSample(importId, me.Caller.AccountId)) is not { } sample)
        {
            return Problem.Of(SampleNeeded);
        }
        var (waiting, basis) = (opened.Value, body.Value.Basis.Trim());
        if (WaitingMilestones.TooSmall(sample.Milestones.Count, Math.Max(sample.Waiting, waiting.Count)) is { } small)
        {
            return Problem.Of(small);
        }
        var untouched = await WaitingMilestones.UntouchedAsync(store, sample);
        var faulty = (await WaitingMilestones.OfAsync(store, me, sample)).Count(row =>
            row.State != Codes<MilestoneState>.Of(MilestoneState.Verified) && !untouched.Contains(row.MilestoneId)
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
                .Select(async one =>
                    VerifyMany.Result(one.Seen, await VerifyMany.Verify(store, me, one.Seen, one.Revision, said), language)
                )
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
}

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Affiliations;

/// <summary>What all writes of affiliations ask of the store, inside the gate.</summary>
internal static class AffiliationWriting
{
    public static readonly RefusalCode UnknownAffiliation = new(
        "unknown-affiliation",
        RefusalKind.NotFound,
        "This worker has no affiliation {0}. List the worker's affiliations for their ids.",
        "该职工没有编号为 {0} 的所在单位记录，请先查询其列表。"
    );
    public static readonly RefusalCode OrganizationNotThere = new(
        "unknown-organization",
        RefusalKind.Rule,
        "There is no organisation {0} in the tree. Record it first, or give the place by 'externalName' with kind 'external'.",
        "组织树中没有编号为 {0} 的单位。请先登记该单位，或以 kind=external 和 externalName 填写外部单位。"
    );
    public static readonly RefusalCode FirstInTree = new(
        "first-affiliation-in-tree",
        RefusalKind.Rule,
        "The first affiliation of a worker is at an organisation of the tree: give 'organizationId'.",
        "职工的第一条所在单位须为组织树中的单位，请填写 organizationId。"
    );

    public static Outcome<AffiliationContent> DecideFirst(
        RecordTransaction tx,
        SignedIn me,
        WorkerContent worker,
        Guid id,
        AffiliationContent candidate
    ) =>
        candidate.Kind == AffiliationKind.External
            ? new Refusal(FirstInTree, "/affiliation/kind")
            : Decide(tx, me, worker, id, candidate, [], at: "/affiliation");

    /// <summary>What may be recorded, the organisation and its staff numbers locked and asked.</summary>
    public static Outcome<AffiliationContent> Decide(
        RecordTransaction tx,
        SignedIn me,
        WorkerContent worker,
        Guid id,
        AffiliationContent candidate,
        IReadOnlyList<Affiliation> others,
        Guid? already = null,
        string at = ""
    )
    {
        var check = AffiliationRules.Check(tx.Framework, worker, candidate, others, at);
        return check.IsRefused ? check : CheckPlace(tx, me, id, check.Value, already, at);
    }

    /// <param name="already">The organisation at which it is: a change need not take it anew, so it may be out of scope.</param>
    /// <param name="left">The affiliation that the same write ends before: its staff number is free.</param>
    public static Outcome<AffiliationContent> CheckPlace(
        RecordTransaction tx,
        SignedIn me,
        Guid id,
        AffiliationContent content,
        Guid? already = null,
        string at = "",
        Guid? left = null
    )
    {
        if (content.OrganizationId is not { } organizationId)
        {
            return content;
        }
        if (
            tx.LockOrganization(organizationId) is not [.., { Voided: false }]
            || (organizationId != already && !tx.Connection.Covers(me.Scope, organizationId, tx.Today))
        )
        {
            return new Refusal(OrganizationNotThere, at + "/organizationId", organizationId);
        }
        var holder = UniqueNumbers.OtherHolderOfStaffNumber(tx, id, content, left);
        return holder is not null && AffiliationRules.StaffNumberConflict(content, [holder.Period], at) is { } taken
            ? taken
            : content;
    }

    /// <summary>The worker's record, locked, with the newest revision of the affiliation if it is the one that the caller saw.</summary>
    public static Outcome<LockedAffiliation> Newest(RecordTransaction tx, Guid workerId, Guid affiliationId, IfMatch ifMatch)
    {
        var locked = WorkerLocking.Newest(tx, workerId);
        if (locked.IsRefused)
        {
            return locked.As<LockedAffiliation>();
        }
        var view = locked.Value.At(Instant.Never)!;
        var newest = view.AffiliationRevisions.FirstOrDefault(r => r.Id == affiliationId);
        if (newest is null)
        {
            return new Refusal(UnknownAffiliation, "", affiliationId);
        }
        if (newest.Voided)
        {
            return new Refusal(AffiliationRules.AffiliationVoided, "");
        }
        return ifMatch.Check(newest.Number) is { } stale
            ? stale
            : new LockedAffiliation(locked.Value, view, newest, [.. view.Affiliations.Where(a => a.Id != affiliationId)]);
    }
}

internal sealed record LockedAffiliation(
    WorkerRecord Record,
    WorkerView View,
    Revision<AffiliationContent> Newest,
    IReadOnlyList<Affiliation> Others
);

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Organizations;

/// <param name="ParentId">The organisation above; null for a root.</param>
/// <param name="CreditCode">Unified social credit code, 18 characters (GB 32100).</param>
/// <param name="IndustryCode">Section letter and up to four digits (GB/T 4754), such as <c>C2511</c>.</param>
/// <param name="From">The day from which this parent and industry hold.</param>
/// <param name="Phone">At which its people are answered, as it is dialled; workers below it are shown it.</param>
public sealed record NewOrganization(
    OrganizationKind Kind,
    string Name,
    DateOnly From,
    Guid? ParentId = null,
    string? CreditCode = null,
    string? IndustryCode = null,
    DateOnly? UnionFoundedOn = null,
    IReadOnlyList<string>? Tags = null,
    string? Phone = null
)
{
    internal OrganizationContent Content =>
        new(ParentId, Kind, Name, CreditCode, IndustryCode, From, UnionFoundedOn, Tags ?? [], Phone);
}

public sealed class NewOrganizationValidator : AbstractValidator<NewOrganization>
{
    public NewOrganizationValidator() => RuleFor(r => r.Name).NotEmpty();
}

public static class RecordOrganization
{
    public static readonly NewOrganization Example = new(
        OrganizationKind.Enterprise,
        "示例石化有限公司",
        new DateOnly(2003, 5, 1),
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"),
        "91110105MA00TE5T2T",
        "C2511",
        new DateOnly(2004, 3, 8),
        ["demo"],
        "010-0000 0120"
    );

    public static Task<Results<Recorded<OrganizationBody>, Problem>> Handle(
        Body<NewOrganization> body,
        SignedIn me,
        CareerStore store
    ) =>
        store.RecordAsync(
            me,
            body.Idempotency,
            tx =>
            {
                tx.LockTree();
                var id = tx.NewId();
                var content = Decide(tx, me, id, body.Value.Content);
                return content.IsRefused
                    ? content.As<Recorded<OrganizationBody>>()
                    : Add(tx, new(id, 1, false, content.Value, null, tx.RecordedAt, me.Name));
            }
        );

    /// <summary>What may be recorded about the organisation, given the tree; the tree is locked.</summary>
    /// <param name="already">The parent that it has; an empty id for a root, null for a new organisation.</param>
    /// <param name="read">All revisions of an organisation, where they are not only in the record.</param>
    /// <param name="everUnder">All revisions of each that ever stood directly under one, where they are not only in the record.</param>
    internal static Outcome<OrganizationContent> Decide(
        RecordTransaction tx,
        SignedIn me,
        Guid id,
        OrganizationContent candidate,
        Guid? already = null,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>>? read = null,
        Func<Guid, IEnumerable<IReadOnlyList<Revision<OrganizationContent>>>>? everUnder = null
    )
    {
        if (candidate.ParentId is null && already != Guid.Empty && !me.Caller.May(Right.KeepRoots))
        {
            return new Refusal(AccessRefusals.RootNeedsAdministrator, "/parentId");
        }
        // A parent out of scope is answered like one that does not exist.
        var reachable =
            candidate.ParentId is not { } parent || parent == already || tx.Connection.Covers(me.Scope, parent, tx.Today, read);
        var isMoved = candidate.ParentId != already;
        var waysUp = reachable ? tx.WaysUp(candidate.ParentId, candidate.From, read) : [];
        if (isMoved && already is not null)
        {
            waysUp = tx.TakingAlong(waysUp, id, everUnder);
        }
        var check = OrganizationRules.Check(candidate, id, waysUp, isMoved);
        return
            !check.IsRefused
            && check.Value.CreditCode is { } code
            && UniqueNumbers.OtherHolderOfCreditCode(tx, code, id) is not null
            ? new Refusal(OrganizationRules.CreditCodeTaken, "/creditCode", code)
            : check;
    }

    private static Outcome<Recorded<OrganizationBody>> Add(RecordTransaction tx, Revision<OrganizationContent> revision)
    {
        tx.Add(revision);
        return Answer.Recorded($"/api/v1/organizations/{revision.Id}", OrganizationBody.Of(revision), revision.Number);
    }
}

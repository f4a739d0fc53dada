using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Who sends this request and for what: a handler asks for <c>SignedIn me</c>. It is there wherever the endpoint needs a
/// right, because <see cref="Gatekeeper"/> has let the request in.
/// </summary>
/// <param name="SignIn">Null for an API token and for a token of the OpenID Connect issuer: they are not sign-ins of ours.</param>
/// <param name="Operation">The operation's name in the document, such as <c>recordMilestone</c>.</param>
/// <param name="Right">What the endpoint needs.</param>
/// <param name="WorkerId">The worker of the address, where it names one.</param>
public sealed record SignedIn(Caller Caller, SignIn? SignIn, string Operation, Right Right, Guid? WorkerId)
{
    private Scope? scope;

    /// <summary>Which milestone types are restricted, and who verifies them.</summary>
    public required PublishedFrameworks Frameworks { get; init; }

    /// <summary>The ids in the address of a write besides the worker's, by their names there, such as <c>milestoneId</c>.</summary>
    public IReadOnlyList<(string Name, Guid Id)> Addressed { get; init; } = [];

    /// <summary>The commit that holds what this request wrote; 0 where it wrote nothing that reports count.</summary>
    public long Commit { get; set; }

    public string Name => Caller.Name;

    /// <summary>The caller's own worker, where the endpoint is one of oneself (<see cref="OfOneself"/>).</summary>
    public Guid Own => WorkerId!.Value;

    /// <summary>Writes in the audit trail what he did, and through which API token.</summary>
    public void Audit(RecordTransaction tx, string? action = null, Guid? workerId = null, string details = "{}") =>
        tx.Audit(Name, action ?? Operation, workerId, details, Caller.Token?.Name);

    /// <inheritdoc cref="Audit"/>
    public void AuditMany(RecordTransaction tx, IReadOnlyCollection<Guid> workers, string details) =>
        tx.AuditMany(Name, Operation, workers, details, Caller.Token?.Name);

    public static ValueTask<SignedIn?> BindAsync(HttpContext context) => new(context.Features.Get<SignedIn>());

    /// <summary>Where the right holds that the endpoint needs.</summary>
    public Scope Scope => scope ??= Caller.ScopeOf(Right);

    /// <summary>Whether the endpoint's right holds about this worker; out of scope, he does not exist.</summary>
    public bool Covers(
        RecordConnection connection,
        Guid workerId,
        IReadOnlyList<Revision<Domain.People.AffiliationContent>> affiliations,
        DateOnly today
    ) => Caller.MayAboutSelf(Right, workerId) || connection.Covers(Scope, affiliations, today);

    /// <summary>Whether the organisation exists for the caller: out of scope it does not.</summary>
    public bool Knows(CareerStore store, Guid organizationId) =>
        Scope.Everything
            ? store.Reader.ReadOrganization(organizationId).Count > 0
            : store.Reader.OnConnection(c => c.Covers(Scope, organizationId, store.Today()));

    /// <summary>
    /// Who decides about a milestone of the type: nobody judges what he recorded, what is about himself, or where he acts for
    /// none of the type's bodies. The local user is everybody at once, so nobody else could verify what he records.
    /// </summary>
    public Actor ActorFor(RecordConnection connection, DateOnly today, WorkerRecord record, MilestoneType? type) =>
        new(
            Name,
            MayVerify: type is not null
                && Caller.WorkerId != record.Id
                && connection.Covers(Caller.ScopeOfVerifying(type.VerifiedBy), record.AffiliationRevisions, today),
            FourEyes: !LocalUser.Is(this),
            IsTheWorker: Caller.WorkerId == record.Id
        );
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace CareerCoordinates.Api.Demo;

/// <summary>
/// One thing that was recorded about an invented worker, on a day of the simulated clock. The names inside one life
/// (<c>a1</c>, <c>m3</c>) stand for ids; organisations go by their key in the tree.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Affiliate), "affiliate")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(EndAffiliation), "end-affiliation")]
[JsonDerivedType(typeof(VoidAffiliation), "void-affiliation")]
[JsonDerivedType(typeof(CorrectWorker), "correct-worker")]
[JsonDerivedType(typeof(VoidWorker), "void-worker")]
[JsonDerivedType(typeof(Record), "record")]
[JsonDerivedType(typeof(Correct), "correct")]
[JsonDerivedType(typeof(Verify), "verify")]
[JsonDerivedType(typeof(Return), "return")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Void), "void")]
[JsonDerivedType(typeof(End), "end")]
[JsonDerivedType(typeof(Contest), "contest")]
[JsonDerivedType(typeof(Answer), "answer")]
public abstract record LifeStep(DateOnly On)
{
    public record Affiliate(
        DateOnly On,
        string Affiliation,
        string Kind,
        DateOnly From,
        string? Organization = null,
        string? ExternalName = null,
        DateOnly? Until = null,
        bool Primary = false,
        string? StaffNumber = null,
        string? EmploymentForm = null,
        string? OccupationCode = null
    ) : LifeStep(On);

    /// <summary>As <see cref="Affiliate"/>, and the open primary affiliation ends the day before.</summary>
    public sealed record Transfer(
        DateOnly On,
        string Affiliation,
        string Kind,
        DateOnly From,
        string? Organization = null,
        string? ExternalName = null,
        DateOnly? Until = null,
        bool Primary = false,
        string? StaffNumber = null,
        string? EmploymentForm = null,
        string? OccupationCode = null
    )
        : Affiliate(
            On,
            Affiliation,
            Kind,
            From,
            Organization,
            ExternalName,
            Until,
            Primary,
            StaffNumber,
            EmploymentForm,
            OccupationCode
        );

    /// <param name="Last">Last day at that place, inclusive.</param>
    public sealed record EndAffiliation(DateOnly On, string Affiliation, DateOnly Last, string Reason) : LifeStep(On);

    public sealed record VoidAffiliation(DateOnly On, string Affiliation, string Reason) : LifeStep(On);

    public sealed record CorrectWorker(
        DateOnly On,
        string Name,
        string Reason,
        DateOnly? CareerStart = null,
        DateOnly? BirthDate = null,
        string? Gender = null,
        bool? MigrantWorker = null
    ) : LifeStep(On);

    public sealed record VoidWorker(DateOnly On, string Reason) : LifeStep(On);

    /// <param name="State"><c>verified</c>: by a second person, a minute later; left out: it stays submitted.</param>
    public sealed record Record(
        DateOnly On,
        string Milestone,
        string Type,
        string OccurredOn,
        IReadOnlyDictionary<string, JsonElement> Attributes,
        string? Until = null,
        IReadOnlyList<ScriptedEvidence>? Evidence = null,
        string? Note = null,
        string? State = null
    ) : LifeStep(On);

    /// <summary>Replaces the whole content, as a correction does; the type stays.</summary>
    public sealed record Correct(
        DateOnly On,
        string Milestone,
        string OccurredOn,
        IReadOnlyDictionary<string, JsonElement> Attributes,
        string Reason,
        string? Until = null,
        IReadOnlyList<ScriptedEvidence>? Evidence = null,
        string? Note = null
    ) : LifeStep(On);

    public sealed record Verify(DateOnly On, string Milestone) : LifeStep(On);

    public sealed record Return(DateOnly On, string Milestone, string Reason) : LifeStep(On);

    public sealed record Reject(DateOnly On, string Milestone, string Reason) : LifeStep(On);

    public sealed record Withdraw(DateOnly On, string Milestone, string Reason) : LifeStep(On);

    public sealed record Void(DateOnly On, string Milestone, string Reason) : LifeStep(On);

    /// <param name="Last">Last day in force, inclusive.</param>
    /// <param name="MayVerify">False: by somebody who may not verify, so the end awaits verification.</param>
    public sealed record End(DateOnly On, string Milestone, DateOnly Last, string Kind, string Reason, bool MayVerify = true)
        : LifeStep(On);

    public sealed record Contest(DateOnly On, string Milestone, string Reason) : LifeStep(On);

    public sealed record Answer(DateOnly On, string Milestone, string Reason) : LifeStep(On);
}

public sealed record ScriptedEvidence(string Type, string Reference);

/// <summary>An invented worker with everything that was recorded about him, in order.</summary>
/// <param name="Story">What this life shows, for those that were written to show something.</param>
/// <param name="Recorded">The day on which he was registered.</param>
public sealed record LifeScript(
    string? Number,
    string Name,
    DateOnly Recorded,
    IReadOnlyList<LifeStep> Events,
    DateOnly? CareerStart = null,
    DateOnly? BirthDate = null,
    string? Gender = null,
    bool? MigrantWorker = null,
    BilingualText? Story = null
);

public sealed record BilingualText(string Zh, string En);

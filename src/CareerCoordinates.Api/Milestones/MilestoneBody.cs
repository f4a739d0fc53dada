using System.Text.Json;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Milestones;

/// <summary>A milestone (成长节点): its newest revision, and which revision counts.</summary>
/// <param name="Revision">Counts 1, 2, 3…; the newest as known at the instant asked for.</param>
/// <param name="Counting">The revision that counts; null where nothing of it does.</param>
/// <param name="OccurredOn">A day, or a month or a year where only that is known; counts from the period's last day.</param>
/// <param name="Until">Last day in force, inclusive; null: no end.</param>
/// <param name="Ended">How the fact came to an end before that.</param>
/// <param name="Contested">True while an objection of the worker awaits an answer.</param>
/// <param name="Attributes">What was true on that day; the type says which there are.</param>
/// <param name="Reason">Why this revision was made.</param>
/// <param name="OnBehalf">True where somebody else wrote the content down for the worker, who said it (代填).</param>
/// <param name="Warnings">What to look at after recording or correcting, and before verifying: in lists across workers; empty elsewhere.</param>
/// <param name="Grants">The rungs that a verified milestone of this content confers or backs, by the framework version that answers.</param>
/// <param name="FrameworkVersion">The version under which this content was checked.</param>
/// <param name="Actions">What can be done to it now; <c>correct</c> is PUT, the others are <c>:verb</c>.</param>
/// <param name="Contests">Objections and their answers, oldest first.</param>
/// <param name="WorkerName">In lists across workers: whose it is. So are the next three.</param>
/// <param name="WorkerNumber">The district's own number.</param>
/// <param name="StaffNumber">That of his primary place, where this is yours to see.</param>
/// <param name="Organization">The name of his primary place; absent where he has none, or it is not yours to see.</param>
/// <param name="Etag">Only in lists: what <c>If-Match</c> takes, the same as the single thing's ETag.</param>
/// <param name="AsOf">In the answer to a read of the one: the day whose facts are in force.</param>
/// <param name="KnownAt">In the answer to a read of the one: the instant whose record was read.</param>
/// <param name="KnownAtClosed">With it: true where that answer can never change again.</param>
public sealed record MilestoneBody(
    Guid Id,
    Guid WorkerId,
    int Revision,
    int? Counting,
    MilestoneState State,
    string Type,
    PartialDate OccurredOn,
    PartialDate? Until,
    Ending? Ended,
    bool Contested,
    [property: JsonConverter(typeof(AttributesConverter))] AttributeSet Attributes,
    IReadOnlyList<EvidenceReference> Evidence,
    string? Note,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    string? VerifiedBy,
    bool OnBehalf,
    IReadOnlyList<WarningBody> Warnings,
    IReadOnlyList<GrantBody> Grants,
    PlaceBody Place,
    int FrameworkVersion,
    IReadOnlyList<string> Actions,
    IReadOnlyList<ContestBody> Contests,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WorkerName = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? WorkerNumber = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StaffNumber = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Organization = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Etag = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? AsOf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? KnownAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? KnownAtClosed = null
) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Id("id"u8, Id);
        json.Id("workerId"u8, WorkerId);
        json.Number<int>("revision"u8, Revision);
        json.Number("counting"u8, Counting);
        json.Text("state"u8, Codes<MilestoneState>.Of(State));
        json.Text("type"u8, Type);
        json.Text("occurredOn"u8, OccurredOn.ToString());
        json.Text("until"u8, Until?.ToString());
        json.Any("ended"u8, Ended);
        json.Flag("contested"u8, Contested);
        json.Raw("attributes"u8, Attributes.CanonicalJson);
        json.List("evidence"u8, Evidence);
        json.Text("note"u8, Note);
        json.Text("reason"u8, Reason);
        json.Instant("recordedAt"u8, RecordedAt);
        json.Text("recordedBy"u8, RecordedBy);
        json.Text("verifiedBy"u8, VerifiedBy);
        json.Flag("onBehalf"u8, OnBehalf);
        json.List("warnings"u8, Warnings);
        json.List("grants"u8, Grants);
        json.Any("place"u8, Place);
        json.Number<int>("frameworkVersion"u8, FrameworkVersion);
        json.List("actions"u8, Actions);
        json.List("contests"u8, Contests);
        TextIfThere("workerName"u8, WorkerName);
        TextIfThere("workerNumber"u8, WorkerNumber);
        TextIfThere("staffNumber"u8, StaffNumber);
        TextIfThere("organization"u8, Organization);
        TextIfThere("etag"u8, Etag);
        if (KnownAt is not null)
        {
            json.Day("asOf"u8, AsOf);
            json.Instant("knownAt"u8, KnownAt);
            json.Flag("knownAtClosed"u8, KnownAtClosed == true);
        }
        json.Close();

        void TextIfThere(ReadOnlySpan<byte> name, string? text)
        {
            if (text is not null)
            {
                json.Text(name, text);
            }
        }
    }

    /// <summary>As the answer to a read of the one, which says when it holds.</summary>
    public MilestoneBody On(ReadClocks clocks) =>
        this with
        {
            AsOf = clocks.AsOf,
            KnownAt = clocks.KnownAt,
            KnownAtClosed = clocks.KnownAtClosed,
        };

    /// <summary>As an item of a list, with its ETag.</summary>
    public MilestoneBody WithEtag(ReadClocks clocks) =>
        this with
        {
            Etag = EntityTag.OfItem(Revision, On(clocks), clocks.KnownAt),
        };
}

/// <summary>A rung that the milestone confers (<c>direct</c>) or for which it backs an application (<c>supports</c>).</summary>
public sealed record GrantBody(string Channel, string Rung, int Level, GrantMode Mode) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Text("channel"u8, Channel);
        json.Text("rung"u8, Rung);
        json.Number<int>("level"u8, Level);
        json.Text("mode"u8, Codes<GrantMode>.Of(Mode));
        json.Close();
    }

    public static IReadOnlyList<GrantBody> Of(Framework framework, MilestoneContent content)
    {
        if (!framework.MilestoneTypes.TryGetValue(content.Type, out var type) || type.Grants.Count == 0)
        {
            return [];
        }
        var grants = new List<GrantBody>(type.Grants.Count);
        foreach (var grant in type.Grants)
        {
            if (grant.When.IsMetBy(content.Attributes))
            {
                grants.Add(new(grant.Rung.Channel, grant.Rung.Code, grant.Rung.Level, grant.Mode));
            }
        }
        return grants;
    }
}

/// <summary>A cell of the grid: the stage on the milestone's day × the level of the coordinate on that day.</summary>
/// <param name="Stage">Null where the career start is unknown.</param>
public sealed record PlaceBody(string? Stage, int Level) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Text("stage"u8, Stage);
        json.Number<int>("level"u8, Level);
        json.Close();
    }
}

public enum ContestKind
{
    Contested,
    Answered,
}

/// <summary>An objection of the worker, or the answer to one.</summary>
public sealed record ContestBody(ContestKind Kind, string Reason, Instant RecordedAt, string RecordedBy)
{
    public static ContestBody Of(MilestoneContest contest) =>
        new(
            contest.IsAnswer ? ContestKind.Answered : ContestKind.Contested,
            contest.Reason,
            contest.RecordedAt,
            contest.RecordedBy
        );
}

/// <summary>The milestones of one worker at an instant, ready to be shown. What is costly is computed once for all of them.</summary>
public sealed class MilestoneShelf(WorkerRecord record, WorkerView view, Framework framework, Instant knownAt)
{
    /// <summary>The worker's milestones at the instant, or null where there was no such worker yet.</summary>
    public static MilestoneShelf? At(WorkerRecord? record, Framework framework, Instant knownAt) =>
        record?.At(knownAt) is { } view ? new(record, view, framework, knownAt) : null;

    public IReadOnlyList<Milestone> Milestones => view.Milestones;

    public Milestone? Find(Guid milestoneId) => view.Find(milestoneId);

    /// <summary>What a person should look at before it counts.</summary>
    public IReadOnlyList<WarningBody> WarningsOf(Milestone milestone, DateOnly today)
    {
        var content = milestone.Newest.Content;
        return framework.MilestoneTypes.TryGetValue(content.Type, out var type)
            ? WarningBody.Of(
                MilestoneWarnings.Of(
                    type,
                    milestone.Id,
                    content,
                    Milestones,
                    today,
                    view.Worker.Content.CareerStart,
                    view.Worker.Content.BirthDate
                )
            )
            : [];
    }

    public MilestoneBody Show(Milestone milestone, IReadOnlyList<WarningBody>? warnings = null) =>
        Show(milestone, Places([milestone])[0], warnings ?? []);

    /// <summary>As items of a list, each with its <c>etag</c>.</summary>
    public IReadOnlyList<MilestoneBody> Show(IReadOnlyList<Milestone> milestones, ReadClocks clocks) =>
        [.. Show(milestones).Select(body => body.WithEtag(clocks))];

    public IEnumerable<MilestoneBody> Show(IReadOnlyList<Milestone> milestones)
    {
        var places = Places(milestones);
        return milestones.Select((milestone, i) => Show(milestone, places[i], []));
    }

    private MilestoneBody Show(Milestone milestone, Place place, IReadOnlyList<WarningBody> warnings)
    {
        var newest = milestone.Newest;
        var content = newest.Content;
        return new MilestoneBody(
            milestone.Id,
            newest.WorkerId,
            newest.Revision,
            milestone.Counting?.Revision,
            newest.State,
            content.Type,
            content.OccurredOn,
            content.Until,
            content.Ended,
            milestone.Contested,
            content.Attributes,
            content.Evidence,
            content.Note,
            newest.Reason,
            newest.RecordedAt,
            newest.RecordedBy,
            newest.VerifiedBy,
            newest.OnBehalf,
            warnings,
            GrantBody.Of(framework, content),
            new PlaceBody(place.Stage.Code, place.Level),
            newest.FrameworkVersion,
            Actions(milestone),
            Contests(milestone.Id)
        );
    }

    /// <summary>A voided worker stands nowhere on the grid.</summary>
    private IReadOnlyList<Place> Places(IReadOnlyList<Milestone> milestones) =>
        CareerGrid.PlacesOf(
            framework,
            view.Worker.Voided ? null : view.Worker.Content.CareerStart,
            view.Worker.Voided ? [] : view.Counting,
            [.. milestones.Select(m => m.Newest.Content.OccurredOn)]
        );

    private IReadOnlyList<string> Actions(Milestone milestone)
    {
        if (view.Worker.Voided || view.Worker.Content.Erased)
        {
            return [];
        }
        var allowed = MilestoneDecisions.Allowed(milestone);
        var actions = new string[allowed.Count + 1];
        for (var i = 0; i < allowed.Count; i++)
        {
            actions[i] = Codes<MilestoneAction>.Of(allowed[i]);
        }
        actions[^1] = milestone.Contested ? "answer" : "contest";
        return actions;
    }

    private IReadOnlyList<ContestBody> Contests(Guid milestoneId) =>
        record.Contests.Count == 0
            ? []
            :
            [
                .. from contest in record.Contests
                where contest.MilestoneId == milestoneId && contest.RecordedAt <= knownAt
                select ContestBody.Of(contest),
            ];
}

/// <summary>Attributes are kept as canonical JSON and go out as they are.</summary>
public sealed class AttributesConverter : JsonConverter<AttributeSet>
{
    public override AttributeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Attributes are read by the rules of their type.");

    public override void Write(Utf8JsonWriter writer, AttributeSet value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.CanonicalJson, skipInputValidation: true);
}

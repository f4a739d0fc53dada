using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>A milestone of a locked worker inside the gate, before something is decided about it.</summary>
public sealed record MilestoneWrite(
    RecordTransaction Transaction,
    SignedIn Me,
    WorkerRecord Record,
    WorkerContent Worker,
    IReadOnlyList<MilestoneRevision> History
)
{
    public static readonly RefusalCode OnBehalfOfOneself = new(
        "on-behalf-of-oneself",
        RefusalKind.Rule,
        "'onBehalf' is for one who writes down what a worker says. Leave it out: this is about yourself.",
        "onBehalf 用于代职工填报。这是您本人的记录，请去掉该项。"
    );

    /// <summary>By the caller; whether he may verify is asked of the type that the milestone has.</summary>
    public Decision Decision =>
        new(
            Me.ActorFor(
                Transaction.Connection,
                Transaction.Today,
                Record,
                History.Count == 0 ? null : Transaction.Framework.MilestoneTypes.GetValueOrDefault(History[^1].Content.Type)
            ),
            Transaction.RecordedAt
        );

    /// <summary>Locks a worker, to whom milestones may be added.</summary>
    public static Outcome<MilestoneWrite> Open(RecordTransaction transaction, SignedIn me, Guid workerId) =>
        transaction.LockWorker(workerId) is { } record
            ? Open(transaction, me, record)
            : new Refusal(WorkerRules.UnknownWorker, "");

    /// <param name="record">Of a worker whom this transaction has locked.</param>
    public static Outcome<MilestoneWrite> Open(RecordTransaction transaction, SignedIn me, WorkerRecord record)
    {
        var worker = record.Revisions[^1];
        return worker.Content.Erased ? new Refusal(WorkerRules.WorkerErased, "")
            : worker.Voided ? new Refusal(WorkerRules.WorkerVoided, "")
            : new MilestoneWrite(transaction, me, record, worker.Content, []);
    }

    /// <summary>Locks a worker and takes one of his milestones, which the caller must have seen as it is.</summary>
    public static Outcome<MilestoneWrite> Open(
        RecordTransaction transaction,
        SignedIn me,
        Guid workerId,
        Guid milestoneId,
        int seen
    ) =>
        transaction.LockWorker(workerId) is { } record
            ? Open(transaction, me, record, milestoneId, seen)
            : new Refusal(WorkerRules.UnknownWorker, "");

    /// <param name="record">Of a worker whom this transaction has locked.</param>
    public static Outcome<MilestoneWrite> Open(
        RecordTransaction transaction,
        SignedIn me,
        WorkerRecord record,
        Guid milestoneId,
        int seen
    )
    {
        var hidden = me.HiddenTypes(transaction.Connection, record.Id, transaction.Today, record.AffiliationRevisions);
        var history = record.Without(hidden).RevisionsOf(milestoneId);
        var worker = record.Revisions[^1];
        return history.Count == 0 ? new Refusal(MilestoneDecisions.UnknownMilestone, "")
            : worker.Content.Erased ? new Refusal(WorkerRules.WorkerErased, "")
            : worker.Voided ? new Refusal(WorkerRules.WorkerVoided, "")
            : history[^1].Revision != seen ? new Refusal(RequestRefusals.Stale, "", history[^1].Revision)
            : new MilestoneWrite(transaction, me, record, worker.Content, history);
    }

    /// <summary>Makes one change of a milestone: what was decided becomes its next revision.</summary>
    public static Task<Results<Answer<MilestoneBody>, Problem>> ChangeAsync(
        CareerStore store,
        SignedIn me,
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Func<MilestoneWrite, Outcome<MilestoneRevision>> decide,
        bool warn = false
    ) =>
        store.ChangeAsync(
            me,
            transaction => Change(transaction, me, workerId, milestoneId, ifMatch.Revision, decide, warn),
            written => Answer.Of(written.Show(), written.Revision)
        );

    /// <inheritdoc cref="ChangeAsync"/>
    public static Outcome<WrittenMilestone> Change(
        RecordTransaction transaction,
        SignedIn me,
        Guid workerId,
        Guid milestoneId,
        int seen,
        Func<MilestoneWrite, Outcome<MilestoneRevision>> decide,
        bool warn = false
    )
    {
        var opened = Open(transaction, me, workerId, milestoneId, seen);
        if (opened.IsRefused)
        {
            return opened.As<WrittenMilestone>();
        }
        var decided = decide(opened.Value);
        return decided.IsRefused ? decided.As<WrittenMilestone>() : opened.Value.Save(decided.Value, warn);
    }

    /// <summary>Writes a revision; warnings are told where content was written.</summary>
    public WrittenMilestone Save(MilestoneRevision revision, bool warn, IdempotencyKey? request = null) =>
        new(
            Transaction.Add(Record, revision, request),
            Transaction.Framework,
            Transaction.RecordedAt,
            revision.MilestoneId,
            revision.Revision,
            warn
        );

    /// <summary>One of the worker's milestones, as it stands.</summary>
    public WrittenMilestone AsItIs(Guid milestoneId) =>
        new(
            Record,
            Transaction.Framework,
            Transaction.RecordedAt,
            milestoneId,
            Record.RevisionsOf(milestoneId)[^1].Revision,
            Warn: false
        )
        {
            IsNew = false,
        };

    /// <summary>Writes an objection or an answer to one, which is no revision.</summary>
    public WrittenMilestone Save(MilestoneContest contest)
    {
        Transaction.Add(Record.Id, contest);
        return new(
            Record with
            {
                Contests = [.. Record.Contests, contest],
            },
            Transaction.Framework,
            Transaction.RecordedAt,
            contest.MilestoneId,
            History[^1].Revision,
            Warn: false
        );
    }

    /// <summary>A milestone of the worker that says the same and is not voided, whatever its proofs and its note.</summary>
    public Guid? SameAs(MilestoneContent content)
    {
        var revisions = Record.MilestoneRevisions;
        for (var i = 0; i < revisions.Count; i++)
        {
            var isNewest = i + 1 == revisions.Count || revisions[i + 1].MilestoneId != revisions[i].MilestoneId;
            var other = revisions[i].Content;
            if (
                isNewest
                && revisions[i].State != MilestoneState.Voided
                && other.Type == content.Type
                && other.OccurredOn == content.OccurredOn
                && other.Until == content.Until
                && other.Attributes.Equals(content.Attributes)
            )
            {
                return revisions[i].MilestoneId;
            }
        }
        return null;
    }

    /// <summary>What a worker says about himself needs nobody to write it down for him.</summary>
    public Refusal? MayNotSayOnBehalf(bool onBehalf) =>
        onBehalf && Me.Caller.WorkerId == Record.Id ? new Refusal(OnBehalfOfOneself, "/onBehalf") : null;

    /// <summary>The content of a draft, if it fits the newest framework version, the worker and the workers whom it names.</summary>
    public Outcome<MilestoneContent> Check(MilestoneDraft draft)
    {
        var framework = Transaction.Framework;
        var content = MilestoneChecks.Check(framework, draft, Worker, Transaction.Today);
        if (content.IsRefused)
        {
            return content;
        }
        var unknown = AttributeChecks.CheckReferences(
            framework.MilestoneTypes[draft.Type],
            content.Value.Attributes,
            Record.Id,
            id =>
                WorkerReferences.Exists(Transaction, id)
                && Me.Covers(Transaction.Connection, id, Transaction.Connection.ReadAffiliations(id), Transaction.Today)
        );
        return unknown.Count > 0 ? unknown : content;
    }
}

/// <summary>
/// A milestone as it was when it was written. Its answer is made outside the gate, where no other write waits for it,
/// and is the same whenever the same request comes again.
/// </summary>
/// <param name="Warn">True where content was written: the answer tells what to look at.</param>
public sealed record WrittenMilestone(
    WorkerRecord Record,
    Framework Framework,
    Instant RecordedAt,
    Guid MilestoneId,
    int Revision,
    bool Warn
) : IWritten
{
    /// <summary>False where the record said so already and nothing was written.</summary>
    public bool IsNew { get; init; } = true;

    (string Name, Guid Id)? IWritten.Made => ("milestoneId", MilestoneId);

    public MilestoneBody Show()
    {
        var shelf = MilestoneShelf.At(Record, Framework, RecordedAt)!;
        var milestone = shelf.Find(MilestoneId)!;
        return shelf.Show(milestone, Warn ? shelf.WarningsOf(milestone, RecordedAt.DayIn(Framework.TimeZone)) : []);
    }
}

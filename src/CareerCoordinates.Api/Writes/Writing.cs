using System.Globalization;
using System.Text;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Writes;

/// <summary>How a handler writes: one delegate inside the gate loads, decides and saves, and answers with a value or refusals.</summary>
public static class Writing
{
    /// <summary>
    /// Runs a write inside the gate, with what belongs to every one: the worker of the address must still be in scope, and
    /// the audit trail says who did what, in the same transaction.
    /// </summary>
    public static async Task<Outcome<T>> WriteAsync<T>(
        this CareerStore store,
        SignedIn me,
        Func<RecordTransaction, Outcome<T>> write,
        Guid? workerId = null,
        IdempotencyKey? request = null
    )
    {
        RecordTransaction? run = null;
        var written = await store.Gate.RunAsync(
            transaction =>
            {
                run = transaction;
                // Whom the address names the gatekeeper has asked for; whom the body names is asked for here, before a refusal tells of him.
                if (workerId is { } named && !LocalUser.Is(me) && !Covers(transaction, me, named))
                {
                    return new Refusal(WorkerRules.UnknownWorker, "");
                }
                var outcome = write(transaction);
                if (outcome.IsRefused)
                {
                    return outcome;
                }
                // Asked after the write, when the worker is locked: what moved him out meanwhile is seen.
                if (LocalUser.Is(me))
                {
                    return outcome;
                }
                if ((workerId ?? me.WorkerId) is { } worker && !StillCovers(transaction, me, worker))
                {
                    return new Refusal(WorkerRules.UnknownWorker, "", worker);
                }
                me.Audit(transaction, null, workerId ?? me.WorkerId, Details(me, outcome.Value));
                return outcome;
            },
            (workerId ?? me.WorkerId) is { } about ? store.ReadAhead(about, request) : null
        );
        me.Commit = written.IsRefused ? 0 : run!.Commit;
        return written;
    }

    /// <summary>
    /// What was written, as JSON: the ids that the address names besides the worker's, the id of what was made, and the revision. Ids and a
    /// number need no escaping, and the gate has better things to do than to look for a way of serializing them.
    /// </summary>
    private static string Details(SignedIn me, object? value)
    {
        (string Name, Guid Id)? made = value switch
        {
            IWritten what => what.Made,
            Erasure erasure => ("erasureId", erasure.Id),
            _ => null,
        };
        var text = new StringBuilder("{", 128);
        foreach (var (name, id) in me.Addressed)
        {
            Append(name, id);
            made = name == made?.Name ? null : made;
        }
        if (made is var (nameOfMade, idOfMade))
        {
            Append(nameOfMade, idOfMade);
        }
        if (value is IWritten { Revision: > 0 and var revision })
        {
            text.Append(CultureInfo.InvariantCulture, $"\"revision\":{revision},");
        }
        if (text.Length > 1)
        {
            text.Length--;
        }
        return text.Append('}').ToString();

        void Append(string name, Guid id) => text.Append(CultureInfo.InvariantCulture, $"\"{name}\":\"{id}\",");
    }

    private static bool Covers(RecordTransaction transaction, SignedIn me, Guid worker) =>
        me.Covers(transaction.Connection, worker, transaction.Connection.ReadAffiliations(worker), transaction.Today);

    /// <summary>By what was so before this write, too: one who transfers a worker away may do so.</summary>
    private static bool StillCovers(RecordTransaction transaction, SignedIn me, Guid worker) =>
        (
            transaction.AsLocked(worker) is { } before
            && me.Covers(transaction.Connection, worker, before.AffiliationRevisions, transaction.Today)
        ) || Covers(transaction, me, worker);

    /// <summary>
    /// Records something new. A request that comes again under the same key gets the same answer; the key is kept in the
    /// transaction of the write, so also across a crash. Refusals are not kept.
    /// </summary>
    public static async Task<Results<Recorded<T>, Problem>> RecordAsync<T>(
        this CareerStore store,
        SignedIn me,
        IdempotencyKey? key,
        Func<RecordTransaction, Outcome<Recorded<T>>> write
    )
    {
        var outcome = await store.WriteAsync(me, transaction => key is null ? write(transaction) : Once(transaction, key, write));
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : outcome.Value;
    }

    /// <summary>Changes one thing; ask <c>ifMatch.Check</c> inside, where the revision is locked.</summary>
    public static async Task<Results<Answer<T>, Problem>> ChangeAsync<T>(
        this CareerStore store,
        SignedIn me,
        Func<RecordTransaction, Outcome<Answer<T>>> write
    )
    {
        var outcome = await store.WriteAsync(me, write);
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : outcome.Value;
    }

    /// <inheritdoc cref="ChangeAsync{T}"/>
    /// <param name="show">Makes the answer of what was written, outside the gate.</param>
    public static async Task<Results<Answer<T>, Problem>> ChangeAsync<TWritten, T>(
        this CareerStore store,
        SignedIn me,
        Func<RecordTransaction, Outcome<TWritten>> write,
        Func<TWritten, Answer<T>> show
    )
    {
        var outcome = await store.WriteAsync(me, write);
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : show(outcome.Value);
    }

    private static Outcome<Recorded<T>> Once<T>(
        RecordTransaction transaction,
        IdempotencyKey key,
        Func<RecordTransaction, Outcome<Recorded<T>>> write
    )
    {
        if (transaction.FindAnswer(key) is { } stored)
        {
            return stored.IsGone ? new Refusal(RequestRefusals.AnswerGone, "")
                : stored.SameRequest ? Recorded<T>.Again(stored)
                : new Refusal(RequestRefusals.IdempotencyKeyReused, "");
        }
        var outcome = write(transaction);
        if (!outcome.IsRefused)
        {
            transaction.Keep(key, outcome.Value.ToStored());
        }
        return outcome;
    }
}

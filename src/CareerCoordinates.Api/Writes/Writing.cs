using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Writes;

/// <summary>How a handler writes: one delegate inside the gate loads, decides and saves, and answers with a value or refusals.</summary>
public static class Writing
{
    /// <summary>
    /// Records something new. A request that comes again under the same key gets the same answer; the key is kept in the
    /// transaction of the write, so also across a crash. Refusals are not kept.
    /// </summary>
    public static async Task<Results<Recorded<T>, Problem>> RecordAsync<T>(
        this CareerStore store,
        IdempotencyKey? key,
        Func<RecordTransaction, Outcome<Recorded<T>>> write
    )
    {
        var outcome = await store.Gate.RunAsync(transaction => key is null ? write(transaction) : Once(transaction, key, write));
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : outcome.Value;
    }

    /// <summary>Changes one thing; ask <c>ifMatch.Check</c> inside, where the revision is locked.</summary>
    public static async Task<Results<Answer<T>, Problem>> ChangeAsync<T>(
        this CareerStore store,
        Func<RecordTransaction, Outcome<Answer<T>>> write
    )
    {
        var outcome = await store.Gate.RunAsync(write);
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : outcome.Value;
    }

    /// <inheritdoc cref="ChangeAsync{T}"/>
    /// <param name="show">Makes the answer of what was written, outside the gate.</param>
    public static async Task<Results<Answer<T>, Problem>> ChangeAsync<TWritten, T>(
        this CareerStore store,
        Func<RecordTransaction, Outcome<TWritten>> write,
        Func<TWritten, Answer<T>> show
    )
    {
        var outcome = await store.Gate.RunAsync(write);
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
            return stored.SameRequest ? Recorded<T>.Again(stored) : new Refusal(RequestRefusals.IdempotencyKeyReused, "");
        }
        var outcome = write(transaction);
        if (!outcome.IsRefused)
        {
            transaction.Keep(key, outcome.Value.ToStored());
        }
        return outcome;
    }
}

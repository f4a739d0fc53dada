using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

/// <param name="IdNumber">18 characters, in the body only: an address is kept in logs.</param>
public sealed record IdNumberToFind(string IdNumber);

public sealed class IdNumberToFindValidator : AbstractValidator<IdNumberToFind>
{
    public IdNumberToFindValidator() => RuleFor(r => r.IdNumber).NotEmpty();
}

/// <summary>Whose an ID number is. It takes neither clock: who has it now is asked.</summary>
public static class FindByIdNumber
{
    public static readonly RefusalCode NobodyHasIt = new(
        "id-number-not-found",
        RefusalKind.NotFound,
        "Nobody whom you may see has this ID number. Compare it with the identity card, or search by name.",
        "您管理范围内没有此公民身份号码的职工。请与身份证核对，或按姓名查询。"
    );

    /// <summary>Invented: nobody on the record is born so early.</summary>
    public static readonly IdNumberToFind Example = new("110105189903070021");

    public static async Task<Results<Answer<WorkerBody>, Problem>> Handle(
        Body<IdNumberToFind> body,
        SignedIn me,
        CareerStore store
    )
    {
        // One transaction looks and writes down that somebody looked, whether or not there was anybody to find.
        var found = await store.Gate.RunAsync(tx => Find(tx, store.Key, me, body.Value.IdNumber));
        if (found.IsRefused)
        {
            return Problem.Of(found.Refusals);
        }
        if (found.Value.Worker is not { } worker)
        {
            return Problem.Of(NobodyHasIt);
        }
        var clocks = await new Clocks(null, null).OnAsync(store);
        return clocks.IsRefused ? Problem.Of(clocks.Refusals) : Answer.Of(WorkerBody.ItemOf(worker, clocks.Value), worker.Number);
    }

    private static Outcome<Found> Find(RecordTransaction tx, KeyEncryptionKey? key, SignedIn me, string text)
    {
        var number = WorkerIdNumber.Read(tx, key, text);
        if (number.IsRefused)
        {
            return number.As<Found>();
        }
        // Who is out of scope is looked up all the same, and answered and written down like nobody.
        var holder = IdNumbers.HolderOf(tx, key!, number.Value);
        var isSeen =
            holder is { } id && me.Covers(tx.Connection, id, tx.Connection.ReadAffiliations(id), tx.Today) ? holder : null;
        me.Audit(tx, null, isSeen, isSeen is null ? """{"found":false}""" : """{"found":true}""");
        return new Found(
            isSeen is { } seen ? Revision<WorkerContent>.At(tx.Connection.ReadWorkerOnly(seen), Instant.Never) : null
        );
    }

    private sealed record Found(Revision<WorkerContent>? Worker);
}

using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

/// <summary>What all writes and look-ups of an ID number ask, inside the gate. No refusal quotes a number.</summary>
internal static class WorkerIdNumber
{
    public static readonly RefusalCode NotKept = new(
        "id-numbers-not-kept",
        RefusalKind.Rule,
        "This server keeps no ID numbers: its operator has set no protection key. Leave 'idNumber' out.",
        "本服务未设置保护密钥，不保存公民身份号码。请不填 idNumber。"
    );

    /// <summary>The member of an entry's details by which a refused attempt is known: <c>taken</c> or <c>refused</c>.</summary>
    public const string RefusedDetail = "idNumber";

    /// <summary>
    /// A refusal tells something of the number that was sent with the write, if only whether anybody in the district has it:
    /// like a look-up it is written down, without the number, before it is answered (503 where it cannot be).
    /// </summary>
    /// <param name="sent">The number of the request, or null.</param>
    public static async Task<Results<T, Problem>> OrNoteAsync<T>(
        this Task<Results<T, Problem>> write,
        CareerStore store,
        SignedIn me,
        string? sent
    )
        where T : IResult
    {
        var answer = await write;
        if (answer.Result is Problem refused && sent is not null && !LocalUser.Is(me))
        {
            var why = refused.Has(WorkerRules.IdNumberTaken) ? "taken" : "refused";
            var details = $$"""{"{{RefusedDetail}}":"{{why}}"}""";
            await store.Gate.RunAsync<bool>(tx =>
            {
                me.Audit(tx, null, me.WorkerId, details);
                return true;
            });
        }
        return answer;
    }

    /// <summary>The number, if this server keeps any and it is one.</summary>
    public static Outcome<IdNumber> Read(RecordTransaction tx, KeyEncryptionKey? key, string text) =>
        key is null ? new Refusal(NotKept, "/idNumber") : IdNumber.Read(text, "/idNumber", tx.Today);

    /// <summary>The worker's content with the number that was asked for, which is still to be sealed where he does not have it.</summary>
    /// <param name="content">As it may be recorded, with the ID number as it was.</param>
    /// <param name="asked">Absent: as it was; null: none.</param>
    public static Outcome<DecidedWorker> Decide(
        RecordTransaction tx,
        KeyEncryptionKey? key,
        Guid workerId,
        WorkerContent content,
        Optional<string?> asked,
        DateOnly? birthDateBefore
    )
    {
        if (!asked.IsPresent)
        {
            return
                content is { IdNumber: { } kept, BirthDate: { } born }
                && born != birthDateBefore
                && WorkerRules.CheckBirthDate(IdNumbers.Open(tx.Connection, key, workerId, kept), born) is { Count: > 0 } differs
                ? differs
                : new DecidedWorker(workerId, content);
        }
        if (asked.Value is not { } text)
        {
            return new DecidedWorker(workerId, content with { IdNumber = null });
        }
        var read = Read(tx, key, text);
        if (read.IsRefused)
        {
            return read.As<DecidedWorker>();
        }
        if (WorkerRules.CheckBirthDate(read.Value, content.BirthDate) is { Count: > 0 } refusals)
        {
            return refusals;
        }
        var holder = IdNumbers.HolderOf(tx, key!, read.Value);
        return holder is null ? new DecidedWorker(workerId, content) { ToSeal = read.Value }
            : holder == workerId ? new DecidedWorker(workerId, content)
            : new Refusal(WorkerRules.IdNumberTaken, "/idNumber");
    }
}

/// <summary>What may be recorded of a worker: decided, not written.</summary>
/// <param name="Content">With the ID number as it was.</param>
internal sealed record DecidedWorker(Guid Id, WorkerContent Content)
{
    /// <summary>A number that he does not have yet; sealing it writes.</summary>
    public IdNumber? ToSeal { get; init; }

    public bool IsChangeOf(WorkerContent before) => ToSeal is not null || Content != before;

    /// <summary>The content as it is written.</summary>
    public WorkerContent Seal(RecordTransaction tx, KeyEncryptionKey? key) =>
        ToSeal is { } number ? Content with { IdNumber = IdNumbers.Seal(tx, key!, Id, number) } : Content;
}

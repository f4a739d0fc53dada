using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

/// <summary>What becomes of the rows that are refused.</summary>
public enum RefusedRows
{
    /// <summary>No row is written while one is refused.</summary>
    Stop,

    /// <summary>They are left out, the others are written.</summary>
    Skip,
}

/// <param name="Refused"><c>stop</c>, which is the default, or <c>skip</c>.</param>
public sealed record ImportCommit(RefusedRows Refused = RefusedRows.Stop);

/// <summary>Commit, undo and cancel: each asks for one state and starts the work.</summary>
public static class DecideImport
{
    public static async Task<Results<Accepted<ImportBody>, Problem>> HandleCommit(
        Guid importId,
        Body<ImportCommit> body,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    ) => Said(await CommitAsync(importId, body.Value.Refused, me, store, runner), runner, context);

    internal static Task<Outcome<Import>> CommitAsync(
        Guid importId,
        RefusedRows refused,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    ) =>
        StartAsync(
            importId,
            me,
            store,
            runner,
            ImportState.Checked,
            ImportState.Committing,
            import =>
                import.Counts.Refuse > 0 && refused == RefusedRows.Stop
                    ? new(ImportRefusals.RowsRefused, "/refused", import.Counts.Refuse)
                : import.Counts.Create + import.Counts.Change == 0 ? new(ImportRefusals.NothingToDo, "")
                : null
        );

    public static async Task<Results<Accepted<ImportBody>, Problem>> HandleUndo(
        Guid importId,
        NoBody body,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    ) => Said(await UndoAsync(importId, me, store, runner), runner, context);

    internal static Task<Outcome<Import>> UndoAsync(Guid importId, SignedIn me, CareerStore store, ImportRunner runner) =>
        StartAsync(importId, me, store, runner, ImportState.Committed, ImportState.Undoing, _ => null);

    public static async Task<Results<Accepted<ImportBody>, Problem>> HandleCancel(
        Guid importId,
        NoBody body,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    )
    {
        if (ReadImports.Find(store, me, importId) is not { } import)
        {
            return Problem.Of(ImportRefusals.NoImport);
        }
        if (import.State == ImportState.Checking)
        {
            // What runs notices, and says so itself.
            runner.Cancel(importId);
            return Accepted(import, runner, context);
        }
        if (ReadImports.IsUnderWay(import.State))
        {
            return Problem.Of(new Refusal(ImportRefusals.FinishedFirst, ""));
        }
        if (import.State != ImportState.Checked)
        {
            return Problem.Of(ImportRefusals.NotIn(import.State, ImportState.Checking, ImportState.Checked));
        }
        return Said(await MoveAsync(me, store, importId, ImportState.Checked, ImportState.Cancelled, _ => null), runner, context);
    }

    private static async Task<Outcome<Import>> StartAsync(
        Guid importId,
        SignedIn me,
        CareerStore store,
        ImportRunner runner,
        ImportState from,
        ImportState to,
        Func<Import, Refusal?> refuse
    )
    {
        var moved = await MoveAsync(me, store, importId, from, to, refuse);
        if (moved.IsRefused || runner.TryStart(moved.Value, me))
        {
            return moved;
        }
        await MoveAsync(me, store, importId, to, from, _ => null);
        return new Refusal(ImportRefusals.TooManyRunning, "", ImportRunner.Waiting);
    }

    private static Task<Outcome<Import>> MoveAsync(
        SignedIn me,
        CareerStore store,
        Guid importId,
        ImportState from,
        ImportState to,
        Func<Import, Refusal?> refuse
    ) =>
        store.WriteAsync<Import>(
            me,
            tx =>
            {
                if (tx.Connection.FindImport(importId) is not { } import || import.AccountId != me.Caller.AccountId)
                {
                    return new Refusal(ImportRefusals.NoImport, "");
                }
                if (import.State != from)
                {
                    return ImportRefusals.NotIn(import.State, from);
                }
                if (refuse(import) is { } refusal)
                {
                    return refusal;
                }
                var moved = import with { State = to, Detail = null };
                tx.Change(moved, from);
                return moved;
            }
        );

    private static Results<Accepted<ImportBody>, Problem> Said(
        Outcome<Import> outcome,
        ImportRunner runner,
        HttpContext context
    ) => outcome.IsRefused ? Problem.Of(outcome.Refusals) : Accepted(outcome.Value, runner, context);

    private static Accepted<ImportBody> Accepted(Import import, ImportRunner runner, HttpContext context) =>
        TypedResults.Accepted(
            $"/api/v1/imports/{import.Id}",
            ImportBody.Of(import, runner.ProgressOf(import.Id), Languages.Of(context))
        );
}

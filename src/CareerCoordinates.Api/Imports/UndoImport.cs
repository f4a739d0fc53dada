using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Imports;

/// <summary>Takes back what an import wrote.</summary>
public static class UndoImport
{
    private const int NamedAtMost = 5;

    /// <summary>Voids what the commit wrote, in one transaction, unless later work stands on it.</summary>
    public static Task<Outcome<int>> RunAsync(CareerStore store, SignedIn me, Import import, ImportProgress progress) =>
        store.Gate.RunAsync(tx => Undo(tx, me, import, progress));

    private static Outcome<int> Undo(RecordTransaction tx, SignedIn me, Import import, ImportProgress progress)
    {
        var reason = $"import {import.Id} undone";
        var later = new List<string>();
        var workers = new HashSet<Guid>();
        foreach (var item in tx.Connection.ReadItems(import.Id).Reverse())
        {
            var worker = item.WorkerId!.Value;
            progress.Step();
            // By what is so now: who was moved out of the officer's scope since is no longer his to change.
            if (!LocalUser.Is(me) && !me.Covers(tx.Connection, worker, tx.Connection.ReadAffiliations(worker), tx.Today))
            {
                return new Refusal(ImportRefusals.OutOfScope, "");
            }
            if (tx.LockWorker(worker)?.RevisionsOf(item.ThingId) is [.., { State: MilestoneState.Voided }])
            {
                continue;
            }
            var opened = MilestoneWrite.Open(tx, me, worker, item.ThingId, item.Revision);
            var voided = opened.IsRefused
                ? opened.As<MilestoneRevision>()
                : MilestoneDecisions.Void(opened.Value.History, reason, opened.Value.Decision);
            if (voided.IsRefused)
            {
                later.Add($"{tx.Connection.ReadWorkerOnly(worker)[^1].Content.Name}: {item.Thing} {item.ThingId}");
            }
            else if (later.Count == 0)
            {
                opened.Value.Save(voided.Value, warn: false);
            }
            workers.Add(worker);
            tx.Release(worker);
        }
        if (later.Count > 0)
        {
            var more = later.Count > NamedAtMost ? $" (+{later.Count - NamedAtMost})" : "";
            return new Refusal(ImportRefusals.LaterWork, "", string.Join("; ", later.Take(NamedAtMost)) + more);
        }
        if (!tx.Change(import with { State = ImportState.Undone, Detail = null }, ImportState.Undoing))
        {
            throw new InvalidOperationException("Somebody else has gone on with the import.");
        }
        ImportRun.Note(tx, me, "undoImport", import, workers);
        return workers.Count;
    }
}

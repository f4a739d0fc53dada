using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Organizations;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// Takes back what a commit wrote, in one transaction: what was new is voided, what was changed gets the content that it had before as its
/// next revision. Where later work stands on it nothing is done, and that work is named; what was taken back again is none.
/// </summary>
public static class UndoImport
{
    private const int NamedAtMost = 5;

    private static readonly Name ChangedSince = new("之后又有变更", "changed since");
    private static readonly Name OutOfScope = new("已不在您的管理范围内", "no longer in your scope");

    public static Task<Outcome<int>> RunAsync(CareerStore store, SignedIn me, Import import, ImportProgress progress) =>
        store.Gate.RunAsync(tx => Undo(tx, me, store.Key, import, progress));

    private static Outcome<int> Undo(
        RecordTransaction tx,
        SignedIn me,
        KeyEncryptionKey? key,
        Import import,
        ImportProgress progress
    )
    {
        // What stands on something goes before it. Milestones stand on none of another worker: each record is read once.
        var items = tx.Connection.ReadItemsBackwards(import);
        var undoing = new Undoing(tx, me, key, $"撤销导入 / import undone: {import.Id}", items);
        var later = new List<Name>();
        var workers = new HashSet<Guid>();
        if (import.Kind == ImportKind.Organizations)
        {
            tx.LockTree();
        }
        foreach (var item in items)
        {
            if (undoing.Undo(item) is { } why)
            {
                later.Add(why);
            }
            if (item.WorkerId is { } worker)
            {
                workers.Add(worker);
            }
            progress.Step();
        }
        if (later.Count > 0)
        {
            var more = later.Count > NamedAtMost ? $" (+{later.Count - NamedAtMost})" : "";
            var named = later.Take(NamedAtMost).ToList();
            return new Refusal(
                ImportRefusals.LaterWork,
                "",
                new Name(string.Join("；", named.Select(n => n.Zh)) + more, string.Join("; ", named.Select(n => n.En)) + more)
            );
        }
        if (!tx.Change(import with { State = ImportState.Undone, Detail = null }, ImportState.Undoing))
        {
            throw new InvalidOperationException("Somebody else has gone on with the import.");
        }
        ImportRun.Note(tx, me, "undoImport", import, workers);
        return workers.Count;
    }

    /// <summary>One undoing; it goes on after the first obstacle, to name the others: what it wrote is rolled back then.</summary>
    private sealed class Undoing(
        RecordTransaction tx,
        SignedIn me,
        KeyEncryptionKey? key,
        string reason,
        IReadOnlyList<ImportItem> items
    )
    {
        /// <summary>The revision that the import gave to the data of a worker who was there before.</summary>
        private readonly Dictionary<Guid, int> changed = items
            .Where(i => i is { Thing: ImportItem.Worker, Revision: > 1 })
            .ToDictionary(i => i.ThingId, i => i.Revision);
        private readonly HashSet<Guid> seen = [];

        /// <summary>Whose milestones are being undone, as he is by now; null where he must be read.</summary>
        private WorkerRecord? current;

        /// <summary>Null where it is done, else what stands in the way.</summary>
        public Name? Undo(ImportItem item)
        {
            if (item.Thing == ImportItem.Organization)
            {
                return Organization(item);
            }
            var worker = item.WorkerId!.Value;
            if (current?.Id != worker)
            {
                Release();
                current = tx.LockWorker(worker);
            }
            if (current is not { } record || !IsSeen(record))
            {
                return About($"{worker}", OutOfScope);
            }
            var name = record.Revisions[^1].Content is { Erased: false, Name: var called } ? called : $"{worker}";
            return item.Thing switch
            {
                // Voided already: nothing is left to take back.
                ImportItem.Milestone when record.RevisionsOf(item.ThingId)[^1].State == MilestoneState.Voided => null,
                ImportItem.Milestone => Milestone(item, record, name),
                ImportItem.Affiliation => ReadAnew(Affiliation(item, record, name)),
                _ => ReadAnew(Worker(item, record, name)),
            };
        }

        private Name? ReadAnew(Name? why)
        {
            Release();
            current = null;
            return why;
        }

        private void Release()
        {
            if (current is { } left)
            {
                tx.Release(left.Id);
            }
        }

        /// <summary>Asked once of each, before anything of his is undone.</summary>
        private bool IsSeen(WorkerRecord record) =>
            !seen.Add(record.Id)
            || LocalUser.Is(me)
            || me.Covers(tx.Connection, record.Id, record.AffiliationRevisions, tx.Today);

        private Name? Milestone(ImportItem item, WorkerRecord record, string name)
        {
            var opened = MilestoneWrite.Open(tx, me, record, item.ThingId, record.RevisionsOf(item.ThingId)[^1].Revision);
            var undone = opened.IsRefused ? opened.As<MilestoneRevision>() : Undone(opened.Value, item.Revision);
            if (undone.IsRefused)
            {
                return About(record.RevisionsOf(item.ThingId)[^1].Content, name);
            }
            current = opened.Value.Save(undone.Value, warn: false).Record;
            return null;
        }

        private Name About(MilestoneContent milestone, string person)
        {
            var type = tx.Framework.MilestoneTypes.GetValueOrDefault(milestone.Type)?.Name ?? new(milestone.Type, milestone.Type);
            return new($"{person}：{type.Zh}（{milestone.OccurredOn}）", $"{person}: {type.En} ({milestone.OccurredOn})");
        }

        /// <summary>
        /// What is new is voided. A correction of what counted is withdrawn; any other is followed by what was there before, as it was
        /// submitted. What was done since and taken back again is no later work: the milestone says what the import wrote, and waits as it did.
        /// </summary>
        private Outcome<MilestoneRevision> Undone(MilestoneWrite write, int revision)
        {
            var (written, newest) = (write.History[revision - 1], write.History[^1]);
            if (newest.Revision != revision && !(newest.State == written.State && newest.Content.Equals(written.Content)))
            {
                return new Refusal(Problems.RequestRefusals.Stale, "", newest.Revision);
            }
            if (revision == 1)
            {
                return MilestoneDecisions.Void(write.History, reason, write.Decision);
            }
            var before = write.History[revision - 2];
            return before.State == MilestoneState.Verified
                ? MilestoneDecisions.Withdraw(write.History, reason, write.Decision, undoesImport: true)
                : MilestoneDecisions.Correct(
                    write.History,
                    new Domain.Milestones.CorrectMilestone(
                        before.Content,
                        before.FrameworkVersion,
                        EndedChange.Keep,
                        reason,
                        before.OnBehalf
                    ),
                    write.Decision
                );
        }

        private Name? Worker(ImportItem item, WorkerRecord record, string name)
        {
            var newest = record.Revisions[^1];
            var written = record.Revisions[item.Revision - 1].Content;
            if (newest.Voided || newest.Content.Erased || !IsSame(record.Id, newest.Content, written))
            {
                return About(name, ChangedSince);
            }
            var view = record.At(Instant.Never)!;
            if (item.Revision > 1)
            {
                var before = record.Revisions[item.Revision - 2].Content;
                var decided = RecordWorker.Decide(
                    tx,
                    key,
                    record.Id,
                    before with
                    {
                        IdNumber = newest.Content.IdNumber,
                    },
                    IdNumberBefore(record.Id, before, newest.Content),
                    newest.Content.BirthDate,
                    ChangeWorker.EarliestFact(view)
                );
                if (decided.IsRefused)
                {
                    return About(name, decided.Refusals[0]);
                }
                tx.Add(newest.Next(decided.Value.Seal(tx, key), reason, tx.RecordedAt, me.Name));
                return null;
            }
            if (view.Milestones.Count(m => m.Newest.State != MilestoneState.Voided) is > 0 and var milestones)
            {
                return About(
                    name,
                    new Name($"之后登记了 {milestones} 个成长节点", $"{milestones} milestones were recorded since")
                );
            }
            // His first affiliation came with him.
            var first = record.AffiliationRevisions.MinBy(r => (r.RecordedAt, r.Number))!;
            if (view.Affiliations is not [var only] || only.Id != first.Id || only.Content != first.Content)
            {
                return About(name, new Name("所在单位之后又有登记或变更", "affiliations were recorded or changed since"));
            }
            tx.Add(newest.Void(reason, tx.RecordedAt, me.Name));
            UniqueNumbers.FreeStaffNumbers(tx, record.Id);
            return null;
        }

        private bool IsSame(Guid worker, WorkerContent one, WorkerContent other) =>
            one == other with { IdNumber = one.IdNumber } && Opened(worker, one) == Opened(worker, other);

        /// <summary>The same number is sealed otherwise each time.</summary>
        private IdNumber? Opened(Guid worker, WorkerContent content) =>
            content.IdNumber is { } kept ? IdNumbers.Open(tx.Connection, key, worker, kept) : null;

        /// <summary>Nothing where the import left the ID number alone; else the one from before, to be sealed anew.</summary>
        private Optional<string?> IdNumberBefore(Guid worker, WorkerContent before, WorkerContent now) =>
            before.IdNumber == now.IdNumber ? default : new(Opened(worker, before)?.Reveal());

        private Name? Affiliation(ImportItem item, WorkerRecord record, string name)
        {
            var view = record.At(Instant.Never)!;
            var newest = view.AffiliationRevisions.First(r => r.Id == item.ThingId);
            var revisions = record.AffiliationRevisions.Where(r => r.Id == item.ThingId).ToList();
            if (
                newest.Voided
                || view.Worker.Voided
                || view.Worker.Content.Erased
                || newest.Content != revisions[item.Revision - 1].Content
            )
            {
                return About(name, ChangedSince);
            }
            IReadOnlyList<Affiliation> others = [.. view.Affiliations.Where(a => a.Id != item.ThingId)];
            if (item.Revision == 1)
            {
                var said = AffiliationRules.Void(newest.Voided, newest.Content, others, reason);
                if (said.IsRefused)
                {
                    return About(name, said.Refusals[0]);
                }
                tx.Add(record.Id, newest.Void(said.Value, tx.RecordedAt, me.Name));
                return null;
            }
            // As he will be: his own data are restored after his places.
            var worker = changed.TryGetValue(record.Id, out var number) ? record.Revisions[number - 2] : record.Revisions[^1];
            var before = revisions[item.Revision - 2].Content;
            var content = AffiliationWriting.Decide(tx, me, worker.Content, item.ThingId, before, others, before.OrganizationId);
            if (content.IsRefused)
            {
                return About(name, content.Refusals[0]);
            }
            tx.Add(record.Id, newest.Next(content.Value, reason, tx.RecordedAt, me.Name));
            return null;
        }

        private Name? Organization(ImportItem item)
        {
            var revisions = tx.LockOrganization(item.ThingId);
            var newest = revisions[^1];
            if (!tx.Connection.Covers(me.Scope, item.ThingId, tx.Today))
            {
                return About($"{item.ThingId}", newest.Voided ? ChangedSince : OutOfScope);
            }
            var name = newest.Content.Name;
            if (!ChangeOrganization.Same(newest.Content, revisions[item.Revision - 1].Content))
            {
                return About(name, ChangedSince);
            }
            if (item.Revision == 1)
            {
                var (children, affiliations) = tx.HangingOn(item.ThingId);
                var said = OrganizationRules.Void(newest.Voided, children, affiliations, reason);
                if (said.IsRefused)
                {
                    return About(name, said.Refusals[0]);
                }
                tx.Add(newest.Void(said.Value, tx.RecordedAt, me.Name));
                return null;
            }
            foreach (var before in OrganizationHistory.Before(revisions, item.Revision))
            {
                var content = RecordOrganization.Decide(tx, me, item.ThingId, before, before.ParentId ?? Guid.Empty);
                if (content.IsRefused)
                {
                    return About(name, content.Refusals[0]);
                }
                newest = newest.Next(content.Value, reason, tx.RecordedAt, me.Name);
                tx.Add(newest);
            }
            return null;
        }

        private static Name About(string name, Name why) => new($"{name}：{why.Zh}", $"{name}: {why.En}");

        private static Name About(string name, Refusal why) => About(name, new Name(why.Zh, why.En));
    }
}

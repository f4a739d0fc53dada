using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// The roster of a unit: people with their affiliation there. Who is not on the record is recorded; of who is, the cells that are filled in
/// change what they say otherwise, and an empty cell changes nothing.
/// </summary>
public sealed class WorkerRows(Framework framework, SignedIn me, KeyEncryptionKey? key, PersonOfRow people) : ImportRows
{
    public static readonly RefusalCode PlaceNeeded = new(
        "organization-needed",
        RefusalKind.Rule,
        "Where is this person? Name the organisation in the column 单位 / organisation, or choose it for the whole file at the upload (field 'organization').",
        "未指明该职工的单位。请在“单位”列填写，或在上传时为整个文件选定单位（organization）。"
    );
    public static readonly RefusalCode FirstDayNeeded = new(
        "first-day-needed",
        RefusalKind.Rule,
        "On the record this person is not at this organisation yet. Fill in the first day there, or correct the organisation.",
        "该职工尚未登记在此单位。请填写入职日期，或更正单位。"
    );
    public static readonly RefusalCode SeveralHere = new(
        "affiliation-ambiguous",
        RefusalKind.Rule,
        "The person was at this organisation several times on these days: from {0}. Give one of these as the first day.",
        "该职工在此期间多次在该单位任职，起始日为：{0}。请以其中之一作为入职日期。"
    );

    public static readonly RefusalCode NobodyToTransfer = new(
        "nobody-to-transfer",
        RefusalKind.Rule,
        "Nobody in your scope is found who could be transferred. Check the numbers; an officer for both units can transfer; a new person has no 'transfer'.",
        "在您的管理范围内没有找到可调入的职工。请核对编号；跨范围调动须由两单位共同上级的工作人员办理；新登记的职工请勿填写“调入”。"
    );

    private readonly WorkerOfRow workers = new(key, people);
    private readonly IReadOnlyList<CodedName> forms = WorkerColumns.FormsOf(framework);

    public override IReadOnlyList<ImportColumn> Columns { get; } = WorkerColumns.Of(framework);

    public override bool IsInOrder => true;

    public override IReadOnlyCollection<Guid> Seen => workers.Looked;

    public override object? Read(RowReader row)
    {
        var person = PersonOfRow.Read(row);
        var worker = new WorkerPatch(
            Number: Given(person.Number),
            Name: person.Name is { } name ? new(name) : default,
            CareerStart: Given(row.Day("careerStart")),
            BirthDate: Given(person.BirthDate),
            Gender: Given(row.Choice("gender", WorkerColumns.Genders)),
            MigrantWorker: Given(row.Value("migrantWorker", Sheets.Reading.SheetValue.Flag)),
            IdNumber: Given(person.IdNumber)
        );
        var affiliation = new AffiliationPatch(
            Kind: row.Choice("kind", WorkerColumns.Kinds) is { } kind ? new(Codes<AffiliationKind>.Parse(kind)) : default,
            From: row.Day("from") is { } from ? new(from) : default,
            Until: Given(row.Day("until")),
            Primary: row.Value("primary", Sheets.Reading.SheetValue.Flag) is { } primary ? new(primary) : default,
            StaffNumber: Given(person.StaffNumber),
            EmploymentForm: Given(row.Choice("employmentForm", forms)),
            OccupationCode: Given(row.Code("occupationCode"))
        );
        var transfer = row.Value("transfer", Sheets.Reading.SheetValue.Flag) ?? false;
        return row.Refusals.Count > 0 ? null : new RosterRow(row.Row.Number, person, worker, affiliation, transfer);
    }

    public override Outcome<RowDecision> Decide(RecordTransaction tx, object row)
    {
        var said = (RosterRow)row;
        var place = people.Place(tx, said.Person.Organization);
        if (place.IsRefused)
        {
            return place.As<RowDecision>();
        }
        var keys = new RosterKeys(said.Person, place.Value, said.Days);
        var found = workers.Find(tx, keys);
        if (found.IsRefused)
        {
            return found.As<RowDecision>();
        }
        if (found.Value is not { } record)
        {
            return Create(tx, said, keys);
        }
        var decided = Change(tx, said, place.Value, record);
        if (decided.IsRefused || decided.Value.Save is null)
        {
            tx.Release(record.Id);
        }
        if (!decided.IsRefused)
        {
            workers.Take(keys, record.Id, said.Number);
        }
        return decided;
    }

    protected override string ColumnOf(string pointer) =>
        base.ColumnOf(pointer.Replace("/affiliation/", "/", StringComparison.Ordinal)) is var column && column == "organizationId"
            ? "organization"
            : column;

    private Outcome<RowDecision> Create(RecordTransaction tx, RosterRow said, RosterKeys keys)
    {
        var (person, affiliation) = (said.Person, said.Affiliation);
        if (person.IdNumber is null && person.Number is null && person.StaffNumber is null && person.BirthDate is null)
        {
            // Sent once more, the row would record the same person once more.
            return new Refusal(PersonOfRow.NobodyNamed, "");
        }
        if (said.Transfer)
        {
            return new Refusal(NobodyToTransfer, "/transfer");
        }
        var refusals = new List<Refusal>();
        if (person.Name is null)
        {
            refusals.Add(new(RequestRefusals.Empty, "/name"));
        }
        if (keys.Place is null)
        {
            refusals.Add(new(PlaceNeeded, "/organization"));
        }
        if (!affiliation.From.IsPresent)
        {
            refusals.Add(new(FirstDayNeeded, "/from"));
        }
        if (refusals.Count > 0)
        {
            return refusals;
        }
        var worker = said.Worker.On(Nobody);
        var hire = RecordWorker.DecideNew(
            tx,
            me,
            new(
                worker.Name,
                Begun(affiliation, keys.Place!.Value, transfer: false),
                worker.Number,
                worker.CareerStart,
                worker.BirthDate,
                worker.Gender,
                worker.MigrantWorker,
                person.IdNumber
            ),
            key
        );
        if (hire.IsRefused)
        {
            return hire.As<RowDecision>();
        }
        var id = hire.Value.Worker.Id;
        workers.Take(keys, id, said.Number);
        return new RowDecision(
            RowAction.Create,
            null,
            _ =>
            {
                hire.Value.Save(tx, me, key);
                workers.Made(id);
                return [new(id, ImportItem.Worker, id, 1)];
            }
        );
    }

    private Outcome<RowDecision> Change(RecordTransaction tx, RosterRow said, Guid? place, WorkerRecord record)
    {
        var view = record.At(Instant.Never)!;
        var worker = ChangeWorker.Decide(tx, key, view, said.Worker);
        if (worker.IsRefused)
        {
            return worker.As<RowDecision>();
        }
        var affiliation = Affiliation(tx, said, place, view, worker.Value.Content);
        if (affiliation.IsRefused)
        {
            return affiliation.As<RowDecision>();
        }
        var isOther = worker.Value.IsChangeOf(view.Worker.Content);
        if (!isOther && affiliation.Value is null)
        {
            return new RowDecision(RowAction.Same, record.Id, null);
        }
        return new RowDecision(
            RowAction.Change,
            record.Id,
            _ =>
            {
                var items = new List<ImportItem>();
                if (isOther)
                {
                    var next = view.Worker.Next(worker.Value.Seal(tx, key), null, tx.RecordedAt, me.Name);
                    tx.Add(next);
                    items.Add(new(record.Id, ImportItem.Worker, record.Id, next.Number));
                }
                foreach (var revision in affiliation.Value?.Invoke() ?? [])
                {
                    items.Add(new(record.Id, ImportItem.Affiliation, revision.Id, revision.Number));
                }
                tx.Release(record.Id);
                return items;
            },
            Seen: record.Revisions.Count + record.AffiliationRevisions.Count
        );
    }

    /// <summary>What is to be written of his affiliations, in this order; null for nothing.</summary>
    /// <param name="worker">As he will be.</param>
    private Outcome<Func<IReadOnlyList<Revision<AffiliationContent>>>?> Affiliation(
        RecordTransaction tx,
        RosterRow said,
        Guid? place,
        WorkerView view,
        WorkerContent worker
    )
    {
        var patch = said.Affiliation;
        if (place is not { } organization)
        {
            return patch == new AffiliationPatch() && !said.Transfer
                ? (Func<IReadOnlyList<Revision<AffiliationContent>>>?)null
                : new Refusal(PlaceNeeded, "/organization");
        }
        var here = Here(tx, said, organization, view);
        if (here.IsRefused)
        {
            return here.As<Func<IReadOnlyList<Revision<AffiliationContent>>>?>();
        }
        if (here.Value is { } there)
        {
            var candidate = patch.On(there.Content);
            if (candidate == there.Content)
            {
                return (Func<IReadOnlyList<Revision<AffiliationContent>>>?)null;
            }
            if (
                there.Content.StaffNumber is { } known
                && candidate.StaffNumber is { } number
                && known.Length > number.Length
                && known.TrimStart('0') == number
            )
            {
                return new Refusal(WorkerOfRow.ZerosLost, "/staffNumber", PlainText.Quoted(worker.Name), known, number);
            }
            var content = AffiliationWriting.Decide(
                tx,
                me,
                worker,
                there.Id,
                candidate,
                [.. view.Affiliations.Where(a => a.Id != there.Id)],
                there.Content.OrganizationId
            );
            return content.IsRefused ? content.As<Func<IReadOnlyList<Revision<AffiliationContent>>>?>()
                : content.Value == there.Content ? (Func<IReadOnlyList<Revision<AffiliationContent>>>?)null
                : Outcome(() =>
                {
                    var next = there.Next(content.Value, null, tx.RecordedAt, me.Name);
                    tx.Add(view.Worker.Id, next);
                    return [next];
                });
        }
        if (!patch.From.IsPresent)
        {
            return new Refusal(FirstDayNeeded, "/from");
        }
        var next = RecordAffiliation.Decide(tx, me, worker, view, tx.NewId(), Begun(patch, organization, said.Transfer));
        return next.IsRefused
            ? next.As<Func<IReadOnlyList<Revision<AffiliationContent>>>?>()
            : Outcome(() =>
            {
                var (begun, left) = next.Value.Save(tx, me, view);
                return left is null ? [begun] : [left, begun];
            });

        static Outcome<Func<IReadOnlyList<Revision<AffiliationContent>>>?> Outcome(
            Func<IReadOnlyList<Revision<AffiliationContent>>> save
        ) => save;
    }

    /// <summary>
    /// The affiliation at the organisation that the row means: with its first day, or else the one on the same days; without a first day the
    /// one in force, or else the last. Null where the row says of a new one.
    /// </summary>
    private static Outcome<Revision<AffiliationContent>?> Here(
        RecordTransaction tx,
        RosterRow said,
        Guid organization,
        WorkerView view
    )
    {
        var all = view.AffiliationRevisions.Where(r => !r.Voided && r.Content.OrganizationId == organization).ToList();
        if (!said.Affiliation.From.IsPresent)
        {
            return all.Find(r => r.Content.InForce.Contains(tx.Today)) ?? all.MaxBy(r => r.Content.From);
        }
        if (all.Find(r => r.Content.From == said.Affiliation.From.Value) is { } same)
        {
            return same;
        }
        var then = all.Where(r => said.Days is { } days && r.Content.InForce.Overlaps(days)).ToList();
        return then.Count > 1
            ? new Refusal(
                SeveralHere,
                "/from",
                string.Join(", ", then.Select(r => Days.Iso(r.Content.From)).Order(StringComparer.Ordinal))
            )
            : then.FirstOrDefault();
    }

    private static NextAffiliation Begun(AffiliationPatch patch, Guid organization, bool transfer) =>
        new(
            patch.Kind.Or(AffiliationKind.LabourContract),
            patch.From.Value,
            organization,
            null,
            patch.Until.Or(null),
            patch.Primary.Or(false),
            patch.StaffNumber.Or(null),
            patch.EmploymentForm.Or(null),
            patch.OccupationCode.Or(null),
            transfer
        );

    private static readonly WorkerContent Nobody = new(null, "", null, null, null, null);

    private static Optional<T?> Given<T>(T? value)
        where T : class => value is null ? default : new(value);

    private static Optional<T?> Given<T>(T? value)
        where T : struct => value is null ? default : new(value);

    /// <param name="Transfer">The primary affiliation ends the day before this one begins.</param>
    private sealed record RosterRow(
        int Number,
        PersonKeys Person,
        WorkerPatch Worker,
        AffiliationPatch Affiliation,
        bool Transfer
    )
    {
        /// <summary>Null where the first day is not given, or is after the last.</summary>
        public DayPeriod? Days =>
            Affiliation.From is { IsPresent: true, Value: var from }
            && (Affiliation.Until.Or(null) is not { } until || until >= from)
                ? DayPeriod.Inclusive(from, Affiliation.Until.Or(null))
                : null;
    }
}

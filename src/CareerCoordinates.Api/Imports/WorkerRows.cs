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

    private static readonly WarningCode OtherGender = new(
        "gender-differs-from-id-number",
        "The ID number says otherwise. Check both.",
        "与公民身份号码所示性别不符，请核对。"
    );

    private readonly WorkerOfRow workers = new(key, people);
    private readonly IReadOnlyList<CodedName> forms = WorkerColumns.FormsOf(framework);
    private readonly RosterChanges changes = new(WorkerColumns.Of(framework), WorkerColumns.FormsOf(framework));

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
        return new RosterRow(row.Row.Number, person, worker, affiliation, transfer)
        {
            IsPerhapsNumber = row.IsGuessed("staffNumber"),
        };
    }

    public override IReadOnlyList<Refusal> AlsoWrong(RecordTransaction tx, object row, IReadOnlySet<string> refused)
    {
        var said = AsMeant(tx, (RosterRow)row);
        if (refused.Contains("organization"))
        {
            return [];
        }
        var place = people.Place(tx, said.Person.Organization);
        if (place.IsRefused)
        {
            return place.Refusals;
        }
        if (MilestoneColumns.Person.Any(column => refused.Contains(column.Code)))
        {
            return [];
        }
        var found = workers.Find(tx, new RosterKeys(said.Person, place.Value, said.Days));
        return found.IsRefused ? found.Refusals
            : found.Value is null ? MissingOfNew(said, place.Value)
            : [];
    }

    public override Outcome<RowDecision> Decide(RecordTransaction tx, object row)
    {
        var said = AsMeant(tx, (RosterRow)row);
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

    /// <summary>Under a heading of both numbers the district's number of a person of that name is his, and no staff number.</summary>
    private RosterRow AsMeant(RecordTransaction tx, RosterRow said) =>
        said is { IsPerhapsNumber: true, Person.StaffNumber: { } number }
        && PersonOfRow.Numbered(tx, number) is [var holder]
        && people.IsSeen(tx, holder)
        && tx.Connection.ReadWorkerOnly(holder)[^1].Content.Name == said.Person.Name
            ? said with
            {
                Person = said.Person with { Number = number, StaffNumber = null },
                Affiliation = said.Affiliation with { StaffNumber = default },
            }
            : said;

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
        if (MissingOfNew(said, keys.Place) is { Count: > 0 } missing)
        {
            return missing;
        }
        var worker = said.Worker.On(PersonOfRow.Nobody);
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
        )
        {
            Warnings = OfGender(tx, person.IdNumber, worker.Gender),
        };
    }

    /// <summary>The last digit but one of an ID number is odd for men (GB 11643); a person may be on record otherwise, and it may be a slip.</summary>
    private static IReadOnlyList<Warning> OfGender(RecordTransaction tx, string? idNumber, string? gender) =>
        idNumber is not null
        && gender is not null
        && IdNumber.Read(idNumber, "", tx.Today) is { IsRefused: false } read
        && read.Value.Gender != gender
            ? [new(OtherGender, "/gender", null)]
            : [];

    /// <summary>What must be said of somebody who is not on the record, and is not.</summary>
    private static List<Refusal> MissingOfNew(RosterRow said, Guid? place)
    {
        var missing = new List<Refusal>();
        if (said.Person.Name is null)
        {
            missing.Add(new(RequestRefusals.Empty, "/name"));
        }
        if (place is null)
        {
            missing.Add(new(PlaceNeeded, "/organization"));
        }
        if (!said.Affiliation.From.IsPresent)
        {
            missing.Add(new(FirstDayNeeded, "/from"));
        }
        return missing;
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
                foreach (var revision in affiliation.Value?.Save() ?? [])
                {
                    items.Add(new(record.Id, ImportItem.Affiliation, revision.Id, revision.Number));
                }
                tx.Release(record.Id);
                return items;
            },
            Seen: record.Revisions.Count + record.AffiliationRevisions.Count
        )
        {
            Warnings =
            [
                .. isOther ? changes.Of(record.Id, view.Worker.Content, worker.Value) : [],
                .. affiliation.Value?.Changes ?? [],
            ],
        };
    }

    /// <summary>What is to be written of his affiliations, in this order; null for nothing.</summary>
    /// <param name="worker">As he will be.</param>
    private Outcome<DecidedPlace?> Affiliation(
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
                ? (DecidedPlace?)null
                : new Refusal(PlaceNeeded, "/organization");
        }
        var here = said.Here(tx, organization, view);
        if (here.IsRefused)
        {
            return here.As<DecidedPlace?>();
        }
        if (here.Value is { } there)
        {
            var candidate = patch.On(there.Content);
            if (candidate == there.Content)
            {
                return (DecidedPlace?)null;
            }
            if (
                there.Content.StaffNumber is { } known
                && candidate.StaffNumber is { } number
                && known.Length > number.Length
                && known.TrimStart('0') == number
            )
            {
                return new Refusal(LostZeros.OfNamesake, "/staffNumber", PlainText.Quoted(worker.Name), known, number);
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
            return content.IsRefused ? content.As<DecidedPlace?>()
                : content.Value == there.Content ? (DecidedPlace?)null
                : new DecidedPlace(
                    () =>
                    {
                        var next = there.Next(content.Value, null, tx.RecordedAt, me.Name);
                        tx.Add(view.Worker.Id, next);
                        return [next];
                    },
                    changes.Of(view.Worker.Id, there.Content, content.Value)
                );
        }
        if (!patch.From.IsPresent)
        {
            return new Refusal(FirstDayNeeded, "/from");
        }
        var next = RecordAffiliation.Decide(tx, me, worker, view, tx.NewId(), Begun(patch, organization, said.Transfer));
        return next.IsRefused
            ? next.As<DecidedPlace?>()
            : new DecidedPlace(
                () =>
                {
                    var (begun, left) = next.Value.Save(tx, me, view);
                    return left is null ? [begun] : [left, begun];
                },
                RosterChanges.Of(tx, view.Worker.Id, next.Value)
            );
    }

    /// <summary>What is written of his affiliations, and what of it is told.</summary>
    private sealed record DecidedPlace(Func<IReadOnlyList<Revision<AffiliationContent>>> Save, IReadOnlyList<Warning> Changes);

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

    private static Optional<T?> Given<T>(T? value)
        where T : class => value is null ? default : new(value);

    private static Optional<T?> Given<T>(T? value)
        where T : struct => value is null ? default : new(value);
}

using System.Collections.Concurrent;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>By what a row says who it is about.</summary>
public sealed record PersonKeys(
    string? Name,
    string? StaffNumber,
    string? Organization,
    string? IdNumber,
    DateOnly? BirthDate,
    string? Number
)
{
    /// <summary>Who fits, where it was asked ahead for many rows.</summary>
    internal (IReadOnlyList<Guid> Found, Name By, string Pointer)? Ahead { get; set; }
}

/// <summary>
/// Finds the worker of a row: by ID number, by the district's number, by staff number in the organisation, or by name and birth date where
/// that is one person only. What else the row says of him must agree. Only who is in the officer's scope is found.
/// </summary>
public sealed class PersonOfRow(SignedIn me, KeyEncryptionKey? key, Guid? organizationId)
{
    public static readonly RefusalCode NobodyNamed = new(
        "person-not-named",
        RefusalKind.Rule,
        "The row does not say who it is about. Fill in the worker's number, a staff number, an ID number, or name and birth date.",
        "本行未指明职工。请填写职工编号、工号、公民身份号码，或姓名和出生日期。"
    );
    public static readonly RefusalCode OrganizationNeeded = new(
        "organization-needed",
        RefusalKind.Rule,
        "A staff number is one of an organisation. Name it in the column 单位 / organisation, or choose it for the whole file at the upload (field 'organization').",
        "工号须与单位对应。请在“单位”列填写，或在上传时为整个文件选定单位。"
    );
    public static readonly RefusalCode UnknownPlace = new(
        "unknown-organization-name",
        RefusalKind.Rule,
        "No organisation in your scope is called '{0}' or has it as its unified social credit code.",
        "您的管理范围内没有名称或统一社会信用代码为“{0}”的单位。"
    );
    public static readonly RefusalCode PlaceAmbiguous = new(
        "organization-ambiguous",
        RefusalKind.Rule,
        "{1} organisations are called '{0}'. Give the unified social credit code instead.",
        "有 {1} 个单位名为“{0}”，请改填统一社会信用代码。"
    );
    public static readonly RefusalCode NotFound = new(
        "person-not-found",
        RefusalKind.Rule,
        "Nobody in your scope has {0}. Check it, or record the person first.",
        "您的管理范围内没有{0}的职工。请核对，或先登记该职工。"
    );
    public static readonly RefusalCode NumberNotFound = new(
        "person-not-found",
        RefusalKind.Rule,
        "Nobody in your scope has {0}. If it is a staff number of a unit, name the unit in the column 单位 / organisation, or choose it for the whole file at the upload (field 'organization').",
        "您的管理范围内没有{0}的职工。如为单位自编的工号，请在“单位”列填写单位，或在上传时为整个文件选定单位。"
    );
    public static readonly RefusalCode NeitherNumber = new(
        "person-not-found",
        RefusalKind.Rule,
        "Nobody in your scope has {0}, and nobody at this unit has it as the staff number. Check it, or record the person first.",
        "您的管理范围内没有{0}的职工，该单位也没有此工号的职工。请核对，或先登记该职工。"
    );
    public static readonly RefusalCode Ambiguous = new(
        "person-ambiguous",
        RefusalKind.Rule,
        "{0} fits several people: {1}. Add a staff number or an ID number.",
        "{0}对应多名职工：{1}。请补充工号或公民身份号码。"
    );
    public static readonly RefusalCode OtherName = new(
        "person-has-other-name",
        RefusalKind.Rule,
        "The person with {0} is called '{1}' on the record, not '{2}'. Check which of the two is right.",
        "{0}的职工在册姓名为“{1}”，与“{2}”不符，请核对。"
    );
    public static readonly RefusalCode OtherBirthDate = new(
        "person-has-other-birth-date",
        RefusalKind.Rule,
        "The person with {0} was born on another day according to the record. Check it.",
        "{0}的职工在册出生日期与本行不符，请核对。"
    );

    /// <summary>Of whom nothing is said.</summary>
    internal static readonly WorkerContent Nobody = new(null, "", null, null, null, null);

    private readonly ConcurrentDictionary<Guid, bool> looked = [];
    private readonly CalledPlaces places = new();

    /// <summary>Who was found so far.</summary>
    public IReadOnlyCollection<Guid> Looked => [.. looked.Keys];

    /// <summary>Reads the cells that say who it is.</summary>
    public static PersonKeys Read(RowReader row)
    {
        var staffNumber = row.Code("staffNumber");
        // Beside a staff number, what may be the district's number may as well count the rows.
        var number = staffNumber is not null && row.IsGuessed("number") ? null : row.Code("number");
        return new(
            row.Value("name", SheetValue.Name),
            staffNumber,
            row.Text("organization"),
            row.Code("idNumber"),
            row.Day("birthDate"),
            number
        );
    }

    /// <summary>What a person is found by, as it is told; an ID number that stands where it does not belong is not.</summary>
    internal static Name ByNumber(string number) =>
        new($"职工编号 {PlainText.Quoted(number)} ", $"the district's number {PlainText.Quoted(number)}");

    /// <inheritdoc cref="ByNumber"/>
    internal static Name ByStaffNumber(string number) =>
        new($"工号 {PlainText.Quoted(number)} ", $"the staff number {PlainText.Quoted(number)}");

    /// <inheritdoc cref="ByNumber"/>
    internal static Name ByName(string name, DateOnly born) =>
        new($"“{PlainText.Quoted(name)}”（{Days.Iso(born)}）", $"'{PlainText.Quoted(name)}' ({Days.Iso(born)})");

    internal static readonly Name ByIdNumber = new("该公民身份号码", "this ID number");

    /// <summary>Asks for those whom the rows name, and locks them.</summary>
    public void ReadAhead(RecordTransaction tx, IReadOnlyList<PersonKeys> rows)
    {
        var asked = new AskedAtOnce(
            tx.Connection.ReadNumbers([
                .. rows.Where(keys => keys.IdNumber is null).Select(keys => keys.Number).OfType<string>(),
            ]),
            []
        );
        // Several texts may mean the same organisation.
        var named = rows.Where(keys => keys is { IdNumber: null, Number: null, StaffNumber: not null })
            .GroupBy(keys => keys.Organization)
            .Select(some => (Place: Place(tx, some.Key), Numbers: some.Select(keys => keys.StaffNumber!)))
            .Where(some => !some.Place.IsRefused)
            .ToLookup(some => some.Place.Value, some => some.Numbers);
        foreach (var some in named)
        {
            if (some.Key is { } place)
            {
                asked.StaffNumbers[place] = tx.Connection.ReadStaffNumbers(place, [.. some.SelectMany(numbers => numbers)]);
            }
        }
        var found = new HashSet<Guid>();
        foreach (var keys in rows)
        {
            var candidates = Candidates(tx, keys, out var refusal, asked);
            if (refusal is null)
            {
                keys.Ahead = candidates;
                found.UnionWith(candidates.Found);
            }
        }
        tx.LockAhead(found);
    }

    /// <summary>The worker with his record locked.</summary>
    public Outcome<WorkerRecord> Find(RecordTransaction tx, PersonKeys keys)
    {
        Refusal? refusal = null;
        var (found, by, pointer) = keys.Ahead ?? Candidates(tx, keys, out refusal);
        if (refusal is not null)
        {
            return refusal;
        }
        var seen = found.Where(id => IsSeen(tx, id)).Distinct().ToList();
        foreach (var id in seen)
        {
            looked[id] = true;
        }
        if (seen.Count == 0)
        {
            return LostZeros.Of(tx, this, keys) ?? new Refusal(NotFoundBy(tx, keys, pointer), pointer, by);
        }
        if (seen.Count > 1 && pointer == "/name" && AtPlace(tx, seen, keys.Organization) is { } settled)
        {
            seen = [settled];
        }
        if (seen.Count > 1)
        {
            return new Refusal(Ambiguous, pointer, by, string.Join(", ", seen.Take(5).Select(id => Said(tx, id))));
        }
        if (tx.LockWorker(seen[0]) is not { } record)
        {
            return new Refusal(NotFound, pointer, by);
        }
        var content = record.Revisions[^1].Content;
        return keys.Name is { } name && content.Name != name
                ? new Refusal(OtherName, "/name", by, content.Name, PlainText.Quoted(name))
            : keys.BirthDate is { } born && content.BirthDate is { } known && born != known
                ? new Refusal(OtherBirthDate, "/birthDate", by)
            : keys.IdNumber is not null && OfAnother(tx, keys, record) is { } otherwise ? otherwise
            : record;
    }

    /// <summary>Cells by which he was not found, and which were never his.</summary>
    public IReadOnlyList<Warning> Warnings(RecordTransaction tx, PersonKeys keys, WorkerRecord record)
    {
        var isByStaffNumber = keys is { IdNumber: null, Number: null, StaffNumber: not null };
        var warnings = new List<Warning>();
        if (!isByStaffNumber && keys.StaffNumber is { } number && !CellsOfSomebodyElse.HadStaffNumber(record, number))
        {
            warnings.Add(CellsOfSomebodyElse.StaffNumber(record, number));
        }
        if (
            !isByStaffNumber
            && keys.Organization is { } text
            && !CellsOfSomebodyElse.WasAt(tx, record.AffiliationRevisions, text, places.Of(tx, text))
        )
        {
            warnings.Add(CellsOfSomebodyElse.Organization(record, text));
        }
        return warnings;
    }

    /// <summary>An ID number is not overruled by other numbers, and does not overrule them.</summary>
    private Refusal? OfAnother(RecordTransaction tx, PersonKeys keys, WorkerRecord record) =>
        keys.Number is { } number && !CellsOfSomebodyElse.HadNumber(record, number)
            ? new(CellsOfSomebodyElse.OtherNumber, "/number", PlainText.Quoted(number))
        : keys.StaffNumber is { } staffNumber
        && !CellsOfSomebodyElse.HadStaffNumber(record, staffNumber)
        && Place(tx, keys.Organization) is { IsRefused: false, Value: { } place }
        && Newest(tx, place, staffNumber).Exists(id => IsSeen(tx, id))
            ? new(CellsOfSomebodyElse.OtherStaffNumber, "/staffNumber", PlainText.Quoted(staffNumber))
        : null;

    /// <summary>The one of namesakes who is or was at the place that the row, or else the file, names.</summary>
    private Guid? AtPlace(RecordTransaction tx, IReadOnlyList<Guid> seen, string? text)
    {
        var there = seen.Where(id =>
                text is not null
                    ? CellsOfSomebodyElse.WasAt(tx, tx.AffiliationsOf(id), text, places.Of(tx, text))
                    : organizationId is { } place && WasAt(tx, id, place)
            )
            .ToList();
        return there is [var only] ? only : null;
    }

    internal static bool WasAt(RecordTransaction tx, Guid id, Guid place) =>
        tx.AffiliationsOf(id).Any(revision => revision.Content.OrganizationId == place);

    private RefusalCode NotFoundBy(RecordTransaction tx, PersonKeys keys, string pointer) =>
        pointer != "/number" || keys.StaffNumber is not null ? NotFound
        : Place(tx, keys.Organization) is { IsRefused: false, Value: not null } ? NeitherNumber
        : NumberNotFound;

    /// <summary>The organisation that a text names, by name or credit code; null text: the one of the whole file.</summary>
    public Outcome<Guid?> Place(RecordTransaction tx, string? text)
    {
        if (text is null)
        {
            return organizationId;
        }
        var seen = places.Of(tx, text).Where(id => tx.Connection.Covers(me.Scope, id, tx.Today)).ToList();
        return seen.Count switch
        {
            0 => new Refusal(UnknownPlace, "/organization", PlainText.Quoted(text)),
            1 => seen[0],
            _ => new Refusal(PlaceAmbiguous, "/organization", PlainText.Quoted(text), seen.Count),
        };
    }

    private (IReadOnlyList<Guid> Found, Name By, string Pointer) Candidates(
        RecordTransaction tx,
        PersonKeys keys,
        out Refusal? refusal,
        AskedAtOnce? asked = null
    )
    {
        refusal = null;
        if (keys.IdNumber is { } idNumber)
        {
            var read = WorkerIdNumber.Read(tx, key, idNumber);
            if (read.IsRefused)
            {
                refusal = read.Refusals[0] with { Pointer = "/idNumber" };
                return default;
            }
            return (IdNumbers.HolderOf(tx, key!, read.Value) is { } holder ? [holder] : [], ByIdNumber, "/idNumber");
        }
        if (keys.Number is { } number)
        {
            IReadOnlyList<Guid> numbered = asked is null ? Numbered(tx, number) : [.. asked.Numbers[number]];
            // Many units head their staff numbers as the district heads its own.
            return
                numbered.Count == 0
                && keys.StaffNumber is null
                && Place(tx, keys.Organization) is { IsRefused: false, Value: { } unit }
                && Newest(tx, unit, number) is { Count: > 0 } there
                ? (there, ByStaffNumber(number), "/number")
                : (numbered, ByNumber(number), "/number");
        }
        if (keys.StaffNumber is { } staffNumber)
        {
            var place = Place(tx, keys.Organization);
            if (place.IsRefused || place.Value is null)
            {
                refusal = place.IsRefused ? place.Refusals[0] : new(OrganizationNeeded, "/organization");
                return default;
            }
            var holders = asked is null
                ? HoldersOf(tx, place.Value.Value, staffNumber)
                : [.. asked.StaffNumbers[place.Value.Value][staffNumber]];
            return (NewestOf(holders, tx.Today), ByStaffNumber(staffNumber), "/staffNumber");
        }
        if (keys is { Name: { } name, BirthDate: { } born })
        {
            return (Born(tx, name, born), ByName(name, born), "/name");
        }
        refusal = new(NobodyNamed, keys.Name is null ? "" : "/birthDate");
        return default;
    }

    internal static List<Guid> Numbered(RecordTransaction tx, string number) =>
        Ids(tx, "SELECT worker_id FROM worker_numbers WHERE number = @p0", [ColumnKind.Text], number);

    internal static List<Guid> Born(RecordTransaction tx, string name, DateOnly on) =>
        Ids(
            tx,
            "SELECT worker_id FROM worker_revisions WHERE name = @p0 AND birth_date = @p1 AND superseded_at IS NULL AND state = 'active'",
            [ColumnKind.Text, ColumnKind.Day],
            name,
            StoredDay.Of(on)
        );

    /// <summary>Who has or had the staff number, and when.</summary>
    internal static List<(Guid Worker, DayPeriod Period)> HoldersOf(RecordTransaction tx, Guid place, string staffNumber) =>
        tx
            .Connection.Prepared(
                "SELECT worker_id, from_day, until_day FROM staff_numbers WHERE organization_id = @p0 AND staff_number = @p1",
                ColumnKind.Id,
                ColumnKind.Text
            )
            .Read(
                tx.Connection.Transaction,
                row => (Worker: row.Id(), Period: DayPeriod.Inclusive(row.Day(), row.DayOrNull())),
                place,
                staffNumber
            );

    /// <summary>Who has the staff number today; else who had it last.</summary>
    internal static List<Guid> Newest(RecordTransaction tx, Guid place, string staffNumber) =>
        NewestOf(HoldersOf(tx, place, staffNumber), tx.Today);

    private static List<Guid> NewestOf(IReadOnlyCollection<(Guid Worker, DayPeriod Period)> holders, DateOnly today)
    {
        var now = holders.Where(h => h.Period.Contains(today)).ToList();
        return now.Count > 0
            ? [.. now.Select(h => h.Worker)]
            : [.. holders.OrderByDescending(h => h.Period.End).Take(1).Select(h => h.Worker)];
    }

    internal bool IsSeen(RecordTransaction tx, Guid id) =>
        LocalUser.Is(me) || me.Covers(tx.Connection, id, tx.AffiliationsOf(id), tx.Today);

    internal static string Said(RecordTransaction tx, Guid id)
    {
        var content = tx.Connection.ReadWorkerOnly(id)[^1].Content;
        var place = tx
            .Connection.ReadAffiliations(id)
            .LastOrDefault(r => r is { Voided: false, Content.OrganizationId: not null })
            ?.Content;
        var unit = place?.OrganizationId is { } at ? tx.Connection.ReadOrganization(at)[^1].Content.Name : null;
        // The id is all that is left to tell him by where he has no number.
        string?[] said =
        [
            content.Name,
            content.Number ?? (place?.StaffNumber is null ? id.ToString() : null),
            unit,
            place?.StaffNumber,
        ];
        return string.Join(' ', said.OfType<string>());
    }

    private static List<Guid> Ids(RecordTransaction tx, string sql, ColumnKind[] kinds, params object?[] values) =>
        tx.Connection.Prepared(sql, kinds).Read(tx.Connection.Transaction, row => row.Id(), values);

    /// <summary>Who has the numbers of many rows, by number, and by organisation and staff number.</summary>
    private sealed record AskedAtOnce(
        ILookup<string, Guid> Numbers,
        Dictionary<Guid, ILookup<string, (Guid Worker, DayPeriod Period)>> StaffNumbers
    );
}

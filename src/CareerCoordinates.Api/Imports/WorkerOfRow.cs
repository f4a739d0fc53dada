using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>By what a row of a roster says who it is about.</summary>
/// <param name="Place">The organisation of the row.</param>
/// <param name="Days">When the row says that he is there; null where it does not.</param>
public sealed record RosterKeys(PersonKeys Person, Guid? Place, DayPeriod? Days);

/// <summary>
/// Finds the worker of a row of a roster, or that there is none yet: by ID number, by the district's number, by staff number in the
/// organisation, by name and birth date, in this order. It knows the rows before, so that the dry run, which writes none of them, decides as
/// the commit does, which has written them.
/// </summary>
public sealed class WorkerOfRow(KeyEncryptionKey? key, PersonOfRow people)
{
    public static readonly RefusalCode TwiceInFile = new(
        "twice-in-file",
        RefusalKind.Rule,
        "Row {0} is about this person already. Delete one of the two; if they are two people, give the ID numbers of both.",
        "与第 {0} 行为同一职工，请删除其一；如确为两人，请填写双方的公民身份号码。"
    );

    private readonly HashSet<Guid> looked = [];
    private readonly HashSet<Guid> made = [];
    private readonly Dictionary<Guid, int> rows = [];
    private readonly Dictionary<string, int> numbers = [];
    private readonly Dictionary<string, int> idNumbers = [];
    private readonly Dictionary<(Guid Place, string Number), List<(RosterKeys Keys, int Row)>> staffNumbers = [];
    private readonly Dictionary<(string Name, DateOnly Born), List<(RosterKeys Keys, string? IdNumber, int Row)>> names = [];

    /// <summary>Who was found so far.</summary>
    public IReadOnlyCollection<Guid> Looked => looked;

    /// <summary>The worker with his record locked; null where nobody in scope is meant.</summary>
    public Outcome<WorkerRecord?> Find(RecordTransaction tx, RosterKeys keys)
    {
        var person = keys.Person;
        IdNumber? idNumber = null;
        if (person.IdNumber is { } text)
        {
            var read = WorkerIdNumber.Read(tx, key, text);
            if (read.IsRefused)
            {
                return read.As<WorkerRecord?>();
            }
            idNumber = read.Value;
        }
        if (RowBefore(keys, idNumber) is { } row)
        {
            return new Refusal(TwiceInFile, "", row);
        }
        foreach (var (found, by, pointer) in Candidates(tx, keys, idNumber))
        {
            var seen = found.Where(id => !made.Contains(id) && people.IsSeen(tx, id)).Distinct().ToList();
            looked.UnionWith(seen);
            // Of namesakes who were born on one day the one who is or was here.
            if (
                seen.Count > 1
                && pointer == "/name"
                && keys.Place is { } here
                && seen.Where(id => PersonOfRow.WasAt(tx, id, here)).ToList() is [var settled]
            )
            {
                seen = [settled];
            }
            if (seen.Count == 1)
            {
                return rows.TryGetValue(seen[0], out var before)
                    ? new Refusal(TwiceInFile, "", before)
                    : Agreeing(tx, seen[0], person, by, isSure: pointer == "/idNumber");
            }
            if (seen.Count > 1)
            {
                return new Refusal(
                    PersonOfRow.Ambiguous,
                    pointer,
                    by,
                    string.Join(", ", seen.Take(5).Select(id => PersonOfRow.Said(tx, id)))
                );
            }
        }
        return WithZeros(tx, keys) is { } lost ? lost : (WorkerRecord?)null;
    }

    /// <summary>A row that is taken: no other may be about the same person.</summary>
    public void Take(RosterKeys keys, Guid worker, int row)
    {
        rows[worker] = row;
        var person = keys.Person;
        var idNumber = person.IdNumber is { } sent ? HashOf(sent) : null;
        if (idNumber is not null)
        {
            idNumbers[idNumber] = row;
        }
        if (person.Number is { } number)
        {
            numbers[number] = row;
        }
        if (person.StaffNumber is { } staffNumber && keys.Place is { } place)
        {
            ListAt(staffNumbers, (place, staffNumber)).Add((keys, row));
        }
        if (person is { Name: { } name, BirthDate: { } born })
        {
            ListAt(names, (name, born)).Add((keys, idNumber, row));
        }
    }

    /// <summary>Somebody whom this import has just recorded: he is no candidate for later rows, as he is none in the dry run.</summary>
    public void Made(Guid worker) => made.Add(worker);

    /// <summary>The row before that is about the same person by what the two say, whoever it is on the record.</summary>
    private int? RowBefore(RosterKeys keys, IdNumber? idNumber)
    {
        var person = keys.Person;
        var hash = idNumber is null ? null : HashOf(idNumber);
        if (hash is not null && idNumbers.TryGetValue(hash, out var row))
        {
            return row;
        }
        if (person.Number is { } number && numbers.TryGetValue(number, out row))
        {
            return row;
        }
        if (
            person.StaffNumber is { } staffNumber
            && keys.Place is { } place
            && staffNumbers.GetValueOrDefault((place, staffNumber)) is { } holders
        )
        {
            foreach (var (other, at) in holders)
            {
                if (
                    other.Person.Name == person.Name
                    || other.Days is null
                    || keys.Days is null
                    || other.Days.Value.Overlaps(keys.Days.Value)
                )
                {
                    return at;
                }
            }
        }
        if (person is { Name: { } name, BirthDate: { } born } && names.GetValueOrDefault((name, born)) is { } namesakes)
        {
            foreach (var (other, otherHash, at) in namesakes)
            {
                if ((hash is null || otherHash is null) && !HaveOwnNumbers(keys, other))
                {
                    return at;
                }
            }
        }
        return null;
    }

    /// <summary>Nobody has two staff numbers at one organisation at the same time: two namesakes have.</summary>
    private static bool HaveOwnNumbers(RosterKeys one, RosterKeys other) =>
        one is { Place: { } place, Person.StaffNumber: { } number }
        && other.Place == place
        && other.Person.StaffNumber is { } otherNumber
        && number != otherNumber
        && (one.Days is null || other.Days is null || one.Days.Value.Overlaps(other.Days.Value));

    private IEnumerable<(IReadOnlyList<Guid> Found, Name By, string Pointer)> Candidates(
        RecordTransaction tx,
        RosterKeys keys,
        IdNumber? idNumber
    )
    {
        var person = keys.Person;
        if (idNumber is not null && IdNumbers.HolderOf(tx, key!, idNumber) is { } holder)
        {
            yield return ([holder], PersonOfRow.ByIdNumber, "/idNumber");
        }
        if (person.Number is { } number)
        {
            yield return (PersonOfRow.Numbered(tx, number), PersonOfRow.ByNumber(number), "/number");
        }
        if (person.StaffNumber is { } staffNumber && keys.Place is { } place)
        {
            yield return (Holders(tx, keys, place, staffNumber), PersonOfRow.ByStaffNumber(staffNumber), "/staffNumber");
        }
        if (person is { Name: { } name, BirthDate: { } born })
        {
            // With an ID number nobody is meant who has another one.
            var found = PersonOfRow.Born(tx, name, born);
            yield return (
                idNumber is null ? found : [.. found.Where(id => ContentOf(tx, id).IdNumber is null)],
                PersonOfRow.ByName(name, born),
                "/name"
            );
        }
    }

    /// <summary>Who has the staff number on the days of the row; else one of that name who had it on others.</summary>
    private static IReadOnlyList<Guid> Holders(RecordTransaction tx, RosterKeys keys, Guid place, string staffNumber)
    {
        if (keys.Days is not { } days)
        {
            return PersonOfRow.Newest(tx, place, staffNumber);
        }
        var all = PersonOfRow.HoldersOf(tx, place, staffNumber);
        var then = all.Where(h => h.Period.Overlaps(days)).Select(h => h.Worker).Distinct().ToList();
        return then.Count > 0
            ? then
            : [.. all.Select(h => h.Worker).Distinct().Where(id => IsNamesake(ContentOf(tx, id), keys.Person))];
    }

    /// <summary>A wrong number must not rename somebody: besides the key, the name or the birth date is his.</summary>
    private static Outcome<WorkerRecord?> Agreeing(RecordTransaction tx, Guid id, PersonKeys person, Name by, bool isSure)
    {
        var locked = WorkerLocking.Newest(tx, id);
        if (locked.IsRefused || isSure)
        {
            return locked.IsRefused ? locked.As<WorkerRecord?>() : locked.Value;
        }
        var known = locked.Value.Revisions[^1].Content;
        var isOtherBirthDate = person.BirthDate is { } born && known.BirthDate is { } on && born != on;
        if (person.Name is { } name && name != known.Name && (person.BirthDate is null || person.BirthDate != known.BirthDate))
        {
            tx.Release(id);
            return new Refusal(PersonOfRow.OtherName, "/name", by, known.Name, PlainText.Quoted(name));
        }
        if (isOtherBirthDate && person.Name is null)
        {
            tx.Release(id);
            return new Refusal(PersonOfRow.OtherBirthDate, "/birthDate", by);
        }
        return locked.Value;
    }

    /// <summary>A new person whose namesake has the same staff number but for zeros before it is probably that one.</summary>
    private Refusal? WithZeros(RecordTransaction tx, RosterKeys keys)
    {
        if (keys is not { Place: { } place, Person: { StaffNumber: { } number, BirthDate: null, IdNumber: null } })
        {
            return null;
        }
        foreach (var padded in LostZeros.Padded(number))
        {
            if (staffNumbers.GetValueOrDefault((place, padded))?.Exists(row => row.Keys.Person.Name == keys.Person.Name) == true)
            {
                return new(LostZeros.OfNamesake, "/staffNumber", PlainText.Quoted(keys.Person.Name ?? ""), padded, number);
            }
            foreach (var (id, _) in PersonOfRow.HoldersOf(tx, place, padded))
            {
                if (
                    !made.Contains(id)
                    && !rows.ContainsKey(id)
                    && people.IsSeen(tx, id)
                    && IsNamesake(ContentOf(tx, id), keys.Person)
                )
                {
                    return new(LostZeros.OfNamesake, "/staffNumber", PlainText.Quoted(keys.Person.Name!), padded, number);
                }
            }
        }
        return null;
    }

    private static bool IsNamesake(WorkerContent known, PersonKeys person) =>
        known.Name == person.Name && (person.BirthDate is null || known.BirthDate is null || person.BirthDate == known.BirthDate);

    internal static WorkerContent ContentOf(RecordTransaction tx, Guid id) => tx.Connection.ReadWorkerOnly(id)[^1].Content;

    private string HashOf(string sent) =>
        IdNumber.Read(sent, "", DateOnly.MaxValue) is { IsRefused: false, Value: var number } ? HashOf(number) : "";

    private string HashOf(IdNumber number) => Convert.ToHexString(key!.IndexOf(number));

    private static List<TItem> ListAt<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey at)
        where TKey : notnull => lists.TryGetValue(at, out var list) ? list : lists[at] = [];
}

using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Imports;

/// <summary>Staff numbers whose leading zeros a spreadsheet has dropped: 42 where somebody has 0042.</summary>
internal static class LostZeros
{
    public static readonly RefusalCode OfNobody = new(
        "leading-zeros-lost",
        RefusalKind.Rule,
        "Nobody at this unit has the staff number {0}, but {1} has {2}. If that is the person, a spreadsheet has dropped the zeros: format the column as text.",
        "该单位没有工号为 {0} 的职工，但{1}的工号为 {2}。如为同一人，则前导零已被电子表格丢失，请将该列设为文本格式。"
    );

    public static readonly RefusalCode OfNamesake = new(
        "leading-zeros-lost",
        RefusalKind.Rule,
        "{0} has the staff number {1} here. If that is the person, a spreadsheet has dropped the zeros of {2}: format the column as text. If it is somebody else of the same name, give the birth date or the ID number.",
        "{0} 在该单位的工号为 {1}。如为同一人，则 {2} 的前导零已被电子表格丢失，请将该列设为文本格式；如为同名的另一人，请填写出生日期或公民身份号码。"
    );

    /// <summary>As long may a number be that has lost them.</summary>
    private const int Longest = 7;

    /// <summary>What the number may have been.</summary>
    public static IEnumerable<string> Padded(string number)
    {
        if (number.All(char.IsAsciiDigit))
        {
            for (var padded = "0" + number; padded.Length <= Longest; padded = "0" + padded)
            {
                yield return padded;
            }
        }
    }

    /// <summary>Of a number that nobody at the place has; null where nobody in scope has it with zeros either.</summary>
    public static Refusal? Of(RecordTransaction tx, PersonOfRow people, PersonKeys keys)
    {
        if (
            keys is not { IdNumber: null, Number: null, StaffNumber: { } number }
            || people.Place(tx, keys.Organization) is not { IsRefused: false, Value: { } place }
            || Padded(number).ToList() is not { Count: > 0 } padded
        )
        {
            return null;
        }
        var holders = tx.Connection.ReadStaffNumbers(place, padded);
        foreach (var full in padded)
        {
            foreach (var (id, _) in holders[full])
            {
                if (people.IsSeen(tx, id))
                {
                    return new(OfNobody, "/staffNumber", number, WorkerOfRow.ContentOf(tx, id).Name, full);
                }
            }
        }
        return null;
    }
}

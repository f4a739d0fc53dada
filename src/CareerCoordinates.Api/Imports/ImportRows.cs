using System.Text.RegularExpressions;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>A column of an import: how it is found, and what a template says of it.</summary>
/// <param name="Zh">The most usual header in Chinese.</param>
/// <param name="Others">More names by which people call it.</param>
public sealed record ImportColumn(
    string Code,
    string Zh,
    string En,
    bool Required,
    string ExplanationZh,
    string ExplanationEn,
    string Example,
    IReadOnlyList<string> AllowedZh,
    IReadOnlyList<string> AllowedEn,
    params IReadOnlyList<string> Others
)
{
    /// <summary>Only a file that was exported has it: no template asks for it.</summary>
    public bool IsOfExports { get; init; }

    /// <summary>Where it is not the same in both languages, and none of the allowed values.</summary>
    public string? ExampleEn { get; init; }

    /// <inheritdoc cref="KnownColumn.Perhaps"/>
    public IReadOnlyList<string> Perhaps { get; init; } = [];

    /// <inheritdoc cref="KnownColumn.InPlaceOf"/>
    public IReadOnlyList<string> InPlaceOf { get; init; } = [];

    public Name Name => new(Zh, En);

    /// <summary>As the example row of a template has it: one of the allowed values is said in the language of the sheet.</summary>
    public string ExampleIn(bool zh) =>
        zh ? Example
        : AllowedZh.ToList().IndexOf(Example) is >= 0 and var at ? AllowedEn[at]
        : ExampleEn ?? Example;

    public KnownColumn Known => new(Code, [Zh, En, .. Others], Required) { Perhaps = Perhaps, InPlaceOf = InPlaceOf };
}

/// <summary>What the record makes of a row.</summary>
/// <param name="Target">The thing that is the same or is changed; null for a new one.</param>
/// <param name="Save">
/// Writes it and tells what, in the transaction that decided or in a later one in which the worker is still as he was; null where there is nothing to write.
/// </param>
/// <param name="Fact">A hash of what may stand in a file only once; null for anything.</param>
/// <param name="Worker">On whose record alone the decision rests, as it was read; null where it rests on more.</param>
/// <param name="Seen">For a change: how many revisions the target has, so that a later one is noticed.</param>
public sealed record RowDecision(
    RowAction Action,
    Guid? Target,
    Func<RecordTransaction, IReadOnlyList<ImportItem>>? Save,
    UInt128? Fact = null,
    WorkerRecord? Worker = null,
    int Seen = 0
)
{
    /// <summary>What a person should look at although the row is taken; points at column codes.</summary>
    public IReadOnlyList<Warning> Warnings { get; init; } = [];
}

/// <summary>The rows of one kind of import: their columns, how a row is read, and what the record makes of it.</summary>
public abstract class ImportRows
{
    public abstract IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>
    /// A row as it stands in the sheet, without the record; refusals point at column codes (<c>/occurredOn</c>). Where there are some it is
    /// given as far as it was read.
    /// </summary>
    public abstract object? Read(RowReader row);

    /// <summary>
    /// Before these rows are decided, in this order: asks for what they need at once. Only where a question goes over a network; deciding does
    /// not rest on it.
    /// </summary>
    public virtual void ReadAhead(RecordTransaction tx, IReadOnlyList<object> rows) { }

    /// <summary>The same for a dry run and for a commit, on several threads but where it is in order. Refusals point at column codes.</summary>
    public abstract Outcome<RowDecision> Decide(RecordTransaction tx, object row);

    /// <summary>What else is wrong with a row some of whose cells cannot be read, as far as it does not rest on these: all is mended at once.</summary>
    /// <param name="row">As far as it was read.</param>
    /// <param name="refused">The codes of the columns that cannot be read.</param>
    public virtual IReadOnlyList<Refusal> AlsoWrong(RecordTransaction tx, object row, IReadOnlySet<string> refused) => [];

    /// <summary>
    /// Whether a row may rest on the rows before it: then rows are decided one after the other, for a commit in the transaction that writes.
    /// </summary>
    public virtual bool IsInOrder => false;

    /// <summary>Whether a row is the example row of the template, as it came: it is no row about anybody.</summary>
    public bool IsExample(RowReader row) =>
        (examples ??= [ExamplesIn(zh: true), ExamplesIn(zh: false)]).Any(example =>
            example.All(column => row.Shown(column.Key) == column.Value)
        );

    private Dictionary<string, string>[]? examples;

    private Dictionary<string, string> ExamplesIn(bool zh) =>
        Columns.Where(c => !c.IsOfExports).ToDictionary(c => c.Code, c => c.ExampleIn(zh));

    /// <summary>The workers whose records were looked at.</summary>
    public abstract IReadOnlyCollection<Guid> Seen { get; }

    /// <summary>The column that a pointer of a rule means; null for the row as a whole.</summary>
    public ImportColumn? ColumnAt(string pointer)
    {
        var code = ColumnOf(pointer);
        return Columns.FirstOrDefault(column => column.Code == code);
    }

    /// <summary>The code of the column that a pointer of a rule means.</summary>
    protected virtual string ColumnOf(string pointer) => pointer.TrimStart('/').Split('/')[0];
}

/// <summary>Reads the cells of one row by the codes of their columns and keeps what is wrong with them.</summary>
public sealed partial class RowReader(SheetHeader header, SheetRow row, List<Refusal> refusals)
{
    public static readonly RefusalCode FullDayNeeded = new(
        "full-day-needed",
        RefusalKind.Shape,
        "'{0}' is not a whole day. Here year, month and day are needed: 2020-11-30.",
        "“{0}”不是完整日期，此处须填写年月日，例如 2020-11-30。"
    );

    public SheetRow Row => row;

    public List<Refusal> Refusals => refusals;

    /// <summary>Whether the header of the column may mean something else.</summary>
    public bool IsGuessed(string code) => header.Guessed.Contains(code);

    public bool Has(string code) => header.In(row, code) is { HasContent: true };

    /// <summary>What the cell shows, without the blanks around it; empty where the sheet has no such column.</summary>
    public string Shown(string code) => header.In(row, code)?.Text.Trim() ?? "";

    /// <summary>The column in which it stands, from 1; several codes that have a name in common share one.</summary>
    public int? PlaceOf(string code) => header.Columns.TryGetValue(code, out var place) ? place : null;

    public T? Value<T>(string code, Func<SheetCell, Outcome<T>> read)
    {
        if (header.In(row, code) is not { } cell)
        {
            return default;
        }
        var value = read(cell);
        if (!value.IsRefused)
        {
            return value.Value;
        }
        refusals.AddRange(value.Refusals.Select(r => r with { Pointer = "/" + code }));
        return default;
    }

    public string? Text(string code) => Value(code, SheetValue.Text);

    public string? Code(string code) => Value(code, SheetValue.Code);

    /// <summary>A day of which nothing is left open.</summary>
    public DateOnly? Day(string code)
    {
        var day = Value(code, SheetValue.Day);
        if (day is { IsFullDay: false } part)
        {
            refusals.Add(new(FullDayNeeded, "/" + code, part.ToString()));
            return null;
        }
        return day?.First;
    }

    /// <summary>The code of a choice that is written by its code or by one of its names.</summary>
    public string? Choice(string code, IReadOnlyList<CodedName> allowed)
    {
        if (Text(code) is not { } text)
        {
            return null;
        }
        if (CodeOf(allowed, text) is { } found)
        {
            return found;
        }
        var names = allowed.DistinctBy(one => one.Code).ToList();
        var said = new Name(
            string.Join("、", names.Select(one => one.Name.Zh)),
            string.Join(", ", names.Select(one => one.Name.En))
        );
        refusals.Add(new(RequestRefusals.NotAllowed, "/" + code, said));
        return null;
    }

    /// <summary>
    /// The code of what a text means: a code or a name; of a name such as 三级/高级工 also one of its parts, or all of them in another order, if
    /// nothing else has it; 3级 is 三级.
    /// </summary>
    internal static string? CodeOf(IReadOnlyList<CodedName> allowed, string text)
    {
        text = NumberedGrade().Replace(text, grade => $"{ChineseDigits[grade.Value[0] - '1']}级");
        var alike = SheetValue.Alike(text);
        foreach (var one in allowed)
        {
            if (
                SheetValue.Alike(one.Code) == alike
                || SheetValue.Alike(one.Name.Zh) == alike
                || SheetValue.Alike(one.Name.En) == alike
            )
            {
                return one.Code;
            }
        }
        var parts = Parts(text);
        var partly = allowed
            .Where(a => Parts(a.Name.Zh) is var own && (own.Contains(alike) || (parts.Count > 1 && own.SetEquals(parts))))
            .ToList();
        return partly is [var only] ? only.Code : null;
    }

    private const string ChineseDigits = "一二三四五六七八九";

    private static HashSet<string> Parts(string name) => [.. name.Split('/', '（', '(').Select(SheetValue.Alike)];

    [GeneratedRegex("[1-9]级")]
    private static partial Regex NumberedGrade();
}

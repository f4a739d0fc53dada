using System.Text.Json;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Imports;

/// <summary>A row of a sheet of milestones, as far as it could be read.</summary>
/// <param name="Corrected">Null for a new one.</param>
internal sealed record MilestoneRow(PersonKeys Person, MilestoneDraft Draft, CorrectedMilestone? Corrected);

/// <param name="Revision">That the sheet was made from; null where it does not say.</param>
internal sealed record CorrectedMilestone(Guid Id, decimal? Revision);

/// <summary>How a sheet of milestones is read, of one type or of several; the record is not asked.</summary>
internal sealed class MilestoneRowReading
{
    public static readonly RefusalCode OtherType = new(
        "other-type-than-chosen",
        RefusalKind.Rule,
        "The row says '{0}', but for the whole file {1} is chosen. Correct the row, or upload the file without a type: then the column says it.",
        "本行写的是“{0}”，而整个文件选定的是{1}。请更正本行；如类型由该列说明，请在上传时不选类型。"
    );
    private readonly Framework framework;
    private readonly MilestoneType? only;
    private readonly IReadOnlyList<ImportColumn> columns;
    private readonly Dictionary<string, MilestoneType> types;

    /// <summary>Codes of the columns that only some types have.</summary>
    private readonly IReadOnlyList<string> attributes;

    /// <param name="only">The type of all rows; null where a column names it.</param>
    public MilestoneRowReading(Framework framework, MilestoneType? only, IReadOnlyList<ImportColumn> columns)
    {
        this.framework = framework;
        this.only = only;
        this.columns = columns;
        types = framework
            .MilestoneTypes.Values.SelectMany(t => MilestoneTypeNames.Of(t).Select(name => (name, t)))
            .DistinctBy(one => one.name)
            .ToDictionary(one => one.name, one => one.t);
        attributes = only is null
            ?
            [
                .. framework
                    .MilestoneTypes.Values.Where(t => t.Enabled)
                    .SelectMany(t => t.Attributes)
                    .Select(a => a.Code)
                    .Distinct(),
            ]
            : [];
    }

    public MilestoneRow Read(RowReader row)
    {
        var person = PersonOfRow.Read(row);
        var type = TypeOf(row);
        var occurredOn = row.Value("occurredOn", SheetValue.Day);
        if (occurredOn is null && !row.Refusals.Exists(refusal => refusal.Pointer == "/occurredOn"))
        {
            row.Refusals.Add(new(Problems.RequestRefusals.Empty, "/occurredOn"));
        }
        var until = row.Value("until", SheetValue.Day);
        var attributes = new Dictionary<string, JsonElement>();
        foreach (var attribute in type?.Attributes ?? [])
        {
            if (ValueOf(row, attribute) is { } value)
            {
                attributes[attribute.Code] = value;
            }
        }
        if (type is not null)
        {
            RefuseOthers(row, type);
        }
        var evidence = row.Text("evidence") is { } reference
            ? [new EvidenceReference(EvidenceType(row) ?? (type is { Evidence: [var usual, ..] } ? usual : ""), reference)]
            : (IReadOnlyList<EvidenceReference>)[];
        var note = row.Text("note");
        var corrected = row.Value(MilestoneColumns.MilestoneId, IdOf) is { } id
            ? new CorrectedMilestone(id, row.Value(MilestoneColumns.Revision, SheetValue.Number))
            : null;
        return new MilestoneRow(
            person,
            new(type?.Code ?? "", occurredOn?.ToString() ?? "", until?.ToString(), attributes, evidence, note),
            corrected
        );
    }

    /// <summary>In a sheet of several types: what stands in a column that the type of the row does not have.</summary>
    private void RefuseOthers(RowReader row, MilestoneType type)
    {
        if (attributes.Count == 0)
        {
            return;
        }
        var own = columns.Select(c => c.Code).Except(attributes).Concat(type.Attributes.Select(a => a.Code));
        var read = own.Select(row.PlaceOf).ToHashSet();
        foreach (var code in attributes.Where(row.Has).OrderBy(row.PlaceOf).Where(code => read.Add(row.PlaceOf(code))))
        {
            row.Refusals.Add(AttributeChecks.Unknown(type, code));
        }
    }

    private static Outcome<Guid?> IdOf(SheetCell cell)
    {
        var text = SheetValue.Text(cell);
        return text.IsRefused ? text.As<Guid?>()
            : text.Value is null ? (Guid?)null
            : Guid.TryParse(text.Value, out var id) ? (Guid?)id
            : new Refusal(Problems.RequestRefusals.NotWellFormed, "");
    }

    private string? EvidenceType(RowReader row) =>
        row.Choice("evidenceType", [.. framework.EvidenceTypes.Select(t => new CodedName(t.Key, t.Value))]);

    private MilestoneType? TypeOf(RowReader row)
    {
        var text = row.Text("type");
        if (only is not null)
        {
            if (text is not null && types.GetValueOrDefault(SheetValue.Alike(text)) != only)
            {
                row.Refusals.Add(new(OtherType, "/type", PlainText.Quoted(text), only.Name.WithCode(only.Code)));
            }
            return only;
        }
        if (text is null)
        {
            row.Refusals.Add(new(Problems.RequestRefusals.Empty, "/type"));
            return null;
        }
        if (types.GetValueOrDefault(SheetValue.Alike(text)) is { } type)
        {
            return type;
        }
        row.Refusals.Add(MilestoneTypeNames.NoSuchType(framework, text, "/type"));
        return null;
    }

    private static JsonElement? ValueOf(RowReader row, AttributeDefinition attribute)
    {
        switch (attribute.Type)
        {
            case AttributeType.Integer or AttributeType.Decimal:
                return row.Value(attribute.Code, SheetValue.Number) is { } number
                    ? JsonSerializer.SerializeToElement(number)
                    : null;
            case AttributeType.Boolean:
                return row.Value(attribute.Code, SheetValue.Flag) is { } flag ? JsonSerializer.SerializeToElement(flag) : null;
            case AttributeType.Enum:
                return row.Choice(attribute.Code, attribute.Allowed) is { } code ? JsonSerializer.SerializeToElement(code) : null;
            default:
                return row.Text(attribute.Code) is { } plain ? JsonSerializer.SerializeToElement(plain) : null;
        }
    }
}

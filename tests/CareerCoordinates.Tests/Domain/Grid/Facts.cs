using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>Verified facts written as a table: occurred | until | type | attributes as <c>name value, name value</c> | ended on.</summary>
internal static class Facts
{
    /// <summary>The facts get the ids 1, 2, 3… in the order of the rows.</summary>
    public static IReadOnlyList<CountingMilestone> Of(Framework framework, string table) =>
        [
            .. TextTable
                .Rows(table)
                .Select(
                    (row, i) =>
                        new CountingMilestone(
                            Ladders.IdOf(i + 1),
                            row[2]!,
                            PartialDate.Parse(row[0]!),
                            row[1] is { } until ? PartialDate.Parse(until) : null,
                            row.ElementAtOrDefault(4) is { } on ? new Ending(Ladders.Day(on), EndKind.Ended, "test") : null,
                            AttributesOf(framework.MilestoneTypes[row[2]!], row.ElementAtOrDefault(3))
                        )
                ),
        ];

    private static AttributeSet AttributesOf(MilestoneType type, string? text) =>
        AttributeSet.Of(
            (text ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(pair => pair.Split(' '))
                .Select(pair => KeyValuePair.Create(pair[0], ValueOf(type.FindAttribute(pair[0])!, pair[1])))
        );

    private static AttributeValue ValueOf(AttributeDefinition attribute, string text) =>
        attribute.Type switch
        {
            AttributeType.Integer or AttributeType.Decimal => AttributeValue.Of(
                decimal.Parse(text, CultureInfo.InvariantCulture)
            ),
            AttributeType.Boolean => AttributeValue.Of(bool.Parse(text)),
            _ => AttributeValue.Of(text),
        };
}

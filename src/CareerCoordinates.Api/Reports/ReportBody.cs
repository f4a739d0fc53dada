using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>What every report says of itself: what was asked, on which clocks, under which framework, and how exactly it counts.</summary>
public abstract record ReportBody
{
    /// <summary>All parameters with their values, defaults included: the same question again gives the same answer once it is closed.</summary>
    [JsonPropertyOrder(-9)]
    public required IReadOnlyDictionary<string, string> Question { get; init; }

    [JsonPropertyOrder(-8)]
    public required Instant KnownAt { get; init; }

    /// <summary>True where this answer can never change again.</summary>
    [JsonPropertyOrder(-7)]
    public required bool KnownAtClosed { get; init; }

    [JsonPropertyOrder(-6)]
    public required FrameworkReference Framework { get; init; }

    [JsonPropertyOrder(-5)]
    public required CountsKind Counts { get; init; }

    /// <summary>For protected counts what they are not for; null for exact ones.</summary>
    [JsonPropertyOrder(-4)]
    public required string? Notice { get; init; }

    /// <summary>The report as a table, for spreadsheets.</summary>
    internal abstract ReportTable ToTable();

    /// <summary>What the table does not say, a sentence each.</summary>
    internal virtual IReadOnlyList<string> Remarks(Language language) => [];
}

/// <summary>A report on one day.</summary>
public abstract record DayReportBody : ReportBody
{
    [JsonPropertyOrder(-10)]
    public required DateOnly AsOf { get; init; }
}

/// <summary>A report as rows and columns.</summary>
public sealed record ReportTable(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <param name="Code">The member's name in the JSON.</param>
public sealed record ReportColumn(string Code, Name Name);

using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// What every report says of itself: what was asked, on which clocks, under which framework, and how exactly it counts. The desk at which it
/// was made fills it in (<see cref="ReportDesk.Complete"/>).
/// </summary>
public abstract record ReportBody
{
    /// <summary>All parameters with their values, defaults included: the same question again gives the same answer once it is closed.</summary>
    [JsonRequired, JsonPropertyOrder(-9)]
    public IReadOnlyDictionary<string, string> Question { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    [JsonRequired, JsonPropertyOrder(-8)]
    public Instant KnownAt { get; init; }

    /// <summary>True where this answer can never change again.</summary>
    [JsonRequired, JsonPropertyOrder(-7)]
    public bool KnownAtClosed { get; init; }

    [JsonRequired, JsonPropertyOrder(-6)]
    public FrameworkReference Framework { get; init; } = new("", 0);

    [JsonRequired, JsonPropertyOrder(-5)]
    public CountsKind Counts { get; init; }

    /// <summary>For protected counts what they are not for; null for exact ones.</summary>
    [JsonRequired, JsonPropertyOrder(-4)]
    public string? Notice { get; init; }

    /// <summary>Whether figures that organisations entered are among its own; they are protected by nothing.</summary>
    internal virtual bool HoldsEntered => false;

    /// <summary>The report as a table, for spreadsheets.</summary>
    internal abstract ReportTable ToTable();

    /// <summary>What the table does not say, a sentence each.</summary>
    /// <param name="madeAt">When it was asked for; of a saved report, when it was saved.</param>
    internal virtual IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt) => [];
}

/// <summary>A report on one day.</summary>
public abstract record DayReportBody : ReportBody
{
    [JsonRequired, JsonPropertyOrder(-10)]
    public DateOnly AsOf { get; init; }
}

/// <summary>A report as rows and columns.</summary>
public sealed record ReportTable(IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <param name="Code">The member's name in the JSON.</param>
public sealed record ReportColumn(string Code, Name Name);

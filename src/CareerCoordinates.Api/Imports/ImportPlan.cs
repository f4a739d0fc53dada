using System.IO.Compression;
using System.Text.Json;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>What the dry run found of a row.</summary>
/// <param name="Sheet">From 0.</param>
/// <param name="Row">From 1.</param>
/// <param name="Target">What is the same or changed.</param>
/// <param name="Problems">Why it is refused; of a row that is taken, what to look at.</param>
/// <param name="Seen">As <see cref="RowDecision.Seen"/>.</param>
/// <param name="Worker">Who is meant, where one who is on record is.</param>
public sealed record PlannedRow(
    int Sheet,
    int Row,
    RowAction Action,
    Guid? Target,
    IReadOnlyList<RowProblem> Problems,
    int Seen = 0,
    Guid? Worker = null
);

/// <summary>The rows that are read, in the order of the file: what the dry run found, to be compared when they are written, and shown in the result.</summary>
public static class ImportPlan
{
    public const string Part = "plan";

    public static IEnumerable<PlannedRow> Read(Stream part)
    {
        using var zip = new GZipStream(part, CompressionMode.Decompress);
        using var reader = new StreamReader(zip);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<PlannedRow>(line)!;
        }
    }
}

/// <summary>Takes the rows of a plan as they come and keeps them small.</summary>
internal sealed class PlanWriter : IDisposable
{
    private const int BytesOfARow = 32;

    private readonly MemoryStream bytes;
    private readonly GZipStream zip;

    /// <param name="rows">As many as there will be: what grows leaves its smaller copies behind.</param>
    public PlanWriter(int rows)
    {
        bytes = new MemoryStream(rows * BytesOfARow);
        zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true);
    }

    public void Add(PlannedRow row)
    {
        JsonSerializer.Serialize(zip, row);
        zip.WriteByte((byte)'\n');
    }

    /// <summary>No row comes after it.</summary>
    public MemoryStream Close()
    {
        zip.Dispose();
        return bytes;
    }

    public void Dispose()
    {
        zip.Dispose();
        bytes.Dispose();
    }
}

/// <summary>The first problems of refused rows, and of those that are taken, as an import shows them.</summary>
public static class ImportProblems
{
    public const string Part = "problems";
    public const string Warnings = "warnings";
    public const int Most = 1_000;

    public static MemoryStream Write(IReadOnlyList<RowProblem> problems) => new(JsonSerializer.SerializeToUtf8Bytes(problems));

    public static IReadOnlyList<RowProblem> Read(Stream? part) =>
        part is null ? [] : JsonSerializer.Deserialize<List<RowProblem>>(part)!;
}

using System.IO.Compression;
using System.Text.Json;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>What the dry run found of a row.</summary>
/// <param name="Sheet">From 0.</param>
/// <param name="Row">From 1.</param>
/// <param name="Target">What is the same or changed.</param>
/// <param name="Problems">Why it is refused.</param>
/// <param name="Seen">As <see cref="RowDecision.Seen"/>.</param>
public sealed record PlannedRow(
    int Sheet,
    int Row,
    RowAction Action,
    Guid? Target,
    IReadOnlyList<RowProblem> Problems,
    int Seen = 0
);

/// <summary>The rows that are read, in the order of the file: what the dry run found, to be compared when they are written, and shown in the result.</summary>
public static class ImportPlan
{
    public const string Part = "plan";

    public static ReadOnlyMemory<byte> Write(IEnumerable<PlannedRow> rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                JsonSerializer.Serialize(zip, row);
                zip.WriteByte((byte)'\n');
            }
        }
        return bytes.ToArray();
    }

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

/// <summary>The first problems, as an import shows them.</summary>
public static class ImportProblems
{
    public const string Part = "problems";
    public const int Most = 1_000;

    public static ReadOnlyMemory<byte> Write(IEnumerable<RowProblem> problems) =>
        JsonSerializer.SerializeToUtf8Bytes(problems.Take(Most).ToList());

    public static IReadOnlyList<RowProblem> Read(Stream? part) =>
        part is null ? [] : JsonSerializer.Deserialize<List<RowProblem>>(part)!;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CareerCoordinates.Data.Moves;

/// <summary>What a folder with a record holds, and by what it is known again; it is written last, so a folder without it is not whole.</summary>
/// <param name="Format">Of the folder; <see cref="CurrentFormat"/>.</param>
/// <param name="TablesVersion">The version of the tables from which it was written, and into which it can be read.</param>
/// <param name="Program">The version of the program that wrote it.</param>
/// <param name="WrittenAt">UTC.</param>
/// <param name="Source">The engine of the database.</param>
public sealed record MoveManifest(
    string Format,
    int TablesVersion,
    string Program,
    string WrittenAt,
    string Source,
    IReadOnlyList<MovedFramework> Frameworks,
    IReadOnlyList<TableContent> Tables
)
{
    public const string FileName = "manifest.json";
    public const string CurrentFormat = "career-coordinates-record/1";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">It is no manifest.</exception>
    public static MoveManifest Read(byte[] json) =>
        JsonSerializer.Deserialize<MoveManifest>(json, Options) ?? throw new JsonException("It is null.");
}

/// <summary>A published version of the framework that is in the record.</summary>
public sealed record MovedFramework(string Code, int Version, string Hash);

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Requests;

/// <summary>How much of a list is asked for, and after which item.</summary>
/// <param name="Cursor">Null on the first page.</param>
/// <param name="Count">Whether the answer says how many items there are in all.</param>
/// <param name="List">Names the list (path and filters) to which cursors belong.</param>
/// <param name="IsWhole">True where no page of the list was asked for, neither its length nor its beginning.</param>
public sealed record PageWish(int Limit, Cursor? Cursor, bool Count, string List, bool IsWhole)
{
    /// <summary>The keys of the last item of the page before, as its list gave them; empty on the first page.</summary>
    public IReadOnlyList<string> After => Cursor?.After ?? [];
}

/// <summary>
/// Where a page ended: the sort keys of its last item and the clocks of the first page. Opaque to callers; the checksum
/// ties it to its list (path and filters), so a cursor that was altered or moved elsewhere is refused. It grants nothing.
/// </summary>
public sealed record Cursor(IReadOnlyList<string> After, DateOnly? AsOf, Instant? KnownAt)
{
    private const int CheckBytes = 8;
    private static readonly string[] NotOfTheList = ["cursor", "limit", "count"];

    public string Seal(string list)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options);
        return Base64Url.EncodeToString([.. Check(list, content), .. content]);
    }

    public static bool TryOpen(string text, string list, out Cursor? cursor)
    {
        cursor = null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            if (bytes.Length <= CheckBytes || !bytes.AsSpan(0, CheckBytes).SequenceEqual(Check(list, bytes.AsSpan(CheckBytes))))
            {
                return false;
            }
            cursor = JsonSerializer.Deserialize<Cursor>(bytes.AsSpan(CheckBytes), ApiJson.Options);
            return cursor is not null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }

    internal static string ListOf(PathString path, IQueryCollection query) =>
        path
        + "?"
        + string.Join(
            '&',
            query
                .Where(p => !NotOfTheList.Contains(p.Key))
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"{p.Key}={p.Value}")
        );

    private static ReadOnlySpan<byte> Check(string list, ReadOnlySpan<byte> content) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(list), 0, .. content]).AsSpan(0, CheckBytes);
}

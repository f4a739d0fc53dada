using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Json;

/// <summary>
/// The body of a hot read, which writes itself: the serializer takes longer over it than the database over the record.
/// It writes exactly what the serializer would; a test compares them.
/// </summary>
public interface IWritesJson
{
    void Write(JsonText json);
}

/// <summary>JSON being written, in a lent array that goes back when this is disposed of.</summary>
public sealed class JsonText : IDisposable
{
    private const int UsualLength = 8 * 1024;
    private const int LongestValue = 40;

    /// <summary>Escaped it takes six bytes, and three before that.</summary>
    private const int LongestCharacter = 9;

    /// <summary>What stands in JSON as it is, one byte each; other texts are left to the encoder.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except(['"', '\\']),
    ]);

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(UsualLength);
    private int length;

    private JsonText() { }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public static JsonText Of<T>(T body)
    {
        var json = new JsonText();
        json.Any(body);
        return json;
    }

    public void Open() => Raw("{"u8);

    public void Close() => Raw("}"u8);

    public void Any<T>(ReadOnlySpan<byte> name, T value)
    {
        Name(name);
        Any(value);
    }

    public void List<T>(ReadOnlySpan<byte> name, IReadOnlyList<T> items)
    {
        Name(name);
        Raw("["u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Raw(","u8);
            }
            Any(items[i]);
        }
        Raw("]"u8);
    }

    /// <summary>A value that is JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> name, string json)
    {
        Name(name);
        length += Encoding.UTF8.GetBytes(json, Space(Encoding.UTF8.GetMaxByteCount(json.Length)));
    }

    public void Text(ReadOnlySpan<byte> name, string? text)
    {
        Name(name);
        Text(text);
    }

    public void Flag(ReadOnlySpan<byte> name, bool flag)
    {
        Name(name);
        Raw(flag ? "true"u8 : "false"u8);
    }

    public void Number<T>(ReadOnlySpan<byte> name, T? number)
        where T : struct, IUtf8SpanFormattable
    {
        Name(name);
        if (number is not { } value)
        {
            Raw("null"u8);
            return;
        }
        value.TryFormat(Space(LongestValue), out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    public void Id(ReadOnlySpan<byte> name, Guid? id)
    {
        Name(name);
        Quoted(id, "D");
    }

    public void Day(ReadOnlySpan<byte> name, DateOnly? day)
    {
        Name(name);
        Quoted(day, "O");
    }

    public void Instant(ReadOnlySpan<byte> name, Instant? instant)
    {
        Name(name);
        Quoted(instant, default);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        (bytes, length) = ([], 0);
    }

    /// <summary>By itself if it can, by the serializer otherwise.</summary>
    private void Any<T>(T value)
    {
        switch (value)
        {
            case null:
                Raw("null"u8);
                break;
            case IWritesJson body:
                body.Write(this);
                break;
            case string text:
                Text(text);
                break;
            case Guid id:
                Quoted<Guid>(id, "D");
                break;
            default:
                Raw(JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options));
                break;
        }
    }

    private void Text(string? text)
    {
        if (text is null)
        {
            Raw("null"u8);
            return;
        }
        var space = Space(text.Length * LongestCharacter + 2);
        var written = text.AsSpan().ContainsAnyExcept(Plain)
            ? Escape(text, space[1..])
            : Encoding.ASCII.GetBytes(text, space[1..]);
        space[0] = (byte)'"';
        space[written + 1] = (byte)'"';
        length += written + 2;
    }

    /// <summary>The text as it is stands at the end of the space until it is escaped to the beginning.</summary>
    private static int Escape(string text, Span<byte> space)
    {
        var plain = space[^(3 * text.Length)..];
        plain = plain[..Encoding.UTF8.GetBytes(text, plain)];
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(plain, space, out _, out var written);
        return written;
    }

    /// <summary>With the comma that parts it from the member before.</summary>
    private void Name(ReadOnlySpan<byte> name)
    {
        var space = Space(name.Length + 4);
        var at = 0;
        if (bytes[length - 1] != (byte)'{')
        {
            space[at++] = (byte)',';
        }
        space[at++] = (byte)'"';
        name.CopyTo(space[at..]);
        at += name.Length;
        space[at++] = (byte)'"';
        space[at++] = (byte)':';
        length += at;
    }

    private void Quoted<T>(T? value, ReadOnlySpan<char> format)
        where T : struct, IUtf8SpanFormattable
    {
        if (value is { } known)
        {
            var space = Space(LongestValue);
            space[0] = (byte)'"';
            known.TryFormat(space[1..], out var written, format, CultureInfo.InvariantCulture);
            space[written + 1] = (byte)'"';
            length += written + 2;
        }
        else
        {
            Raw("null"u8);
        }
    }

    private Span<byte> Space(int needed)
    {
        if (bytes.Length - length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, length + needed));
            Written.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        return bytes.AsSpan(length);
    }

    private void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Space(utf8.Length));
        length += utf8.Length;
    }
}

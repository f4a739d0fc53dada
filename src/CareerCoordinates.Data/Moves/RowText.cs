using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Moves;

/// <summary>
/// The one way in which a row is written as text, whichever database it stands in: a JSON object on one line, its members in the order of the
/// columns. Null is left out; an id is a UUID in small letters, bytes are base64, days and instants are the numbers that are stored. Texts are
/// UTF-8 in which only <c>"</c>, <c>\</c> and control characters are escaped. So equal rows are equal bytes.
/// </summary>
internal sealed class RowText(TableColumns table)
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(i => (byte)i),
        (byte)'"',
        (byte)'\\',
    ]);

    private readonly byte[][] names = [.. table.Columns.Select(c => Encoding.UTF8.GetBytes($"\"{c.Name}\":"))];
    private readonly byte[][] plainNames = [.. table.Columns.Select(c => Encoding.UTF8.GetBytes(c.Name))];
    private readonly ArrayBufferWriter<byte> line = new(4_096);
    private readonly ArrayBufferWriter<byte> plain = new(4_096);

    /// <summary>The row as a line, with its end; valid until the next one.</summary>
    public ReadOnlySpan<byte> Write(object?[] values)
    {
        line.ResetWrittenCount();
        line.Write("{"u8);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not { } value)
            {
                continue;
            }
            if (line.WrittenCount > 1)
            {
                line.Write(","u8);
            }
            line.Write(names[i]);
            Write(value);
        }
        line.Write("}\n"u8);
        return line.WrittenSpan;
    }

    /// <summary>Reads what <see cref="Write(object?[])"/> wrote, without the line's end.</summary>
    /// <exception cref="FormatException">It is no row of this table; the words say where it goes wrong.</exception>
    public void Read(ReadOnlySpan<byte> text, object?[] values)
    {
        var json = new Utf8JsonReader(text);
        try
        {
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "there is no JSON object");
            json.Read();
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = null;
                if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(plainNames[i]))
                {
                    json.Read();
                    values[i] = Read(ref json, table.Columns[i]);
                    json.Read();
                }
            }
            Expect(
                json.TokenType == JsonTokenType.EndObject,
                json.TokenType == JsonTokenType.PropertyName ? $"'{json.GetString()}' does not belong there" : "it does not end"
            );
            Expect(!json.Read(), "something follows the row");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("it is no row as JSON", e);
        }
    }

    private static object Read(ref Utf8JsonReader json, (string Name, ColumnKind Kind) column)
    {
        switch (column.Kind)
        {
            case ColumnKind.Id when json.TokenType == JsonTokenType.String && json.TryGetGuid(out var id):
                return id;
            case ColumnKind.Bytes when json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out var bytes):
                return bytes;
            case ColumnKind.Text when json.TokenType == JsonTokenType.String:
                return json.GetString()!;
            case ColumnKind.Flag when json.TokenType is JsonTokenType.True or JsonTokenType.False:
                return json.GetBoolean();
            case ColumnKind.Big when json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var big):
                return big;
            case ColumnKind.Int or ColumnKind.Day when json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number):
                return number;
            default:
                throw new FormatException($"'{column.Name}' is no {Word(column.Kind)}");
        }
    }

    private static string Word(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Id => "UUID",
            ColumnKind.Bytes => "base64",
            ColumnKind.Text => "text",
            ColumnKind.Flag => "true or false",
            _ => "whole number",
        };

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FormatException(otherwise);
        }
    }

    private void Write(object value)
    {
        switch (value)
        {
            case string text:
                WriteText(text);
                break;
            case Guid id:
                line.Write("\""u8);
                id.TryFormat(line.GetSpan(36), out var length, "D");
                line.Advance(length);
                line.Write("\""u8);
                break;
            case int number:
                WriteNumber(number);
                break;
            case long number:
                WriteNumber(number);
                break;
            case bool flag:
                line.Write(flag ? "true"u8 : "false"u8);
                break;
            case byte[] bytes:
                line.Write("\""u8);
                Base64.EncodeToUtf8(bytes, line.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var written);
                line.Advance(written);
                line.Write("\""u8);
                break;
            default:
                throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private void WriteNumber(long number)
    {
        number.TryFormat(line.GetSpan(20), out var length, default, CultureInfo.InvariantCulture);
        line.Advance(length);
    }

    private void WriteText(string text)
    {
        plain.ResetWrittenCount();
        Encoding.UTF8.GetBytes(text, plain);
        line.Write("\""u8);
        WriteEscaped(plain.WrittenSpan);
        line.Write("\""u8);
    }

    private void WriteEscaped(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            line.Write(text[..at]);
            var letter = text[at];
            if (letter is (byte)'"' or (byte)'\\')
            {
                line.Write([(byte)'\\', letter]);
            }
            else
            {
                line.Write(Encoding.ASCII.GetBytes($"\\u{letter:x4}"));
            }
            text = text[(at + 1)..];
        }
        line.Write(text);
    }
}

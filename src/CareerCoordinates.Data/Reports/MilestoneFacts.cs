using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Type and attributes of milestones as numbers, as far as reports ask of them. What people wrote is not here: where a figure tells
/// different things apart by it, it becomes a hash under a key that no one knows and that ends with the process. A set is what is
/// known of type and attributes but for such hashes; few milestones have a set or hashes of their own.
/// </summary>
internal sealed class MilestoneFacts
{
    private const int TypeOfSet = -1;
    private const int First = -1;
    private const int KeyBytes = 32;
    private const int MostOnStack = 256;

    private readonly Func<string, string, string>? pseudonymOf;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly CodeList types = new();
    private readonly CodeList texts = new();
    private readonly List<string> attributes = [];
    private readonly Dictionary<int, AttributeReading[]> ofType = [];
    private readonly Links sets = new();
    private readonly Links hashes = new();
    private readonly ConditionalWeakTable<Framework, ConcurrentDictionary<string, FigureSets>> figures = [];

    private enum Kind
    {
        Number,
        Flag,
        Text,
    }

    private sealed record AttributeReading(byte[] Code, int Number, AttributeUse Asked, byte[][] Texts);

    /// <param name="pseudonymOf">
    /// What stands for the text of an attribute after an erasure (<see cref="AttributeErasure"/>); null where nobody can be erased.
    /// </param>
    public MilestoneFacts(AskedAttributes asked, Func<string, string, string>? pseudonymOf)
    {
        Asked = asked;
        this.pseudonymOf = pseudonymOf;
        foreach (var type in asked.Types)
        {
            ofType[types.Of(type)] =
            [
                .. asked
                    .Of(type)
                    .Select(a => new AttributeReading(
                        Encoding.UTF8.GetBytes(a.Code),
                        NumberOf(a.Code),
                        a,
                        [.. a.Texts.Select(Encoding.UTF8.GetBytes)]
                    )),
            ];
        }
    }

    public AskedAttributes Asked { get; }

    public CodeList Types => types;

    /// <summary>All numbers of sets are below it.</summary>
    public int Sets => sets.Count;

    public long Bytes => sets.Bytes + hashes.Bytes;

    /// <summary>Which figures of a framework take which sets; kept as long as the framework is.</summary>
    /// <param name="leftOut">Types that are in no figure.</param>
    public FigureSets FiguresOf(Framework framework, IReadOnlyCollection<string> leftOut) =>
        figures
            .GetOrCreateValue(framework)
            .GetOrAdd(string.Join(' ', leftOut.Order(StringComparer.Ordinal)), _ => new(framework, leftOut, this));

    /// <summary>The number of a milestone's facts.</summary>
    /// <param name="type">Its number in <see cref="Types"/>.</param>
    /// <param name="canonicalJson">Of its attributes.</param>
    public int Of(int type, ReadOnlySpan<byte> canonicalJson)
    {
        var set = sets.Of(new(First, TypeOfSet, type));
        if (!ofType.TryGetValue(type, out var readings) || readings.Length == 0)
        {
            return set;
        }
        Span<Link> hidden = readings.Length <= MostOnStack ? stackalloc Link[readings.Length] : new Link[readings.Length];
        var hiddenCount = 0;
        Span<char> room = stackalloc char[MostOnStack];
        scoped var json = new Utf8JsonReader(canonicalJson);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var reading = Find(readings, ref json);
            json.Read();
            if (reading is null)
            {
                continue;
            }
            switch (json.TokenType)
            {
                case JsonTokenType.Number:
                    set = sets.Of(new(set, AttributeOf(reading, Kind.Number), ((Amount)json.GetDecimal()).InParts));
                    break;
                case JsonTokenType.True or JsonTokenType.False when reading.Asked.IsAsked:
                    set = sets.Of(new(set, AttributeOf(reading, Kind.Flag), json.TokenType == JsonTokenType.True ? 1 : 0));
                    break;
                case JsonTokenType.String when reading.Asked.IsShown || IsNamed(reading, ref json):
                    set = sets.Of(new(set, AttributeOf(reading, Kind.Text), texts.Of(TextOf(ref json, room))));
                    break;
                case JsonTokenType.String when reading.Asked.IsToldApart:
                    hidden[hiddenCount++] = new(0, reading.Number, (long)HashOf(reading.Asked.Code, TextOf(ref json, room)));
                    break;
            }
        }
        var last = ~set;
        for (var i = 0; i < hiddenCount; i++)
        {
            last = hashes.Of(hidden[i] with { Before = last });
        }
        return hiddenCount == 0 ? set : ~last;
    }

    /// <summary>The set of some facts.</summary>
    public int SetOf(int facts)
    {
        while (facts < 0)
        {
            facts = ~hashes[~facts].Before;
        }
        return facts;
    }

    public string TypeOf(int set)
    {
        while (sets[set].Attribute != TypeOfSet)
        {
            set = sets[set].Before;
        }
        return types[(int)sets[set].Value];
    }

    /// <summary>What is known of the attributes of a set.</summary>
    public AttributeSet AttributesOf(int set)
    {
        var found = new List<KeyValuePair<string, AttributeValue>>();
        for (var link = sets[set]; link.Attribute != TypeOfSet; link = sets[link.Before])
        {
            var value = (Kind)(link.Attribute & 3) switch
            {
                Kind.Number => AttributeValue.Of(link.Value / Amount.Parts),
                Kind.Flag => AttributeValue.Of(link.Value != 0),
                _ => AttributeValue.Of(texts[(int)link.Value]),
            };
            found.Add(new(attributes[link.Attribute >> 2], value));
        }
        return AttributeSet.Of(found);
    }

    /// <summary>The number of an attribute of which a report asks; -1 for any other.</summary>
    public int FindAttribute(string code) => attributes.IndexOf(code);

    /// <summary>A hidden text of some facts, which then are those without it; false where there is none.</summary>
    public bool TryTakeHidden(ref int facts, out int attribute, out ulong hash)
    {
        if (facts >= 0)
        {
            (attribute, hash) = (-1, 0);
            return false;
        }
        var link = hashes[~facts];
        (attribute, hash, facts) = (link.Attribute, (ulong)link.Value, ~link.Before);
        return true;
    }

    /// <summary>What a text is known as where it is hidden: the same before and after one of those who share it is erased.</summary>
    public ulong HashOf(string attribute, ReadOnlySpan<char> text) =>
        pseudonymOf is null || text.StartsWith(AttributeErasure.Mark, StringComparison.Ordinal)
            ? Hash(text)
            : Hash(AttributeErasure.Mark + pseudonymOf(attribute, text.ToString()));

    private static AttributeReading? Find(AttributeReading[] readings, ref Utf8JsonReader json)
    {
        foreach (var reading in readings)
        {
            if (json.ValueTextEquals(reading.Code))
            {
                return reading;
            }
        }
        return null;
    }

    private static bool IsNamed(AttributeReading reading, ref Utf8JsonReader json)
    {
        foreach (var text in reading.Texts)
        {
            if (json.ValueTextEquals(text))
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="room">For a text that is not long.</param>
    private static ReadOnlySpan<char> TextOf(ref Utf8JsonReader json, Span<char> room) =>
        json.ValueSpan.Length <= room.Length ? room[..json.CopyString(room)] : json.GetString();

    private ulong Hash(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, MemoryMarshal.AsBytes(text), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private static int AttributeOf(AttributeReading reading, Kind kind) => (reading.Number << 2) | (int)kind;

    private int NumberOf(string attribute)
    {
        if (attributes.IndexOf(attribute) is >= 0 and var known)
        {
            return known;
        }
        attributes.Add(attribute);
        return attributes.Count - 1;
    }
}

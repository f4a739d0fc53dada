using System.Text;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>One row is one line, the same whatever wrote it, and it is read back as it was.</summary>
public class RowTextTests
{
    private static readonly TableColumns Table = new(
        "facts",
        ("id", ColumnKind.Id),
        ("text", ColumnKind.Text),
        ("day", ColumnKind.Day),
        ("at", ColumnKind.Big),
        ("flag", ColumnKind.Flag),
        ("bytes", ColumnKind.Bytes)
    );

    private static readonly object?[] Full =
    [
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01"),
        "欧阳·𠮷 \"a\\b\"\n\t\u0001 é",
        -25567,
        1_700_000_000_123_456L,
        true,
        new byte[] { 0, 255, 62 },
    ];

    [Test]
    public void Row_IsOneLine_InTheOrderOfTheColumns() =>
        Assert.That(
            Text(Full),
            Is.EqualTo(
                """{"id":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01","text":"欧阳·𠮷 \"a\\b\"\u000a\u0009\u0001 é","day":-25567,"at":1700000000123456,"flag":true,"bytes":"AP8+"}"""
                    + "\n"
            )
        );

    [Test]
    public void Null_IsLeftOut() =>
        Assert.That(Text([null, "", null, 0L, false, null]), Is.EqualTo("{\"text\":\"\",\"at\":0,\"flag\":false}\n"));

    [Test]
    public void Row_IsReadBackAsItWas()
    {
        foreach (
            var row in new[]
            {
                Full,
                [null, null, null, null, null, null],
                [null, "", 0, long.MinValue, false, Array.Empty<byte>()],
            }
        )
        {
            var read = new object?[row.Length];
            new RowText(Table).Read(Encoding.UTF8.GetBytes(Text(row)).AsSpan().TrimEnd((byte)'\n'), read);
            Assert.That(read, Is.EqualTo(row));
        }
    }

    [TestCase("", "it is no row as JSON")]
    [TestCase("[]", "there is no JSON object")]
    [TestCase("""{"id":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01","te""", "it is no row as JSON")]
    [TestCase("""{"id":"0199"}""", "'id' is no UUID")]
    [TestCase("""{"text":7}""", "'text' is no text")]
    [TestCase("""{"text":"\ud800"}""", "it is no row as JSON")]
    [TestCase("""{"day":2147483648}""", "'day' is no whole number")]
    [TestCase("""{"at":1.5}""", "'at' is no whole number")]
    [TestCase("""{"flag":1}""", "'flag' is no true or false")]
    [TestCase("""{"bytes":"*"}""", "'bytes' is no base64")]
    [TestCase("""{"id":null}""", "'id' is no UUID")]
    [TestCase("""{"text":"a","text":"b"}""", "'text' does not belong there")]
    [TestCase("""{"text":"a","id":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01"}""", "'id' does not belong there")]
    [TestCase("""{"colour":"red"}""", "'colour' does not belong there")]
    [TestCase("""{"text":"a"} {}""", "it is no row as JSON")]
    public void WhatIsNoRow_IsRefused(string line, string why) =>
        Assert.That(
            () => new RowText(Table).Read(Encoding.UTF8.GetBytes(line), new object?[6]),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(why)
        );

    [Test]
    public void Contents_TellWhereTheyBeginToDiffer()
    {
        var one = Content(Enumerable.Range(0, 3_500));
        Assert.That(one.FirstDifference(Content(Enumerable.Range(0, 3_500))), Is.Null);
        Assert.That(
            one.FirstDifference(Content(Enumerable.Range(0, 3_500).Select(i => i == 2_400 ? 7 : i))),
            Is.EqualTo((2_001L, 3_000L))
        );
        Assert.That(
            one.FirstDifference(Content(Enumerable.Range(0, 3_500).Select(i => i == 3_400 ? 7 : i))),
            Is.EqualTo((3_001L, 3_500L))
        );
        Assert.That(one.FirstDifference(Content(Enumerable.Range(0, 2_000))), Is.EqualTo((2_001L, 3_000L)));
        Assert.That(one.FirstDifference(Content([])), Is.EqualTo((1L, 1_000L)));
    }

    private static TableContent Content(IEnumerable<int> rows)
    {
        using var digest = new TableContent.Digest("facts");
        foreach (var row in rows)
        {
            digest.Add(Encoding.UTF8.GetBytes($"{row}\n"));
        }
        return digest.Content();
    }

    private static string Text(object?[] values) => Encoding.UTF8.GetString(new RowText(Table).Write(values));
}

using System.Text;

namespace CareerCoordinates.Tests.Contract.Fuzz;

/// <summary>Values that have broken other programs.</summary>
internal static class Hostile
{
    public const int TooLarge = 10 * 1024 * 1024;

    /// <summary>JSON values with the type that they have in a schema.</summary>
    public static readonly (string Type, string Json)[] Values =
    [
        ("null", "null"),
        ("boolean", "true"),
        ("integer", "0"),
        ("integer", "-1"),
        ("integer", "2147483648"),
        ("integer", "123456789012345678901234567890"),
        ("number", "0.1"),
        ("number", "1e308"),
        ("number", "-1e999"),
        ("number", "1e-400"),
        ("number", "0.1234567890123456789012345678901234567890"),
        ("array", "[]"),
        ("array", "[null]"),
        ("array", "[[[[{}]]]]"),
        ("array", "[" + string.Join(',', Enumerable.Repeat("\"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01\"", 2000)) + "]"),
        ("object", "{}"),
        ("object", """{"a":1}"""),
        ("object", """{"":null}"""),
        ("object", """{"__proto__":{"x":1},"$type":"System.IO.FileInfo"}"""),
        ("string", "\"\""),
        ("string", "\" \\t\\n \""),
        ("string", "\"x\""),
        ("string", "\"true\""),
        ("string", "\"-0\""),
        ("string", "\"\\u202egnitteg\\u2066 \\u2069\""),
        ("string", "\"\\uFEFF\\u200B\""),
        ("string", "\"\\uFFFE\\uFFFF\""),
        ("string", "\"\\u0085\\u2028\\u2029\""),
        ("string", "\"👩‍🏭🏳️‍🌈 e\\u0301\\u0301\\u0301\""),
        ("string", "\"{0} {1} {99} %s %n ${x} {{\""),
        ("string", "\"'; DROP TABLE workers; --\""),
        ("string", "\"../../etc/passwd\""),
        ("string", "\"2020-02-30\""),
        ("string", "\"0000-00-00\""),
        ("string", "\"2200-12-31\""),
        ("string", "\"9999-12-31\""),
        ("string", "\"1900-01-01\""),
        ("string", "\"1993\""),
        ("string", "\"２０２０-１１-３０\""),
        ("string", "\"2020-11-30T00:00:00+14:00\""),
        ("string", "\"00000000-0000-0000-0000-000000000000\""),
        ("string", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\""),
        ("string", "\"" + new string('长', 2001) + "\""),
        ("string", "\"" + new string('x', 200_000) + "\""),
    ];

    /// <summary>Texts that no member may hold.</summary>
    public static readonly string[] BrokenTexts =
    [
        "\"\\u0000\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "\"\\ud83d\\u0041\"",
    ];

    /// <summary>Values of query parameters and parts of paths, escaped as they go over the wire.</summary>
    public static readonly string[] Escaped =
    [
        "",
        "%20",
        "x",
        "-1",
        "0",
        "99999999999999999999",
        "1e308",
        "NaN",
        "true",
        "TRUE",
        "null",
        "2020-02-30",
        "9999-12-31",
        "1899-12-31",
        "2020-11",
        "2026-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.9999999Z",
        "0001-01-01T00:00:00Z",
        "00000000-0000-0000-0000-000000000000",
        "0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01",
        "%7B0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01%7D",
        "%E2%80%AEgnitteg",
        "%FF%FE",
        "%ED%A0%80",
        "%EF%BF%BD",
        "a%0Ab",
        "%27%3B--",
        "%7B0%7D",
        "a,b,,",
        "[]",
        new('x', 3000),
    ];

    /// <summary>In a path these may be refused by the server before any program sees them.</summary>
    public static readonly string[] PathOddities =
    [
        "%00",
        "a%00b",
        "%2F",
        "%2e%2e",
        "..",
        ".",
        "..%2f..%2fetc",
        "%5C",
        "%",
        "%zz",
        ":",
        "::",
        ":verify",
        "%3Averify",
        ";a=b",
        "a//b",
        "*",
        "~",
        new('p', 20_000),
    ];

    public static readonly string[] Headers =
    [
        "",
        "*",
        "\"\"",
        "\"x\"",
        "x",
        "\"7777\"",
        "\"1-",
        "\"-1-0000000000000000\"",
        "\"99999999999999999999-00\"",
        "\"1-a\", \"2-b\"",
        "W/\"",
        "W/\"0-0\"",
        "\"2147483647-0000000000000000\"",
        "é\"",
        "\u202e",
        new('h', 5000),
    ];

    public static readonly string[] MediaTypes =
    [
        "text/plain",
        "text/json",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=gb18030",
        "application/json-patch+json",
        "application/*",
        "*/*",
        "json",
        ";",
        "application/json, application/json",
    ];

    /// <summary>Bodies made of a valid one that are no JSON, or none that the API takes; all must be refused.</summary>
    public static readonly (string What, Func<string, byte[]> Of)[] Bodies =
    [
        ("empty", _ => []),
        ("blank", _ => Bytes("  \r\n ")),
        ("null", _ => Bytes("null")),
        ("a list", valid => Bytes("[" + valid + "]")),
        ("a text", _ => Bytes("\"x\"")),
        ("a number", _ => Bytes("1e308")),
        ("cut off", valid => Bytes(valid[..(valid.Length / 2)])),
        ("two values", valid => Bytes(valid + valid)),
        ("trailing comma", valid => Bytes(valid[..^1] + ",}")),
        ("a comment", valid => Bytes("/* x */" + valid)),
        ("a NUL behind", valid => Bytes(valid + "\0")),
        ("single quotes", valid => Bytes(valid.Replace('"', '\''))),
        ("NaN", _ => Bytes("""{"x":NaN}""")),
        ("deep lists", _ => Bytes(new string('[', 100_000))),
        ("deep objects", _ => Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 20_000)))),
        ("closed deep lists", valid => Bytes(Nested(valid, 64))),
        ("a duplicate", valid => Bytes("{\"x\":1," + valid[1..^1] + ",\"x\":2}")),
        ("UTF-16", Encoding.Unicode.GetBytes),
        ("UTF-32", Encoding.UTF32.GetBytes),
        ("no UTF-8", _ => [.. Bytes("{\"x\":\""), 0xFF, 0xC0, 0x80, .. Bytes("\"}")]),
        ("just over 1 MB", valid => Bytes(valid + new string(' ', 1024 * 1024))),
        ("10 MB", valid => Bytes(valid + new string(' ', TooLarge))),
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Nested(string valid, int depth) =>
        valid[..^1]
        + ",\"deep\":"
        + string.Concat(Enumerable.Repeat("[", depth))
        + string.Concat(Enumerable.Repeat("]", depth))
        + "}";
}

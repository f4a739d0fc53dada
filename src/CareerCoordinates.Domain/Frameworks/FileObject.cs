using System.Text.Json;
using System.Text.RegularExpressions;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>
/// One object of the file being read. It hands out its members, and notes a fault with its path for each that is missing,
/// not of the kind asked for, given twice, or (on <see cref="Close"/>) asked for by nobody. What it cannot give is null.
/// </summary>
internal sealed partial class FileObject
{
    private readonly List<FrameworkFault> faults;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    private FileObject(JsonElement element, string path, List<FrameworkFault> faults)
    {
        Path = path;
        this.faults = faults;
        foreach (var member in element.EnumerateObject())
        {
            if (!TryText(() => member.Name, out var name))
            {
                faults.Add(new(path, "a member's name is no Unicode text"));
            }
            else if (!members.TryAdd(name, member.Value))
            {
                faults.Add(new(At(name), "given twice"));
            }
        }
    }

    public string Path { get; }

    public static FileObject? Open(JsonElement element, string path, List<FrameworkFault> faults)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new FileObject(element, path, faults);
        }
        faults.Add(new(path, "must be an object"));
        return null;
    }

    public string At(string member) => $"{Path}/{member.Replace("~", "~0").Replace("/", "~1")}";

    public void Fault(string member, string message) => faults.Add(new(At(member), message));

    public void CheckAtMost(int most, int count, string member)
    {
        if (count > most)
        {
            Fault(member, $"at most {most}, and there are {count}");
        }
    }

    public bool Has(string member) => members.ContainsKey(member);

    /// <summary>Every member must have been asked for by now; the rest is unknown.</summary>
    public void Close()
    {
        foreach (var name in members.Keys.Where(name => !taken.Contains(name)))
        {
            Fault(name, "unknown member");
        }
    }

    public JsonElement? Take(string member, bool required = true)
    {
        taken.Add(member);
        if (members.TryGetValue(member, out var value))
        {
            return value;
        }
        if (required)
        {
            Fault(member, "missing");
        }
        return null;
    }

    public string? Text(string member, bool required = true) =>
        Take(member, required) is { } value ? TextAt(value, At(member)) : null;

    /// <summary>A code of the file's own making: <c>kebab-case</c>.</summary>
    public string? Code(string member = "code") => Formed(member, Kebab(), "must be a code in kebab-case");

    /// <summary>A code of an attribute, which is a member of the API's JSON: <c>camelCase</c>.</summary>
    public string? AttributeCode(string member = "code") => Formed(member, Camel(), "must be a code in camelCase");

    public string? Mark(string member) => Formed(member, CapitalLetter(), "must be one capital letter");

    public int? Integer(string member, int min, int max, bool required = true)
    {
        if (Take(member, required) is not { } value)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
        {
            return number;
        }
        Fault(member, $"must be a whole number from {min} to {max}");
        return null;
    }

    public decimal? Number(string member, bool required = true)
    {
        if (Take(member, required) is not { } value)
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number))
        {
            return number;
        }
        Fault(member, "must be a number");
        return null;
    }

    public bool? Flag(string member, bool required = true)
    {
        if (Take(member, required) is not { } value)
        {
            return null;
        }
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }
        Fault(member, "must be true or false");
        return null;
    }

    /// <summary>One of the words that the program knows.</summary>
    public T? Word<T>(string member, IReadOnlyDictionary<string, T> words, bool required = true)
        where T : struct
    {
        if (Text(member, required) is not { } text)
        {
            return null;
        }
        if (words.TryGetValue(text, out var word))
        {
            return word;
        }
        Fault(member, "must be one of " + string.Join(", ", words.Keys));
        return null;
    }

    /// <summary>A code that another part of the file must have declared.</summary>
    public string? Reference<T>(string member, IReadOnlyDictionary<string, T> declared, string what, bool required = true)
    {
        if (Text(member, required) is not { } code)
        {
            return null;
        }
        if (declared.ContainsKey(code))
        {
            return code;
        }
        Fault(member, $"no such {what}: {code}");
        return null;
    }

    public IReadOnlyList<string> References<T>(string member, IReadOnlyDictionary<string, T> declared, string what, int min = 0)
    {
        var found = new List<string>();
        foreach (var (code, path) in Texts(member, min))
        {
            if (!declared.ContainsKey(code))
            {
                faults.Add(new(path, $"no such {what}: {code}"));
            }
            else if (found.Contains(code))
            {
                faults.Add(new(path, $"named twice: {code}"));
            }
            else
            {
                found.Add(code);
            }
        }
        return found;
    }

    /// <summary>The members <c>zh</c> and <c>en</c> of this object.</summary>
    public Name? Name()
    {
        var zh = Text("zh");
        var en = Text("en");
        return zh is not null && en is not null ? new Name(zh, en) : null;
    }

    /// <summary>An object of nothing but <c>zh</c> and <c>en</c>.</summary>
    public Name? NameAt(string member, bool required = true)
    {
        var inner = Object(member, required);
        var name = inner?.Name();
        inner?.Close();
        return name;
    }

    public FileObject? Object(string member, bool required = true) =>
        Take(member, required) is { } value ? Open(value, At(member), faults) : null;

    public IReadOnlyList<FileObject> Objects(string member, bool required = true, int min = 1)
    {
        var found = new List<FileObject>();
        foreach (var (value, path) in Items(member, required, min))
        {
            if (Open(value, path, faults) is { } item)
            {
                found.Add(item);
            }
        }
        return found;
    }

    public IReadOnlyList<(string Text, string Path)> Texts(string member, int min = 0, bool required = true)
    {
        var found = new List<(string, string)>();
        foreach (var (value, path) in Items(member, required, min))
        {
            if (TextAt(value, path) is { } text)
            {
                found.Add((text, path));
            }
        }
        return found;
    }

    public IEnumerable<(JsonElement Value, string Path)> Items(string member, bool required = true, int min = 0)
    {
        if (Take(member, required) is not { } list)
        {
            return [];
        }
        if (list.ValueKind != JsonValueKind.Array)
        {
            Fault(member, "must be a list");
            return [];
        }
        if (list.GetArrayLength() < min)
        {
            Fault(member, "must have at least " + min);
        }
        return list.EnumerateArray().Select((value, index) => (value, $"{At(member)}/{index}"));
    }

    public void FaultAt(string path, string message) => faults.Add(new(path, message));

    public string? TextAt(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String || !TryText(() => value.GetString()!, out var text))
        {
            faults.Add(new(path, "must be a text"));
            return null;
        }
        if (text.Length is 0 or > FrameworkFile.MaxTextLength || text.Trim().Length != text.Length || text.Any(char.IsControl))
        {
            faults.Add(
                new(path, $"must have 1 to {FrameworkFile.MaxTextLength} characters, no blanks around, no control characters")
            );
            return null;
        }
        return text;
    }

    private string? Formed(string member, Regex form, string otherwise)
    {
        if (Text(member) is not { } code)
        {
            return null;
        }
        if (code.Length <= FrameworkFile.MaxCodeLength && form.IsMatch(code))
        {
            return code;
        }
        Fault(member, $"{otherwise}, at most {FrameworkFile.MaxCodeLength} characters");
        return null;
    }

    /// <summary>System.Text.Json throws on a lone surrogate only when the text is asked for.</summary>
    private static bool TryText(Func<string> read, out string text)
    {
        try
        {
            text = read();
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex Kebab();

    [GeneratedRegex("^[a-z][A-Za-z0-9]*\\z")]
    private static partial Regex Camel();

    [GeneratedRegex("^[A-Z]\\z")]
    private static partial Regex CapitalLetter();
}

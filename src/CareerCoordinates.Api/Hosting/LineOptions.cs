using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Hosting;

/// <summary>The words of a command's line: the values of its own options, and what is left for the settings.</summary>
internal sealed record LineOptions(IReadOnlyDictionary<string, string> Own, IReadOnlyList<string> Others)
{
    /// <param name="names">Of the command's own options, without hyphens; each takes a value, <c>--name value</c> or <c>--name=value</c>.</param>
    /// <param name="usage">Said where a value is missing; null for nothing.</param>
    /// <param name="mistaken">Null where the line makes sense so far.</param>
    public static LineOptions Parse(
        IReadOnlyList<string> words,
        IReadOnlyCollection<string> names,
        Name? usage,
        out Command.Mistaken? mistaken
    )
    {
        var own = new Dictionary<string, string>();
        var others = new List<string>();
        mistaken = null;
        for (var i = 0; i < words.Count && mistaken is null; i++)
        {
            var key = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..].Split('=')[0] : "";
            if (!names.Contains(key))
            {
                others.Add(words[i]);
                continue;
            }
            var joined = words[i].IndexOf('=');
            var value = joined >= 0 ? words[i][(joined + 1)..] : words.ElementAtOrDefault(++i);
            if (string.IsNullOrEmpty(value))
            {
                mistaken = new Command.Mistaken(
                    $"'--{key}' needs a value. {usage?.En}".TrimEnd(),
                    $"“--{key}”需要一个值。{usage?.Zh}"
                );
            }
            else if (!own.TryAdd(key, value))
            {
                mistaken = new Command.Mistaken($"'--{key}' is given twice.", $"“--{key}”重复。");
            }
        }
        return new(own, others);
    }
}

using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>What all reports take: who is counted, as known when, how exactly.</summary>
public sealed record ReportWish(Instant? KnownAt, WorkerFilter Filter, CountsKind? Counts)
{
    public static ReportWish Read(QueryReader query) =>
        new(
            query.Instant(
                "knownAt",
                "The instant whose record is asked (按当时的记录); now by default, never later. Protected counts: when a day began in the time zone of the framework, by default the last that did."
            ),
            new WorkerFilter(
                query.Id("organization", "Workers with an affiliation in force at this organisation or below it."),
                query.Text("industry", "GB/T 4754, of an affiliation's organisation; `C` or `C25` takes all below.", "C25"),
                query.Text("occupation", "Of an affiliation; the beginning of a code takes all below.", "6-18"),
                query.Text("employmentForm", "Of the affiliation that speaks for the worker."),
                query.Text("stage", "The stage; `unknown` for those whose career start is not known."),
                query.Number("level", "The level of the coordinate; 0 where nothing is held.", 0, 99),
                query.Number(
                    "careerStartYear",
                    "The year in which the career began.",
                    PartialDate.FirstYear,
                    PartialDate.LastYear
                )
            ),
            query.OneOf<CountsKind>(
                "counts",
                "`exact` for officers, `protected` for analysts and auditors; who may have both chooses."
            )
        );

    /// <summary>What was asked beside the days, as the answer repeats it.</summary>
    public void Say(Dictionary<string, string> question)
    {
        Say(question, "organization", Filter.Organization?.ToString());
        Say(question, "industry", Filter.Industry);
        Say(question, "occupation", Filter.Occupation);
        Say(question, "employmentForm", Filter.EmploymentForm);
        Say(question, "stage", Filter.Stage);
        Say(question, "level", Filter.Level?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Say(question, "careerStartYear", Filter.CareerStartYear?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static void Say(Dictionary<string, string> question, string name, string? value)
    {
        if (value is not null)
        {
            question[name] = value;
        }
    }
}

/// <summary>By what workers are told apart, as asked for: words separated by commas.</summary>
public sealed record GroupWish(string? Text, OrganizationKind? Kind)
{
    private static readonly (string Word, Dimension Dimension)[] Words =
    [
        ("channel,rung", Dimension.ChannelRung),
        ("level", Dimension.Level),
        ("stage", Dimension.Stage),
        ("organization", Dimension.Organization),
        ("industry", Dimension.Industry),
        ("industrySection", Dimension.IndustrySection),
        ("occupation", Dimension.Occupation),
        ("employmentForm", Dimension.EmploymentForm),
        ("careerStartYear", Dimension.CareerStartYear),
    ];

    public static GroupWish Read(QueryReader query, string description, string example) =>
        new(
            query.Text(
                "groupBy",
                description + " Possible: " + string.Join("; ", Words.Select(w => $"`{w.Word}`")) + ".",
                example
            ),
            query.OneOf<OrganizationKind>(
                "organizationKind",
                "With `groupBy=organization`: the nearest organisation of this kind, itself or above; without it the organisation itself."
            )
        );

    public static string WordOf(Dimension dimension) => Words.First(w => w.Dimension == dimension).Word;

    /// <param name="byDefault">What is taken where nothing is said.</param>
    public IReadOnlyList<Grouping> Groupings(string byDefault, int most, List<Refusal> refusals)
    {
        var found = GroupWords.Read(Text ?? byDefault, Words, most, ReportRefusals.UnknownDimension, refusals);
        GroupWords.CheckKind(Kind, found.Contains(Dimension.Organization), refusals);
        return [.. found.Select(d => new Grouping(d, d == Dimension.Organization ? Kind : null))];
    }
}

/// <summary>Dimensions as words separated by commas; a word may have a comma of its own, as <c>channel,rung</c>.</summary>
internal static class GroupWords
{
    /// <summary>Above this nobody means what he wrote, and each would be a refusal.</summary>
    private const int MostWords = 100;

    /// <param name="unknown">What refuses a word that is none of those known; takes the word and all of them.</param>
    public static List<T> Read<T>(
        string text,
        IReadOnlyList<(string Word, T Value)> known,
        int most,
        RefusalCode unknown,
        List<Refusal> refusals
    )
        where T : struct
    {
        var found = new List<T>();
        var words = text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries).Take(MostWords).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (i + 1 < words.Count && known.Any(k => k.Word == $"{word},{words[i + 1]}"))
            {
                word = $"{word},{words[++i]}";
            }
            var at = known.ToList().FindIndex(k => k.Word == word);
            if (at < 0)
            {
                refusals.Add(new(unknown, "?groupBy", word, string.Join("; ", known.Select(k => k.Word))));
            }
            else if (found.Contains(known[at].Value))
            {
                refusals.Add(new(ReportRefusals.RepeatedDimension, "?groupBy", word));
            }
            else
            {
                found.Add(known[at].Value);
            }
        }
        if (found.Count > most)
        {
            refusals.Add(new(ReportRefusals.TooManyDimensions, "?groupBy", most));
        }
        return found;
    }

    public static void CheckKind(OrganizationKind? kind, bool isByOrganization, List<Refusal> refusals)
    {
        if (kind is not null && !isByOrganization)
        {
            refusals.Add(new(ReportRefusals.KindWithoutDimension, "?organizationKind"));
        }
    }
}

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
                "The instant whose record is asked (按当时的记录); now by default, never later. Protected counts: a closed one, by default the last."
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
        var found = new List<Grouping>();
        var words = (Text ?? byDefault)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var word =
                words[i] == "channel" && i + 1 < words.Count && words[i + 1] == "rung" ? words[i] + "," + words[++i] : words[i];
            if (Words.FirstOrDefault(w => w.Word == word) is not { Word: not null } known)
            {
                refusals.Add(
                    new(ReportRefusals.UnknownDimension, "?groupBy", word, string.Join("; ", Words.Select(w => w.Word)))
                );
            }
            else if (found.Exists(g => g.Dimension == known.Dimension))
            {
                refusals.Add(new(ReportRefusals.RepeatedDimension, "?groupBy", word));
            }
            else
            {
                found.Add(new(known.Dimension, known.Dimension == Dimension.Organization ? Kind : null));
            }
        }
        if (found.Count > most)
        {
            refusals.Add(new(ReportRefusals.TooManyDimensions, "?groupBy", most));
        }
        if (Kind is not null && found.TrueForAll(g => g.Dimension != Dimension.Organization))
        {
            refusals.Add(new(ReportRefusals.KindWithoutDimension, "?organizationKind"));
        }
        return found;
    }
}

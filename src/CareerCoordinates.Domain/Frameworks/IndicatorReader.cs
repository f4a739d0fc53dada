namespace CareerCoordinates.Domain.Frameworks;

/// <summary>Reads the indicators of the reporting year (design §3.5, §6).</summary>
internal sealed class IndicatorReader(
    WordLists words,
    IReadOnlyDictionary<string, MilestoneTypeDraft> types,
    IReadOnlyDictionary<string, ChannelDraft> channels,
    IReadOnlyList<ProgrammePart> parts
)
{
    private static readonly Dictionary<string, ProgrammePartKind> FiledUnder = new()
    {
        ["main-line"] = ProgrammePartKind.MainLine,
        ["goal"] = ProgrammePartKind.Goal,
        ["initiative"] = ProgrammePartKind.Initiative,
        ["channel"] = ProgrammePartKind.Channel,
        ["service"] = ProgrammePartKind.Service,
    };

    private readonly FigureReader figureReader = new(words, types, channels);

    public IReadOnlyList<Indicator> ReadAll(FileObject root)
    {
        var indicators = new List<Indicator>();
        var codes = new HashSet<string>();
        foreach (var item in root.Objects("indicators", required: false, min: 0))
        {
            var code = item.Code();
            if (code is not null && !codes.Add(code))
            {
                item.Fault("code", "declared twice: " + code);
            }
            var name = item.Name();
            var definition = item.NameAt("definition");
            var belongsTo = ProgrammeReference.Read(item, FiledUnder, parts);
            if (item.Has("figures") == item.Has("entered"))
            {
                item.FaultAt(item.Path, "must have one of figures and entered");
            }
            var figures = item.Has("figures") ? Figures(item) : [];
            var entered = item.Has("entered") ? Entered(item) : [];
            item.Close();
            if (code is not null && name is not null && definition is not null)
            {
                indicators.Add(new Indicator(code, name, definition, belongsTo, figures, entered));
            }
        }
        return indicators;
    }

    private List<EnteredFigure> Entered(FileObject indicator)
    {
        var entered = new List<EnteredFigure>();
        foreach (var item in indicator.Objects("entered"))
        {
            var code = item.Code();
            var name = item.Name();
            var unit = item.Reference("unit", words.Units, "unit");
            item.Close();
            if (code is not null && entered.Any(e => e.Code == code))
            {
                item.Fault("code", "declared twice: " + code);
            }
            if (code is not null && name is not null && unit is not null)
            {
                entered.Add(new EnteredFigure(code, name, unit, words.Decimals.GetValueOrDefault(unit)));
            }
        }
        return entered;
    }

    private List<Figure> Figures(FileObject indicator)
    {
        var figures = new List<Figure>();
        var codes = new HashSet<string>();
        foreach (var item in indicator.Objects("figures"))
        {
            if (figureReader.Read(item, codes) is { } figure)
            {
                figures.Add(figure);
            }
        }
        return figures;
    }
}

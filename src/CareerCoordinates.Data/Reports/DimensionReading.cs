using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A dimension: gives each member the number of his value on a day, each number its code, and all numbers the order in which a report shows them.</summary>
internal abstract class DimensionReading : IComparer<int>
{
    /// <summary>How many values there are; their numbers are from 0 on.</summary>
    public abstract int Size { get; }

    /// <summary>
    /// Which of two values a report shows first: by their numbers, unless these depend on what a process came to know when. Each process must
    /// give the same answer.
    /// </summary>
    public virtual int Compare(int x, int y) => x.CompareTo(y);

    /// <param name="day">The day on which the member counts.</param>
    public abstract int Of(in Member member, int day);

    public abstract string CodeOf(int value);

    /// <summary>Channel and rung have a value for each channel; all others have one.</summary>
    public virtual int ValuesOfMember => 1;

    /// <param name="i">Below <see cref="ValuesOfMember"/>.</param>
    public virtual int Of(in Member member, int day, int i) => Of(member, day);

    /// <summary>All values of a member, into a span that has room for them.</summary>
    public virtual void Fill(in Member member, int day, Span<int> values) => values[0] = Of(member, day);

    /// <summary>The number of a code; -1 where nothing has it.</summary>
    public int Find(string code)
    {
        for (var value = 0; value < Size; value++)
        {
            if (CodeOf(value) == code)
            {
                return value;
            }
        }
        return -1;
    }

    public bool Has(in Member member, int day, int value)
    {
        for (var i = 0; i < ValuesOfMember; i++)
        {
            if (Of(member, day, i) == value)
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="mostly">The day that is asked for most.</param>
    public static DimensionReading Of(Grouping grouping, PopulationReading population, ProjectedCodes codes, DateOnly mostly) =>
        grouping.Dimension switch
        {
            Dimension.ChannelRung => new OfChannelRung(population.Framework),
            Dimension.Level => new OfLevel(population),
            Dimension.Stage => new OfStage(population.Framework, mostly),
            Dimension.Organization => new OfOrganization(population, grouping.Kind),
            Dimension.Industry => new OfIndustry(population.Tree, code => code),
            Dimension.IndustrySection => new OfIndustry(population.Tree, code => code[..1]),
            Dimension.Occupation => new OfCode(codes.Occupations, isForm: false),
            Dimension.EmploymentForm => new OfCode(codes.Forms, isForm: true),
            Dimension.CareerStartYear => new OfYear(),
            _ => throw new ArgumentOutOfRangeException(nameof(grouping)),
        };

    private sealed class OfChannelRung(Framework framework) : DimensionReading
    {
        private readonly int[] starts =
        [
            .. framework.Channels.Select((_, i) => framework.Channels.Take(i).Sum(c => c.Rungs.Count + 1)),
        ];

        public override int Size => framework.Channels.Sum(c => c.Rungs.Count + 1);

        public override int ValuesOfMember => framework.Channels.Count;

        public override int Of(in Member member, int day) => throw new InvalidOperationException("One value for each channel.");

        public override int Of(in Member member, int day, int i) => starts[i] + member.Rungs[i];

        public override void Fill(in Member member, int day, Span<int> values)
        {
            var first = starts;
            var rungs = member.Rungs;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = first[i] + rungs[i];
            }
        }

        public override string CodeOf(int value)
        {
            var channel = framework.Channels.Count - 1;
            while (starts[channel] > value)
            {
                channel--;
            }
            var order = value - starts[channel];
            var found = framework.Channels[channel];
            return $"{found.Code} {(order == 0 ? ReportCodes.None : found.Rungs[order - 1].Code)}";
        }
    }

    private sealed class OfLevel(PopulationReading population) : DimensionReading
    {
        public override int Size => population.Framework.Levels.Count + 1;

        public override int Of(in Member member, int day) => population.LevelOf(member.Rungs);

        public override string CodeOf(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class OfStage : DimensionReading
    {
        private readonly Framework framework;
        private readonly int mostly;

        /// <summary>The earliest career start of each stage on that day: the later the start, the earlier the stage.</summary>
        private readonly int[] earliest;

        public OfStage(Framework framework, DateOnly mostly)
        {
            this.framework = framework;
            this.mostly = ReportDay.Of(mostly);
            earliest =
            [
                .. framework.Stages.Select(stage =>
                    StageDays.CareerStartsOf(framework, stage.Code, mostly) is { } starts
                        ? ReportDay.Of(starts.First)
                        : int.MaxValue
                ),
            ];
        }

        public override int Size => framework.Stages.Count + 1;

        public override int Of(in Member member, int day) =>
            member.CareerStart == ProjectedWorker.NoCareerStart ? framework.Stages.Count
            : day == mostly ? OnThatDay(member.CareerStart)
            : StageDays.OrderOn(framework, ReportDay.Read(member.CareerStart), ReportDay.Read(day));

        public override string CodeOf(int value) =>
            value == framework.Stages.Count ? ReportCodes.Unknown : framework.Stages[value].Code;

        private int OnThatDay(int careerStart)
        {
            var stage = 0;
            while (stage < earliest.Length - 1 && careerStart < earliest[stage])
            {
                stage++;
            }
            return stage;
        }
    }

    /// <summary>One above the scope is none: the caller does not know it.</summary>
    private sealed class OfOrganization(PopulationReading population, OrganizationKind? kind) : DimensionReading
    {
        private readonly OrganizationTree tree = population.Tree;
        private readonly Timeline<int>[]? nearest = kind is { } wanted ? population.Tree.Nearest(wanted) : null;

        public override int Size => tree.Count + 1;

        public override int Of(in Member member, int day)
        {
            var place = nearest is null ? member.Organization : nearest[member.Organization].On(day);
            return place < 0 || !population.IsInScope(place, day) ? tree.Count : place;
        }

        public override string CodeOf(int value) => value == tree.Count ? ReportCodes.None : tree.IdOf(value).ToString();

        public override int Compare(int x, int y) =>
            x == tree.Count || y == tree.Count ? x.CompareTo(y) : NetworkOrder.Instance.Compare(tree.IdOf(x), tree.IdOf(y));
    }

    private sealed class OfIndustry : DimensionReading
    {
        private readonly string[] codes;
        private readonly Timeline<int>[] ofOrganization;

        public OfIndustry(OrganizationTree tree, Func<string, string> part)
        {
            string Code(string? industry) => industry is null ? ReportCodes.None : part(industry);
            var industries = Enumerable.Range(0, tree.Count).Select(tree.IndustryOf).ToList();
            codes = [.. industries.SelectMany(i => i.Steps).Select(s => Code(s.Value)).Distinct().Order(StringComparer.Ordinal)];
            var numbers = codes.Select((code, i) => (code, i)).ToDictionary(c => c.code, c => c.i);
            ofOrganization =
            [
                .. industries.Select(i => new Timeline<int>([
                    .. i.Steps.Select(s => new Step<int>(s.From, numbers[Code(s.Value)])),
                ])),
            ];
        }

        public override int Size => codes.Length;

        public override int Of(in Member member, int day) => ofOrganization[member.Organization].On(day);

        public override string CodeOf(int value) => codes[value];
    }

    private sealed class OfCode(CodeList codes, bool isForm) : DimensionReading
    {
        public override int Size { get; } = codes.Count;

        public override int Of(in Member member, int day) => isForm ? member.Form : member.Occupation;

        public override string CodeOf(int value) => value == 0 ? ReportCodes.None : codes[value];

        public override int Compare(int x, int y) =>
            x == 0 || y == 0 ? y.CompareTo(x) : string.CompareOrdinal(codes[x], codes[y]);
    }

    private sealed class OfYear : DimensionReading
    {
        private static readonly int[] FirstDays =
        [
            .. Enumerable.Range(0, LastYear - FirstYear + 2).Select(i => ReportDay.Of(new DateOnly(FirstYear + i, 1, 1))),
        ];

        private const int FirstYear = 1900;
        private const int LastYear = 2200;

        public override int Size => LastYear - FirstYear + 2;

        public override int Of(in Member member, int day)
        {
            if (member.CareerStart == ProjectedWorker.NoCareerStart)
            {
                return Size - 1;
            }
            // The guess is the year or the one after it.
            var year = Math.Min((int)(member.CareerStart / 365.2425), LastYear - FirstYear);
            return FirstDays[year] > member.CareerStart ? year - 1
                : FirstDays[year + 1] <= member.CareerStart ? year + 1
                : year;
        }

        public override string CodeOf(int value) =>
            value == Size - 1 ? ReportCodes.Unknown : (FirstYear + value).ToString(CultureInfo.InvariantCulture);
    }
}

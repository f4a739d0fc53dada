using System.Globalization;
using System.Text.Json;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>What a draw may refer to: the person whose fact it is, and the day.</summary>
internal sealed record DrawContext(string Occupation, string EmploymentForm, bool MigrantWorker)
{
    public DateOnly Day { get; set; }
}

/// <summary>How the value of one attribute is found.</summary>
internal abstract class AttributeDraw(string code)
{
    private static readonly JsonElement True = JsonSerializer.SerializeToElement(true);
    private static readonly JsonElement False = JsonSerializer.SerializeToElement(false);

    public string Code => code;

    /// <summary>True where another draw may give another value: such an attribute can be recorded wrong.</summary>
    public virtual bool Varies => false;

    public abstract JsonElement Draw(ref Prng random, DrawContext context);

    public static AttributeDraw Of(KeyValuePair<string, JsonElement> attribute)
    {
        var (code, spec) = attribute;
        if (spec.ValueKind != JsonValueKind.Object)
        {
            return new Constant(code, spec);
        }
        var member = spec.EnumerateObject().First();
        return member.Name switch
        {
            "oneOf" => new OneOf(
                code,
                [.. member.Value.EnumerateArray().Select(v => v[0].Clone())],
                [.. member.Value.EnumerateArray().Select(v => v[1].GetDouble())]
            ),
            "range" => new Range(
                code,
                member.Value[0].GetDecimal(),
                member.Value[1].GetDecimal(),
                spec.TryGetProperty("step", out var step) ? step.GetDecimal() : 1
            ),
            "number" => new Number(code, member.Value.GetString()!),
            "of" => new Personal(code, member.Value.GetString()!),
            var other => throw new DemoDataException($"population.json: '{other}' is no way to draw '{code}'."),
        };
    }

    private sealed class Constant(string code, JsonElement value) : AttributeDraw(code)
    {
        public override JsonElement Draw(ref Prng random, DrawContext context) => value;
    }

    private sealed class OneOf(string code, JsonElement[] values, double[] weights) : AttributeDraw(code)
    {
        private readonly double total = weights.Sum();

        public override bool Varies => values.Length > 1;

        public override JsonElement Draw(ref Prng random, DrawContext context)
        {
            var left = random.Unit() * total;
            for (var i = 0; i < values.Length - 1; i++)
            {
                left -= weights[i];
                if (left < 0)
                {
                    return values[i];
                }
            }
            return values[^1];
        }
    }

    private sealed class Range(string code, decimal from, decimal to, decimal step) : AttributeDraw(code)
    {
        /// <summary>Most ranges are short: their values are made once.</summary>
        private readonly JsonElement[] values =
        [
            .. Enumerable.Range(0, (int)((to - from) / step) + 1).Select(i => JsonSerializer.SerializeToElement(from + i * step)),
        ];

        public override bool Varies => values.Length > 1;

        public override JsonElement Draw(ref Prng random, DrawContext context) => values[random.Below(values.Length)];
    }

    private sealed class Number(string code, string pattern) : AttributeDraw(code)
    {
        private const int Sevens = 10_000_000;

        public override JsonElement Draw(ref Prng random, DrawContext context) =>
            JsonSerializer.SerializeToElement(
                pattern
                    .Replace("{year}", context.Day.Year.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace(
                        "{seven}",
                        random.Below(Sevens).ToString("D7", CultureInfo.InvariantCulture),
                        StringComparison.Ordinal
                    )
            );
    }

    private sealed class Personal(string code, string what) : AttributeDraw(code)
    {
        public override JsonElement Draw(ref Prng random, DrawContext context) =>
            what switch
            {
                "occupation" => JsonSerializer.SerializeToElement(context.Occupation),
                "employmentForm" => JsonSerializer.SerializeToElement(context.EmploymentForm),
                "migrantWorker" => context.MigrantWorker ? True : False,
                _ => throw new DemoDataException($"population.json: '{what}' is nothing that a person has."),
            };
    }
}

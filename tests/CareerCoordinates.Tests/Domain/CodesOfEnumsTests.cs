using CareerCoordinates.Domain;

namespace CareerCoordinates.Tests.Domain;

public class CodesOfEnumsTests
{
    private enum Odd
    {
        LabourContract,
        Other,
    }

    [Test]
    public void A_code_is_the_name_in_kebab_case_and_is_read_back()
    {
        Assert.That(Codes<Odd>.Of(Odd.LabourContract), Is.EqualTo("labour-contract"));
        Assert.That(Codes<Odd>.Parse("other"), Is.EqualTo(Odd.Other));
        Assert.That(Codes<Odd>.TryParse("labour-contract", out var known) ? known : Odd.Other, Is.EqualTo(Odd.LabourContract));
        Assert.That(Codes<Odd>.TryParse("LabourContract", out _) || Codes<Odd>.TryParse(null, out _), Is.False);
        Assert.That(Codes<Odd>.All, Is.EqualTo(["labour-contract", "other"]));
    }

    /// <summary>Codes are looked up by place; enums of other sizes have none, and asking for one throws.</summary>
    [Test]
    public void The_values_of_every_enum_count_from_zero_without_a_gap()
    {
        var enums = new[] { typeof(Codes<>), typeof(CareerCoordinates.Data.CareerStore), typeof(Program) }
            .SelectMany(one => one.Assembly.GetTypes())
            .Where(type => type.IsEnum && !type.IsDefined(typeof(FlagsAttribute), false))
            .Where(type => type.Namespace?.StartsWith("CareerCoordinates", StringComparison.Ordinal) == true);
        var odd = enums.Where(type =>
            Enum.GetUnderlyingType(type) == typeof(int)
            && !Enum.GetValues(type).Cast<int>().SequenceEqual(Enumerable.Range(0, Enum.GetValues(type).Length))
        );
        Assert.That(odd.Select(type => type.Name), Is.Empty);
    }
}

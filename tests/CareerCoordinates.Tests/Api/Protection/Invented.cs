namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>ID numbers of nobody: right by the standard, born before 1905.</summary>
internal static class Invented
{
    private static int made = Random.Shared.Next(1000);

    /// <summary>A number that no test had before in this run.</summary>
    public static string IdNumber(string birthDate = "1901-03-07")
    {
        var next = Interlocked.Increment(ref made);
        var stem = $"11{next / 1000 % 10_000:0000}{birthDate.Replace("-", "", StringComparison.Ordinal)}{next % 1000:000}";
        return stem + CareerCoordinates.Domain.People.IdNumber.CheckCharacter(stem);
    }

    public static string Masked(string number) => $"{number[0]}****************{number[^1]}";

    /// <summary>The number with its last character changed.</summary>
    public static string Wrong(string number) => number[..^1] + (number[^1] == '1' ? '2' : '1');
}

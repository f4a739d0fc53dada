using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Why a command does not do what its line asks for.</summary>
/// <param name="IsOfLine">The value of an option makes no sense.</param>
internal sealed record CommandRefusal(IReadOnlyList<string> Lines, bool IsOfLine)
{
    public int ExitCode => IsOfLine ? ExitCodes.Mistaken : ExitCodes.Refused;

    public static CommandRefusal Of(IReadOnlyList<Refusal> refusals, Language language) =>
        Of(Problem.Of(refusals).StatusCode!.Value, [.. refusals.Select(r => (r.Pointer, Problem.Text(r, language)))]);

    /// <param name="status">That of the API's answer: it tells a value that makes no sense from one that is not allowed now.</param>
    public static CommandRefusal Of(int status, IReadOnlyList<(string Pointer, string Why)> refusals) =>
        new(
            [.. refusals.Select(r => OptionOf(r.Pointer) is { } option ? $"--{option}: {r.Why}" : r.Why)],
            IsOfLine: status
                is StatusCodes.Status400BadRequest
                    or StatusCodes.Status404NotFound
                    or StatusCodes.Status422UnprocessableEntity
                && refusals.Any(r => OptionOf(r.Pointer) is not null)
        );

    public async Task<int> TellAsync()
    {
        foreach (var line in Lines)
        {
            await Console.Error.WriteLineAsync(line);
        }
        return ExitCode;
    }

    /// <summary>The option in which it stands: a parameter of a query, or a field of the form of an import.</summary>
    private static string? OptionOf(string pointer) =>
        pointer.StartsWith('?') ? QuestionLine.Option(pointer[1..])
        : StartImport.Fields.FirstOrDefault(f => !f.IsFile && "/" + f.Name == pointer) is { } field ? field.Name
        : null;
}

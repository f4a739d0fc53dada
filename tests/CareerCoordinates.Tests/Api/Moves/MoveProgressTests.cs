using CareerCoordinates.Api.Moves;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data.Moves;
using Spectre.Console;

namespace CareerCoordinates.Tests.Api.Moves;

/// <summary>How far a move has come, for people and for scripts.</summary>
public class MoveProgressTests
{
    private static readonly MoveState[] States =
    [
        new(MoveStep.Copying, "accounts", 0, 3_000),
        new(MoveStep.Copying, "standings", 2_000, 3_000),
        new(MoveStep.Indexing, "", 0, 2),
        new(MoveStep.Indexing, "", 1, 2),
        new(MoveStep.Comparing, "accounts", 0, 3_000),
    ];

    [Test]
    public async Task Terminal_HasABarForEachStep()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
            }
        );

        await MoveProgress.Bars(console, Language.En, Play);

        Assert.That(
            output.ToString(),
            Does.Contain("copying").And.Contain("indexing").And.Contain("comparing").And.Contain("100%")
        );
    }

    [Test]
    public async Task OtherOutput_HasALineWhereAStepBegins()
    {
        var output = new StringWriter();

        await MoveProgress.Lines(output, Language.En, Play);

        Assert.That(
            output.ToString().ReplaceLineEndings("\n"),
            Is.EqualTo("copying accounts: 0 of 3,000 rows\nindexing 0 of 2\ncomparing accounts: 0 of 3,000 rows\n")
        );
    }

    private static Task Play(Action<MoveState> told)
    {
        foreach (var state in States)
        {
            told(state);
        }
        return Task.CompletedTask;
    }
}

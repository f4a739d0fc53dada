using System.Diagnostics;
using System.Globalization;
using CareerCoordinates.Api.Problems;
using Spectre.Console;

namespace CareerCoordinates.Api.Hosting;

/// <summary>How far work on everybody has come: people and rows done, then the steps that build the indexes, if there are any.</summary>
public readonly record struct WorkState(int Workers, int OfWorkers, long Rows, int Step, int OfSteps);

/// <summary>Shows long work while it runs: a bar on a terminal, else a plain line now and then.</summary>
public static class WorkProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static Task Show(IAnsiConsole console, Language language, Func<Action<WorkState>, Task> work) =>
        console.Profile.Capabilities.Interactive ? Bar(console, language, work) : Lines(console, language, work);

    /// <summary>Where standard output may be what is made: beside it.</summary>
    public static IAnsiConsole OnStandardError() =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Console.Error),
                Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );

    /// <summary>Shows rows of which it is known how many there are.</summary>
    /// <param name="doing">What is done with them: <c>checking</c>.</param>
    public static async Task ShowRows(IAnsiConsole console, Language language, string doing, Func<Action<long, long>, Task> work)
    {
        var watch = Stopwatch.StartNew();
        if (console.Profile.Capabilities.Interactive)
        {
            await Bars(console)
                .StartAsync(context =>
                {
                    var bar = context.AddTask(doing);
                    return work(
                        (done, of) =>
                        {
                            (bar.MaxValue, bar.Value) = (Math.Max(1, of), done);
                            bar.Description =
                                $"{doing}{(language == Language.Zh ? "，" : ", ")}{Rate(done, watch.Elapsed, language)}";
                        }
                    );
                });
            return;
        }
        var next = BetweenLines;
        await work(
            (done, of) =>
            {
                if (watch.Elapsed < next || done == 0)
                {
                    return;
                }
                next = watch.Elapsed + BetweenLines;
                var left = watch.Elapsed * ((double)of / done - 1);
                var rate = Rate(done, watch.Elapsed, language);
                console.WriteLine(
                    language.Say(
                        $"{doing} {done:N0} of {of:N0} rows, {rate}, {left:h\\:mm\\:ss} left",
                        $"{doing} {done:N0}/{of:N0} 行，{rate}，剩余 {left:h\\:mm\\:ss}"
                    )
                );
            }
        );
        console.WriteLine(
            language.Say($"{doing}: done in {watch.Elapsed:h\\:mm\\:ss}", $"{doing}：已完成，用时 {watch.Elapsed:h\\:mm\\:ss}")
        );
    }

    /// <summary>Shows a file that comes from elsewhere: how much of it has come, of a whole that nobody knows before.</summary>
    public static async Task ShowBytes(IAnsiConsole console, Language language, Func<Action<long>, Task> work)
    {
        if (console.Profile.Capabilities.Interactive)
        {
            await console
                .Progress()
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn())
                .StartAsync(async context =>
                {
                    var file = context.AddTask(Bytes(0, language));
                    file.IsIndeterminate = true;
                    await work(bytes => file.Description = Bytes(bytes, language));
                });
            return;
        }
        var watch = Stopwatch.StartNew();
        var next = BetweenLines;
        await work(bytes =>
        {
            if (watch.Elapsed >= next)
            {
                next = watch.Elapsed + BetweenLines;
                console.WriteLine(Bytes(bytes, language));
            }
        });
        console.WriteLine(Ended(watch.Elapsed, language));
    }

    private static Task Bar(IAnsiConsole console, Language language, Func<Action<WorkState>, Task> work) =>
        Bars(console)
            .StartAsync(async context =>
            {
                var watch = Stopwatch.StartNew();
                var people = context.AddTask(language.Say($"workers", $"职工"));
                ProgressTask? indexes = null;
                await work(state =>
                {
                    people.MaxValue = state.OfWorkers;
                    people.Value = state.Workers;
                    if (state.OfSteps == 0)
                    {
                        people.Description = Rows(state, watch.Elapsed, language);
                        return;
                    }
                    indexes ??= context.AddTask(language.Say($"indexes", $"索引"), maxValue: state.OfSteps);
                    indexes.Value = state.Step - 1;
                });
                indexes?.Value = indexes.MaxValue;
            });

    /// <summary>A bar for each piece of work, with what is left of it.</summary>
    internal static Progress Bars(IAnsiConsole console) =>
        console
            .Progress()
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            );

    private static async Task Lines(IAnsiConsole console, Language language, Func<Action<WorkState>, Task> work)
    {
        var watch = Stopwatch.StartNew();
        var next = TimeSpan.Zero;
        await work(state =>
        {
            if (watch.Elapsed < next && (state.Workers < state.OfWorkers || state.OfSteps > 1))
            {
                return;
            }
            next = watch.Elapsed + BetweenLines;
            console.WriteLine(
                state.OfSteps > 0
                    ? language.Say($"building indexes, {state.Step} of {state.OfSteps}", $"建立索引 {state.Step}/{state.OfSteps}")
                    : People(state, watch.Elapsed, language)
            );
        });
        console.WriteLine(Ended(watch.Elapsed, language));
    }

    private static string People(WorkState state, TimeSpan elapsed, Language language)
    {
        var left = state.Workers == 0 ? TimeSpan.Zero : elapsed * ((double)state.OfWorkers / state.Workers - 1);
        var rows = Rows(state, elapsed, language);
        return language.Say(
            $"{state.Workers:N0} of {state.OfWorkers:N0} workers, {rows}, {left:h\\:mm\\:ss} left",
            $"{state.Workers:N0}/{state.OfWorkers:N0} 名职工，{rows}，剩余 {left:h\\:mm\\:ss}"
        );
    }

    private static string Rows(WorkState state, TimeSpan elapsed, Language language)
    {
        var rate = Rate(state.Rows, elapsed, language);
        return language.Say($"{state.Rows:N0} rows, {rate}", $"{state.Rows:N0} 行，{rate}");
    }

    private static string Rate(long rows, TimeSpan elapsed, Language language)
    {
        var rate = rows / Math.Max(0.001, elapsed.TotalSeconds);
        return language.Say($"{rate:N0} rows/s", $"每秒 {rate:N0} 行");
    }

    private static string Bytes(long bytes, Language language)
    {
        var megabytes = bytes / 1_000_000m;
        return language.Say($"{megabytes:N1} MB received", $"已接收 {megabytes:N1} MB");
    }

    private static string Ended(TimeSpan elapsed, Language language) =>
        language.Say($"done in {elapsed:h\\:mm\\:ss}", $"已完成，用时 {elapsed:h\\:mm\\:ss}");
}

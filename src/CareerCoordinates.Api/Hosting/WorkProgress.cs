using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace CareerCoordinates.Api.Hosting;

/// <summary>How far work on everybody has come: people and rows done, then the steps that build the indexes, if there are any.</summary>
public readonly record struct WorkState(int Workers, int OfWorkers, long Rows, int Step, int OfSteps);

/// <summary>Shows long work while it runs: a bar on a terminal, else a plain line now and then.</summary>
public static class WorkProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static Task Show(IAnsiConsole console, Func<Action<WorkState>, Task> work) =>
        console.Profile.Capabilities.Interactive ? Bar(console, work) : Lines(console, work);

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
    public static async Task ShowRows(IAnsiConsole console, string doing, Func<Action<long, long>, Task> work)
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
                            bar.Description = Line($"{doing}, {done / Math.Max(0.001, watch.Elapsed.TotalSeconds):N0} rows/s");
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
                console.WriteLine(
                    Line(
                        $"{doing} {done:N0} of {of:N0} rows, {done / watch.Elapsed.TotalSeconds:N0} rows/s, {left:h\\:mm\\:ss} left"
                    )
                );
            }
        );
        console.WriteLine(Line($"{doing}: done in {watch.Elapsed:h\\:mm\\:ss}"));
    }

    /// <summary>Shows a file that comes from elsewhere: how much of it has come, of a whole that nobody knows before.</summary>
    public static async Task ShowBytes(IAnsiConsole console, Func<Action<long>, Task> work)
    {
        if (console.Profile.Capabilities.Interactive)
        {
            await console
                .Progress()
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn())
                .StartAsync(async context =>
                {
                    var file = context.AddTask(Bytes(0));
                    file.IsIndeterminate = true;
                    await work(bytes => file.Description = Bytes(bytes));
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
                console.WriteLine(Bytes(bytes));
            }
        });
        console.WriteLine(Line($"done in {watch.Elapsed:h\\:mm\\:ss}"));
    }

    private static Task Bar(IAnsiConsole console, Func<Action<WorkState>, Task> work) =>
        Bars(console)
            .StartAsync(async context =>
            {
                var watch = Stopwatch.StartNew();
                var people = context.AddTask("workers");
                ProgressTask? indexes = null;
                await work(state =>
                {
                    people.MaxValue = state.OfWorkers;
                    people.Value = state.Workers;
                    if (state.OfSteps == 0)
                    {
                        people.Description = Rows(state, watch.Elapsed);
                        return;
                    }
                    indexes ??= context.AddTask("indexes", maxValue: state.OfSteps);
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

    private static async Task Lines(IAnsiConsole console, Func<Action<WorkState>, Task> work)
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
                state.OfSteps > 0 ? Line($"building indexes, {state.Step} of {state.OfSteps}") : People(state, watch.Elapsed)
            );
        });
        console.WriteLine(Line($"done in {watch.Elapsed:h\\:mm\\:ss}"));
    }

    private static string People(WorkState state, TimeSpan elapsed)
    {
        var left = state.Workers == 0 ? TimeSpan.Zero : elapsed * ((double)state.OfWorkers / state.Workers - 1);
        return Line($"{state.Workers:N0} of {state.OfWorkers:N0} workers, {Rows(state, elapsed)}, {left:h\\:mm\\:ss} left");
    }

    private static string Rows(WorkState state, TimeSpan elapsed) =>
        Line($"{state.Rows:N0} rows, {state.Rows / Math.Max(0.001, elapsed.TotalSeconds):N0} rows/s");

    private static string Bytes(long bytes) => Line($"{bytes / 1_000_000m:N1} MB received");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

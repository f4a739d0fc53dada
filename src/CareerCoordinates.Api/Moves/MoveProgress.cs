using System.Diagnostics;
using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data.Moves;
using Spectre.Console;

namespace CareerCoordinates.Api.Moves;

/// <summary>Shows a move on standard error while it runs: a bar for each step on a terminal, else a plain line now and then.</summary>
public static class MoveProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static async Task ShowAsync(Func<Action<MoveState>, Task> work)
    {
        var console = WorkProgress.OnStandardError();
        await (console.Profile.Capabilities.Interactive ? Bars(console, work) : Lines(Console.Error, work));
    }

    public static Task Bars(IAnsiConsole console, Func<Action<MoveState>, Task> work) =>
        WorkProgress.Bars(console).StartAsync(context => Bars(context, work));

    private static async Task Bars(ProgressContext context, Func<Action<MoveState>, Task> work)
    {
        var bars = new Dictionary<MoveStep, ProgressTask>();
        await work(state =>
        {
            if (!bars.TryGetValue(state.Step, out var bar))
            {
                EndAll();
                bars[state.Step] = bar = context.AddTask(Name(state.Step));
            }
            bar.Description = $"{Name(state.Step)} {state.Table}".PadRight(36);
            (bar.MaxValue, bar.Value) = (Math.Max(1, state.Total), state.Done);
        });
        EndAll();

        void EndAll()
        {
            foreach (var bar in bars.Values)
            {
                bar.Description = bar.Description.Split(' ')[0].PadRight(36);
                bar.Value = bar.MaxValue;
            }
        }
    }

    public static Task Lines(TextWriter output, Func<Action<MoveState>, Task> work)
    {
        var step = (MoveStep?)null;
        var began = 0L;
        var next = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        return work(state =>
        {
            if (state.Step == step && watch.Elapsed < next)
            {
                return;
            }
            if (state.Step != step)
            {
                (step, began) = (state.Step, Stopwatch.GetTimestamp());
            }
            next = watch.Elapsed + BetweenLines;
            output.WriteLine(Line(state, Stopwatch.GetElapsedTime(began)));
        });
    }

    private static string Line(MoveState state, TimeSpan elapsed)
    {
        var text =
            state.Step == MoveStep.Indexing
                ? $"{Name(state.Step)} {state.Done} of {state.Total}"
                : $"{Name(state.Step)} {state.Table}: {Number(state.Done)} of {Number(state.Total)} rows";
        if (state.Done == 0 || state.Step == MoveStep.Indexing)
        {
            return text;
        }
        var left = elapsed * ((double)state.Total / state.Done - 1);
        return $"{text}, {Number((long)(state.Done / Math.Max(0.001, elapsed.TotalSeconds)))} rows/s, {left:h\\:mm\\:ss} left";
    }

    private static string Name(MoveStep step) => step.ToString().ToLowerInvariant();

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

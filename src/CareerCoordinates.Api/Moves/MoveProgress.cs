using System.Diagnostics;
using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data.Moves;
using Spectre.Console;

namespace CareerCoordinates.Api.Moves;

/// <summary>Shows a move on standard error while it runs: a bar for each step on a terminal, else a plain line now and then.</summary>
public static class MoveProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static async Task ShowAsync(Language language, Func<Action<MoveState>, Task> work)
    {
        var console = WorkProgress.OnStandardError();
        await (console.Profile.Capabilities.Interactive ? Bars(console, language, work) : Lines(Console.Error, language, work));
    }

    public static Task Bars(IAnsiConsole console, Language language, Func<Action<MoveState>, Task> work) =>
        WorkProgress.Bars(console).StartAsync(context => Bars(context, language, work));

    private static async Task Bars(ProgressContext context, Language language, Func<Action<MoveState>, Task> work)
    {
        var bars = new Dictionary<MoveStep, ProgressTask>();
        await work(state =>
        {
            if (!bars.TryGetValue(state.Step, out var bar))
            {
                EndAll();
                bars[state.Step] = bar = context.AddTask(Name(state.Step, language));
            }
            bar.Description = $"{Name(state.Step, language)} {state.Table}".PadRight(36);
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

    public static Task Lines(TextWriter output, Language language, Func<Action<MoveState>, Task> work)
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
            output.WriteLine(Line(state, Stopwatch.GetElapsedTime(began), language));
        });
    }

    private static string Line(MoveState state, TimeSpan elapsed, Language language)
    {
        var step = Name(state.Step, language);
        var text =
            state.Step == MoveStep.Indexing
                ? language.Say($"{step} {state.Done} of {state.Total}", $"{step} {state.Done}/{state.Total}")
                : language.Say(
                    $"{step} {state.Table}: {Number(state.Done)} of {Number(state.Total)} rows",
                    $"{step} {state.Table}：{Number(state.Done)}/{Number(state.Total)} 行"
                );
        if (state.Done == 0 || state.Step == MoveStep.Indexing)
        {
            return text;
        }
        var left = elapsed * ((double)state.Total / state.Done - 1);
        var rate = Number((long)(state.Done / Math.Max(0.001, elapsed.TotalSeconds)));
        return language.Say(
            $"{text}, {rate} rows/s, {left:h\\:mm\\:ss} left",
            $"{text}，每秒 {rate} 行，剩余 {left:h\\:mm\\:ss}"
        );
    }

    private static string Name(MoveStep step, Language language) =>
        language == Language.En
            ? step.ToString().ToLowerInvariant()
            : step switch
            {
                MoveStep.Checking => "检查",
                MoveStep.Copying => "复制",
                MoveStep.Indexing => "建立索引",
                MoveStep.Comparing => "比对",
                _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
            };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

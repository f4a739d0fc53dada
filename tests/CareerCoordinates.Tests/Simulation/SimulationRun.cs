using System.Text;
using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>One run: random steps from a seed on one engine, compared with the naive model after each and as a whole at the end.</summary>
internal sealed class SimulationRun : IAsyncDisposable
{
    private readonly SimulatedOffice office;
    private readonly Framework framework;
    private readonly NaiveRecord record;
    private readonly RandomFacts random;
    private readonly PeopleSteps people;
    private readonly MilestoneSteps facts;
    private readonly Questions questions;
    private readonly ReportQuestions reports;
    private int step;

    private SimulationRun(SimulatedOffice office, Framework framework, int seed, Fault fault)
    {
        this.office = office;
        this.framework = framework;
        record = new NaiveRecord(fault);
        random = new RandomFacts(framework, new Random(seed));
        people = new PeopleSteps(office, record, random);
        facts = new MilestoneSteps(office, record, random, framework, people);
        questions = new Questions(record, framework, random);
        reports = new ReportQuestions(record, framework, random);
    }

    /// <summary>Every answer given, without ids: the same on every engine.</summary>
    public List<string> Transcript { get; } = [];

    public ClosedAnswers Closed { get; } = new();

    public SimulatedOffice Office => office;

    public Framework Framework => framework;

    public NaiveRecord Record => record;

    public static async Task<SimulationRun> StartAsync(
        TestEngine engine,
        Framework framework,
        string frameworkFile,
        int seed,
        Fault fault = Fault.None
    ) => new(await SimulatedOffice.OpenAsync(engine, frameworkFile), framework, seed, fault);

    /// <exception cref="SimulationMismatchException">With the step and the question that went wrong.</exception>
    public async Task PlayAsync(int steps)
    {
        for (var i = 0; i < 4; i++)
        {
            await people.AddOrganizationAsync();
        }
        while (record.Workers.Count < 4)
        {
            await people.AddWorkerAsync();
        }
        foreach (var worker in record.Workers.SelectMany(w => Enumerable.Repeat(w, 3)))
        {
            await facts.RecordAsync(worker);
        }
        for (step = 1; step <= steps; step++)
        {
            var worker = random.Pick(record.Workers);
            await StepAsync(worker);
            await CompareAsync(questions.Coordinate(worker, random.Day(), null));
            await CompareAsync(questions.Any(random.Day(), AnInstant()));
            await CompareAsync(reports.Any(random.Day(), AnInstant()));
            if (step % 10 == 0)
            {
                await CloseAndKeepAsync();
            }
        }
    }

    /// <summary>Every worker and every organisation, on random days and instants.</summary>
    public async Task CompareAllAsync(int questionsOfAnyKind)
    {
        foreach (var worker in record.Workers)
        {
            await CompareAsync(questions.Milestones(worker, null, null));
            await CompareAsync(questions.Affiliations(worker, random.Day(), null));
            await CompareAsync(questions.Trajectory(worker, NaiveGrid.Last, AnInstant()));
        }
        foreach (var organization in record.Organizations)
        {
            await CompareAsync(questions.Subtree(organization, random.Day(), AnInstant()));
        }
        for (var i = 0; i < questionsOfAnyKind; i++)
        {
            await CompareAsync(questions.Any(random.Day(), AnInstant()));
            await CompareAsync(reports.Any(random.Day(), AnInstant()));
        }
    }

    /// <summary>The program starts with the next version of its framework: it answers today by that one, and the past as before.</summary>
    public async Task PublishAsync(Framework next, string file)
    {
        await office.RestartAsync(file);
        await office.UntilThereIsAsync($"frameworks/{next.Code}/versions/{next.Version}");
        await Closed.CompareAsync(office);
        var today = new Questions(record, next, random);
        foreach (var worker in record.Workers)
        {
            await CompareAsync(today.Milestones(worker, null, null));
            await CompareAsync(today.Trajectory(worker, NaiveGrid.Last, null));
            await CompareAsync(questions.Trajectory(worker, NaiveGrid.Last, random.Pick(record.Instants)));
        }
        for (var i = 0; i < 15; i++)
        {
            await CompareAsync(today.Workers(random.Day(), null));
            await CompareAsync(questions.Workers(random.Day(), random.Pick(record.Instants)));
            await CompareAsync(reports.Any(random.Day(), random.Pick(record.Instants)));
            await CompareAsync(new ReportQuestions(record, next, random).Any(random.Day(), null));
        }
    }

    /// <summary>Goes on writing without a look at the coordinates, as under another version than the naive model knows.</summary>
    public async Task WriteOnAsync(int steps)
    {
        for (var i = 0; i < steps; i++, step++)
        {
            await StepAsync(random.Pick(record.Workers));
        }
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task StepAsync(NaiveWorker worker)
    {
        try
        {
            await (
                (random.Number(1, 100), worker.Milestones.Count) switch
                {
                    (<= 3, _) when record.Organizations.Count < 8 => people.AddOrganizationAsync(),
                    (<= 6, _) => people.MoveOrganizationAsync(),
                    (<= 7, _) => people.VoidOrganizationAsync(),
                    (<= 11, _) when record.Workers.Count < 7 => people.AddWorkerAsync(),
                    (<= 14, _) => people.CorrectWorkerAsync(worker),
                    (<= 15, _) when record.Workers.Count(w => !w.Voided) > 3 => people.VoidWorkerAsync(worker),
                    (<= 19, _) => people.AddAffiliationAsync(worker, transfer: true),
                    (<= 21, _) => people.AddAffiliationAsync(worker, transfer: false),
                    (<= 23, _) => people.ChangeAffiliationAsync(worker),
                    (<= 24, _) => people.VoidAffiliationAsync(worker),
                    (<= 28, _) => facts.EndAffiliationAsync(worker),
                    (<= 56, _) or (_, 0) => facts.RecordAsync(worker),
                    (<= 68, _) => facts.DecideAsync(worker, "verify"),
                    (<= 72, _) => facts.DecideAsync(worker, "return"),
                    (<= 76, _) => facts.DecideAsync(worker, "reject"),
                    (<= 79, _) => facts.DecideAsync(worker, "withdraw"),
                    (<= 82, _) => facts.DecideAsync(worker, "void"),
                    (<= 90, _) => facts.CorrectAsync(worker),
                    (<= 96, _) => facts.EndAsync(worker),
                    _ => facts.ContestAsync(worker, random.Chance(0.4)),
                }
            );
        }
        catch (SimulationMismatchException mismatch)
        {
            throw new SimulationMismatchException($"Step {step}: {mismatch.Message}");
        }
    }

    /// <summary>Now, an instant at which something was recorded, just before one, or before everything.</summary>
    private Instant? AnInstant() =>
        random.Number(1, 10) switch
        {
            <= 3 => null,
            <= 8 => random.Pick(record.Instants),
            9 => random.Pick(record.Instants).PlusMicroseconds(-1),
            _ => record.Instants[0].PlusMicroseconds(-1),
        };

    private async Task CompareAsync(Question question)
    {
        var (status, bytes) = await office.AskAsync(question.Path);
        var text = Encoding.UTF8.GetString(bytes);
        var actual = status == 200 ? question.Read(JsonSerializer.Deserialize<JsonElement>(text)) : $"{status}";
        var expected = question.Expected();
        if (actual != expected)
        {
            throw new SimulationMismatchException(
                $"After step {step}: GET {question.Path}\nexpected:\n{expected}\nanswered:\n{actual}"
            );
        }
        Transcript.Add(questions.WithoutIds($"GET {question.Path}\n{(status == 200 ? text : $"{status}")}"));
    }

    /// <summary>Time passes, the past is closed, and some answers about it are kept, to be asked again.</summary>
    private async Task CloseAndKeepAsync()
    {
        office.Clock.Pass(TimeSpan.FromSeconds(30));
        var now = office.Now.PlusMicroseconds(-11_000_000);
        var closed = record.Instants.Where(at => at <= now).ToList();
        for (var i = 0; i < 3; i++)
        {
            await Closed.KeepAsync(office, questions.Any(random.Day(), random.Pick(closed)).Path);
            await Closed.KeepAsync(office, reports.Any(random.Day(), random.Pick(closed)).Path);
        }
    }
}

/// <summary>Answers about a closed past, byte for byte as they were given.</summary>
internal sealed class ClosedAnswers
{
    private readonly Dictionary<string, (int Status, byte[] Body)> kept = [];

    public int Count => kept.Count;

    public async Task KeepAsync(SimulatedOffice office, string path)
    {
        var answer = await office.AskAsync(path);
        var text = Encoding.UTF8.GetString(answer.Body);
        if (text.Contains("\"knownAtClosed\":false", StringComparison.Ordinal))
        {
            throw new SimulationMismatchException($"GET {path} should be closed: {text}");
        }
        // A problem carries the number of its trace, which is no part of the answer.
        kept.TryAdd(path, answer.Status == 200 ? answer : (answer.Status, []));
    }

    /// <summary>Asks all of them again.</summary>
    public async Task CompareAsync(SimulatedOffice office)
    {
        foreach (var (path, before) in kept)
        {
            var (status, body) = await office.AskAsync(path);
            if (status != before.Status || (status == 200 && !body.AsSpan().SequenceEqual(before.Body)))
            {
                throw new SimulationMismatchException(
                    $"GET {path} was closed and changed.\nfirst: {Encoding.UTF8.GetString(before.Body)}\nnow: {Encoding.UTF8.GetString(body)}"
                );
            }
        }
    }

    /// <summary>Spoils one letter of one answer, to see that it is noticed.</summary>
    public void Spoil(int index)
    {
        var path = kept.Where(k => k.Value.Status == 200).ElementAt(index).Key;
        var body = kept[path].Body.ToArray();
        body[body.Length / 2] ^= 1;
        kept[path] = (200, body);
    }
}

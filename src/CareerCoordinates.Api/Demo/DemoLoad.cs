using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Bulk;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Demo;

/// <summary>Fills an empty database with invented people, every fact through the domain's rules, the triggers on.</summary>
public static class DemoLoad
{
    private const int WorkersOfBatch = 1_000;
    private const int BatchesOfTransaction = 10;

    /// <summary>Batches being made while one is written.</summary>
    private static readonly int BatchesAhead = Environment.ProcessorCount + 2;

    /// <summary>The demo district of <c>seeds/demo</c>.</summary>
    /// <exception cref="DemoDataException">The database is not empty, the clock is behind the demo, or a rule refuses something.</exception>
    public static Task District(CareerStore store, Framework framework, string folder, Action<WorkState> told)
    {
        var seeds = DemoSeeds.Read(folder);
        var today = Today(store, framework);
        if (today < seeds.WrittenOn.AddDays(-1))
        {
            throw new DemoDataException(
                $"The demo was written on {seeds.WrittenOn:yyyy-MM-dd}, but the clock of this machine says {today:yyyy-MM-dd}. "
                    + "Nothing can be recorded in the future: set the clock right."
            );
        }
        var district = DemoDistrict.Record(framework, seeds);
        var rows = RowsOf(district.Tree);
        foreach (var figure in district.EnteredFigures)
        {
            rows.Add(figure);
        }
        foreach (var life in district.Lives)
        {
            rows.Add(framework, life.ToRecord());
        }
        return Load(store, [rows], district.Lives.Count, told);
    }

    /// <summary>An invented population of any size, the same for one seed, size and day.</summary>
    /// <exception cref="DemoDataException">The database is not empty, or a rule refuses something.</exception>
    public static Task Population(
        CareerStore store,
        Framework framework,
        string folder,
        int workers,
        ulong seed,
        Action<WorkState> told
    )
    {
        var profile = PopulationProfile.Read(folder);
        var today = Today(store, framework);
        var tree = PopulationTree.Build(profile, seed, workers, LifeGenerator.StartOf(profile, today));
        var recorded = RecordedTree.Record(framework, tree.Organizations, seed);
        var generator = new LifeGenerator(profile, tree, seed, workers, today);
        var recorder = new LifeRecorder(framework, recorded.Ids);
        return Load(store, Batches().Prepend(RowsOf(recorded)), workers, told);

        // Made ahead on other threads, taken in order: ids rise, and the tables grow at their end.
        IEnumerable<BulkRows> Batches()
        {
            var ahead = new Queue<Task<BulkRows>>();
            for (var first = 0; first < workers || ahead.Count > 0; )
            {
                while (first < workers && ahead.Count < BatchesAhead)
                {
                    var (from, to) = (first, Math.Min(first + WorkersOfBatch, workers));
                    ahead.Enqueue(Task.Run(() => Batch(from, to)));
                    first = to;
                }
                yield return ahead.Dequeue().GetAwaiter().GetResult();
            }
        }

        BulkRows Batch(int from, int to)
        {
            var rows = new BulkRows();
            for (var index = from; index < to; index++)
            {
                // Another stream than the one that wrote the life, so that times and ids do not repeat its numbers.
                var random = new Prng(~seed, (ulong)index);
                rows.Add(framework, recorder.Record(generator.Write(index), random).ToRecord());
            }
            return rows;
        }
    }

    private static Task Load(CareerStore store, IEnumerable<BulkRows> batches, int workers, Action<WorkState> told) =>
        store.Gate.MaintainAsync(connection =>
        {
            if (!BulkLoad.IsEmpty(connection))
            {
                var where = store.Engine is SqliteEngine file ? file.Path : "The database";
                throw new DemoDataException(
                    $"{where} has records already, and the demo fills only an empty database. "
                        + "Start without 'demo' to serve what is there. For another demo move it away, or name another one with ConnectionStrings__Career."
                );
            }
            var load = BulkLoad.Begin(connection);
            var state = new WorkState(0, workers, 0, 0, 0);
            using var made = batches.GetEnumerator();
            var more = made.MoveNext();
            try
            {
                while (more)
                {
                    load.Write(OfTransaction());
                    told(state);
                }
            }
            finally
            {
                BulkLoad.Complete(connection, (step, of) => told(state with { Step = step + 1, OfSteps = of }));
            }

            // Taken one by one, so that the next are made while these are inserted.
            IEnumerable<BulkRows> OfTransaction()
            {
                for (var i = 0; more && i < BatchesOfTransaction; i++, more = made.MoveNext())
                {
                    state = state with
                    {
                        Workers = state.Workers + made.Current.WorkerCount,
                        Rows = state.Rows + made.Current.Count,
                    };
                    yield return made.Current;
                }
            }
        });

    private static BulkRows RowsOf(RecordedTree tree)
    {
        var rows = new BulkRows();
        foreach (var organization in tree.Revisions.GroupBy(r => r.Id))
        {
            rows.Add([.. organization]);
        }
        return rows;
    }

    private static DateOnly Today(CareerStore store, Framework framework) => store.Clock.ProcessNow.DayIn(framework.TimeZone);
}

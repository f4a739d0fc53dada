using System.Collections;
using System.Data.Common;
using System.Diagnostics;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A segment, less the workers whom a later one knows better.</summary>
internal sealed record Layer(Segment Segment, BitArray? Gone)
{
    public bool IsGone(int worker) => Gone is not null && Gone[worker];

    public bool IsAllGone => Gone?.HasAllSet() == true;

    public Layer Without(Segment later)
    {
        var gone = Gone is null ? new BitArray(Segment.Count) : new BitArray(Gone);
        foreach (var id in later.Ids)
        {
            if (Segment.Find(id) is >= 0 and var at)
            {
                gone[at] = true;
            }
        }
        return new(Segment, gone);
    }
}

/// <summary>The columns as of one commit; a question is answered from one such state.</summary>
/// <param name="Layers">No worker is in two of them and gone in neither.</param>
/// <param name="Version">The last commit that is in it.</param>
/// <param name="Framework">The newest version of which it is known what it asks.</param>
internal sealed record ProjectionState(
    IReadOnlyList<Layer> Layers,
    OrganizationList Organizations,
    MilestoneFacts Facts,
    long Version,
    int Framework
);

/// <summary>
/// The standings, affiliations, career starts and counting milestones of everybody as columns in memory: derived from the tables, read at the start, and
/// following each commit. Reports scan it; a scan of it is many times faster than any query.
/// </summary>
public sealed class Projection
{
    private const int WorkersOfChunk = 8_192;
    private const int ChunksOfLargeDistrict = 32;
    private const int MostLayers = 6;

    /// <summary>The largest part of the workers that may wait in later layers until all are merged into one; the other one while there are few layers.</summary>
    private const int LargestShareOfLayers = 16;
    private const int LargestShareOfFew = 2;
    private const int LeastToMerge = 512;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly CareerStore store;
    private readonly Lock following = new();
    private volatile ProjectionState? state;
    private volatile string? failure;
    private long done;
    private long total;

    internal Projection(CareerStore store)
    {
        this.store = store;
    }

    /// <summary>False while the columns are read from the tables.</summary>
    public bool IsReady => state is not null;

    /// <summary>Why the last reading failed; null where it did not. It is tried again.</summary>
    public string? Failure => failure;

    /// <summary>Workers read, and of how many; both 0 before it is known.</summary>
    public (long Done, long Total) Progress => (Interlocked.Read(ref done), Interlocked.Read(ref total));

    /// <summary>
    /// Bytes of what holds now and of what was superseded, and how many standings hold now; bytes of the milestones by themselves, and
    /// how many count now.
    /// </summary>
    public (long Current, long Past, long Standings, long OfMilestones, long Milestones) Size =>
        state is not { } now
            ? default
            : (
                now.Layers.Sum(l => l.Segment.CurrentBytes),
                now.Layers.Sum(l => l.Segment.PastBytes),
                now.Layers.Sum(l => (long)l.Segment.Standings.Count),
                now.Layers.Sum(l => l.Segment.MilestoneBytes) + now.Facts.Bytes,
                now.Layers.Sum(l => (long)l.Segment.Milestones.Count)
            );

    internal ProjectedCodes Codes { get; } = new();

    /// <summary>Reads everything from the tables; long where there are many workers.</summary>
    public void Load(CancellationToken cancellation)
    {
        try
        {
            lock (following)
            {
                state = Read(cancellation);
                failure = null;
            }
        }
        catch (Exception e) when (e is DbException or StoreUnavailableException)
        {
            failure = e.Message;
            throw;
        }
    }

    /// <summary>Reports on <see cref="Current"/>; null where it is.</summary>
    public ColumnReports? Reports(long? version, CancellationToken cancellation) =>
        Current(version, cancellation) is { } now ? new ColumnReports(now, Codes, cancellation) : null;

    /// <summary>
    /// The columns with everything that was committed before this call, and at least <paramref name="version"/>; null where they are not
    /// ready, or that commit is not to be had in time.
    /// </summary>
    internal ProjectionState? Current(long? version, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (state is not null)
        {
            Follow(cancellation);
            if (state is { } now && (version is not { } wanted || now.Version >= wanted))
            {
                return now;
            }
            // Where one process writes there is nothing to wait for: all that was committed is in.
            if (store.Engine.HasOneWriter || Stopwatch.GetElapsedTime(began) >= LongestWait)
            {
                return null;
            }
            cancellation.WaitHandle.WaitOne(TimeBetweenLooks);
            cancellation.ThrowIfCancellationRequested();
        }
        return null;
    }

    /// <summary>Takes in what was committed since; does nothing before the columns are read.</summary>
    /// <returns>How many workers were read anew.</returns>
    public int Follow(CancellationToken cancellation)
    {
        lock (following)
        {
            if (state is not { } now)
            {
                return 0;
            }
            if (store.Frameworks.Current.Version is var newest && newest > now.Framework)
            {
                // Another process may have published it long before its commit is one that can be followed.
                now = now with
                {
                    Framework = newest,
                };
                state = Asked().AreThoseOf(now.Facts.Asked) ? now : null;
            }
            var changes = store.Gate.ChangesSince(now.Version);
            if (state is null || changes.Everything)
            {
                state = null;
                state = Read(cancellation);
                return state.Layers[0].Segment.Count;
            }
            if (changes.Workers.Count == 0 && changes.Organizations.Count == 0)
            {
                state = now with { Version = changes.Version };
                return 0;
            }
            var organizations =
                changes.Organizations.Count == 0
                    ? now.Organizations
                    : store.Reader.InSnapshot(c => now.Organizations.With(c, changes.Organizations));
            var layers = now.Layers;
            if (changes.Workers.Count > 0)
            {
                // A worker may be at an organisation that was recorded after the list of changes was made.
                OrganizationList Known(RecordConnection c, Guid id) =>
                    organizations = organizations.Knows(id) ? organizations : organizations.With(c, [id]);
                var later = ReadWorkers(changes.Workers, now.Facts, Known, cancellation);
                layers = Compacted([.. layers.Select(l => l.Without(later)), new Layer(later, null)]);
            }
            state = now with { Layers = layers, Organizations = organizations, Version = changes.Version };
            return changes.Workers.Count;
        }
    }

    private ProjectionState Read(CancellationToken cancellation)
    {
        // From here on what is written is followed, and read once more.
        var version = store.Gate.ChangesSince(0).Version;
        var framework = store.Frameworks.Current.Version;
        var facts = new MilestoneFacts(Asked(), store.Key is { } key ? key.PseudonymOf : null);
        var organizations = store.Reader.InSnapshot(OrganizationList.Read);
        var adding = new Lock();
        OrganizationList Known(RecordConnection c, Guid id)
        {
            lock (adding)
            {
                return organizations = organizations.Knows(id) ? organizations : organizations.With(c, [id]);
            }
        }

        var ids = store.Reader.OnConnection(connection =>
            connection
                .Prepared("SELECT worker_id FROM worker_revisions WHERE revision = 1 ORDER BY worker_id")
                .Read(connection.Transaction, row => row.Id())
        );
        Interlocked.Exchange(ref done, 0);
        Interlocked.Exchange(ref total, ids.Count);
        var parts = new Segment[(ids.Count + WorkersOfChunk - 1) / WorkersOfChunk];
        Parallel.For(
            0,
            parts.Length,
            new ParallelOptions
            {
                // A small district is read soon enough beside the first requests of a start.
                MaxDegreeOfParallelism = parts.Length < ChunksOfLargeDistrict ? 1 : Environment.ProcessorCount,
                CancellationToken = cancellation,
            },
            i =>
            {
                var first = i * WorkersOfChunk;
                var last = Math.Min(first + WorkersOfChunk, ids.Count) - 1;
                parts[i] = store.Reader.InSnapshot(connection =>
                {
                    var reader = new SegmentReader(
                        Codes,
                        facts,
                        id => Known(connection, id).PlaceOf(id),
                        store.ProtectedCounts.RecordKey
                    );
                    reader.Read(connection, ids[first], ids[last]);
                    return reader.Build();
                });
                Interlocked.Add(ref done, last - first + 1);
            }
        );
        return new([new Layer(Segment.Concatenate(parts), null)], organizations, facts, version, framework);
    }

    private AskedAttributes Asked() => new([.. store.Frameworks.Versions.Select(v => v.Framework)]);

    private Segment ReadWorkers(
        IReadOnlyCollection<Guid> workers,
        MilestoneFacts facts,
        Func<RecordConnection, Guid, OrganizationList> known,
        CancellationToken cancellation
    )
    {
        return store.Reader.InSnapshot(connection =>
        {
            var reader = new SegmentReader(
                Codes,
                facts,
                id => known(connection, id).PlaceOf(id),
                store.ProtectedCounts.RecordKey
            );
            foreach (var id in workers.Order(NetworkOrder.Instance))
            {
                cancellation.ThrowIfCancellationRequested();
                reader.Read(connection, id, id);
            }
            return reader.Build();
        });
    }

    /// <summary>
    /// Many small layers become one; where they hold a good part of the workers, everything becomes one. What later ones know better in all goes.
    /// </summary>
    private static List<Layer> Compacted(IEnumerable<Layer> all)
    {
        var layers = all.Where(layer => !layer.IsAllGone).ToList();
        var later = layers.Skip(1).ToList();
        var waiting = later.Sum(l => l.Segment.Count);
        var most = layers[0].Segment.Count / (layers.Count > MostLayers ? LargestShareOfLayers : LargestShareOfFew);
        if (waiting > Math.Max(LeastToMerge, most))
        {
            return [new(Segment.Merge(layers.SelectMany(Present)), null)];
        }
        return layers.Count > MostLayers ? [layers[0], new(Segment.Merge(later.SelectMany(Present)), null)] : layers;
    }

    private static IEnumerable<(Segment Segment, int Worker)> Present(Layer layer) =>
        Enumerable.Range(0, layer.Segment.Count).Where(w => !layer.IsGone(w)).Select(w => (layer.Segment, w));
}

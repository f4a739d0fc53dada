using System.Runtime.CompilerServices;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Exports;

/// <summary>A column of an export.</summary>
/// <param name="Cell">What stands in it: what a <see cref="Sheet"/> takes, and names, which are said in the language of the file.</param>
internal sealed record ExportColumn<T>(Name Header, Func<T, object?> Cell);

/// <summary>A part of an export that is read at once.</summary>
/// <param name="Workers">How many were looked at.</param>
/// <param name="Shown">Those who have a row.</param>
internal sealed record ExportPage(int Workers, IReadOnlyList<Guid> Shown, IReadOnlyList<object?[]> Rows);

/// <summary>
/// The rows of an export, page by page, in the order of the workers' ids. Each page is one snapshot of the database and all are of one
/// instant, so that neither a write nor the vacuum of a database waits for a long file. A page is given when the trail names who is on it.
/// </summary>
/// <param name="parts">How much of a worker is read.</param>
/// <param name="headers">Those of the columns.</param>
/// <param name="rowsOf">Those of one worker; called on several threads.</param>
/// <param name="among">Workers besides whom nobody has a row.</param>
internal sealed class ExportTable(
    ExportDesk desk,
    WorkerParts parts,
    IReadOnlyList<Name> headers,
    Func<RecordConnection, ExportedWorker, IEnumerable<object?[]>> rowsOf,
    Func<IQueryable<WorkerRevisionRow>, CareerContext, IQueryable<WorkerRevisionRow>>? among = null
)
{
    /// <summary>Found by one query, of which a database may look at all workers each time.</summary>
    private const int IdsAtOnce = 10_000;

    /// <summary>So many revisions of milestones are in memory for a page, however few people they are of; one worker's are read whole.</summary>
    private const int MilestonesAtOnce = 2_000;

    public static ExportTable Of<T>(
        ExportDesk desk,
        WorkerParts parts,
        IReadOnlyList<ExportColumn<T>> columns,
        Func<RecordConnection, ExportedWorker, IEnumerable<T>> itemsOf,
        Func<IQueryable<WorkerRevisionRow>, CareerContext, IQueryable<WorkerRevisionRow>>? among = null
    ) =>
        new(
            desk,
            parts,
            [.. columns.Select(c => c.Header)],
            (connection, worker) => itemsOf(connection, worker).Select(item => columns.Select(c => c.Cell(item)).ToArray()),
            among
        );

    public IReadOnlyList<string> HeadersIn(Language language) => [.. headers.Select(header => language.Say(header))];

    /// <summary>A row as it is written in a language.</summary>
    public static object?[] Said(object?[] row, Language language)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = row[i] switch
            {
                Name name => language.Say(name),
                bool flag => language.Say(flag ? ExportWords.Yes : ExportWords.No),
                PartialDate { IsFullDay: true } date => date.First,
                var cell => cell,
            };
        }
        return row;
    }

    /// <summary>How many workers are looked at.</summary>
    public async Task<int> CountAsync(CancellationToken cancellation)
    {
        await using var context = desk.Store.Read();
        return await Workers(context).CountAsync(cancellation);
    }

    public async IAsyncEnumerable<ExportPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var ahead = new Queue<Task<ExportPage>>();
        try
        {
            await foreach (var ids in IdsAsync(cancellation))
            {
                ahead.Enqueue(Task.Run(() => Read(ids, cancellation), CancellationToken.None));
                if (ahead.Count > Environment.ProcessorCount)
                {
                    yield return await CoveredAsync(ahead.Dequeue());
                }
            }
            while (ahead.TryDequeue(out var next))
            {
                yield return await CoveredAsync(next);
            }
        }
        finally
        {
            // Nobody reads any more when the store is closed.
            await Task.WhenAll(ahead).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private IQueryable<WorkerRevisionRow> Workers(CareerContext context)
    {
        var workers = desk.Workers(context);
        return among is null ? workers : among(workers, context);
    }

    private async IAsyncEnumerable<Guid[]> IdsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Guid? last = null;
        for (var isLast = false; !isLast; )
        {
            List<WorkerSize> found;
            await using (var context = desk.Store.Read())
            {
                var rows = Workers(context);
                rows = last is { } after ? rows.Where(w => w.WorkerId > after) : rows;
                rows = rows.OrderBy(w => w.WorkerId).Take(IdsAtOnce);
                var sizes =
                    parts == WorkerParts.WithAffiliations
                        ? rows.Select(w => new WorkerSize(w.WorkerId, 0))
                        : rows.Select(w => new WorkerSize(w.WorkerId, context.Milestones.Count(m => m.WorkerId == w.WorkerId)));
                found = await sizes.ToListAsync(cancellation);
            }
            foreach (var some in InPages(found))
            {
                yield return some;
            }
            isLast = found.Count < IdsAtOnce;
            last = isLast ? null : found[^1].Id;
        }
    }

    private static IEnumerable<Guid[]> InPages(IReadOnlyList<WorkerSize> workers)
    {
        var (page, milestones) = (new List<Guid>(), 0);
        foreach (var (id, size) in workers)
        {
            if (page.Count > 0 && (page.Count == ExportAnswer.WorkersAtOnce || milestones + size > MilestonesAtOnce))
            {
                yield return [.. page];
                page.Clear();
                milestones = 0;
            }
            page.Add(id);
            milestones += size;
        }
        if (page.Count > 0)
        {
            yield return [.. page];
        }
    }

    private ExportPage Read(Guid[] ids, CancellationToken cancellation) =>
        desk.Store.Reader.InSnapshot(connection =>
        {
            var (shown, rows) = (new List<Guid>(ids.Length), new List<object?[]>(ids.Length));
            foreach (var record in connection.ReadWorkers(ids, parts))
            {
                cancellation.ThrowIfCancellationRequested();
                var before = rows.Count;
                rows.AddRange(rowsOf(connection, desk.Of(connection, record)));
                if (rows.Count > before)
                {
                    shown.Add(record.Id);
                }
            }
            return new ExportPage(ids.Length, shown, rows);
        });

    /// <param name="Milestones">Revisions that are read of him.</param>
    private sealed record WorkerSize(Guid Id, int Milestones);

    private async Task<ExportPage> CoveredAsync(Task<ExportPage> reading)
    {
        var page = await reading;
        await desk.Reads.ExportedAsync(desk.Me, page.Shown, desk.Question);
        return page;
    }
}

using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Benchmarks.Logging;

public sealed class EfWorker
{
    public Guid Id { get; set; }
    public required string Number { get; set; }
    public required string Name { get; set; }
    public DateOnly CareerStart { get; set; }
    public DateOnly BirthDate { get; set; }
    public List<EfMilestone> Milestones { get; } = [];
    public List<EfStanding> Standings { get; } = [];
}

public sealed class EfMilestone
{
    public Guid Id { get; set; }
    public Guid WorkerId { get; set; }
    public required string Type { get; set; }
    public required string OccurredOn { get; set; }
    public string? Until { get; set; }
    public required string Attributes { get; set; }
    public required string State { get; set; }
    public DateTime RecordedAt { get; set; }
    public required string RecordedBy { get; set; }
    public string? VerifiedBy { get; set; }
}

public sealed class EfStanding
{
    public int Id { get; set; }
    public Guid WorkerId { get; set; }
    public required string Channel { get; set; }
    public required string Rung { get; set; }
    public int Level { get; set; }
    public DateOnly From { get; set; }
    public DateOnly End { get; set; }
}

public sealed class EfAnswer
{
    public required string Key { get; set; }
    public required string Path { get; set; }
    public required byte[] RequestHash { get; set; }
    public required byte[] Body { get; set; }
    public DateTime RecordedAt { get; set; }
}

public sealed class EfAuditEntry
{
    public Guid Id { get; set; }
    public DateTime RecordedAt { get; set; }
    public required string Account { get; set; }
    public required string Action { get; set; }
    public Guid WorkerId { get; set; }
}

public sealed class EfContext(DbContextOptions<EfContext> options) : DbContext(options)
{
    public DbSet<EfWorker> Workers => Set<EfWorker>();
    public DbSet<EfMilestone> Milestones => Set<EfMilestone>();
    public DbSet<EfAnswer> Answers => Set<EfAnswer>();
    public DbSet<EfAuditEntry> AuditEntries => Set<EfAuditEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EfWorker>().HasMany(w => w.Milestones).WithOne().HasForeignKey(m => m.WorkerId);
        modelBuilder.Entity<EfWorker>().HasMany(w => w.Standings).WithOne().HasForeignKey(s => s.WorkerId);
        modelBuilder.Entity<EfMilestone>().Property(m => m.Id).ValueGeneratedNever();
        modelBuilder
            .Entity<EfMilestone>()
            .Property(m => m.RecordedAt)
            .HasConversion(t => t, t => DateTime.SpecifyKind(t, DateTimeKind.Utc));
        modelBuilder.Entity<EfAuditEntry>().Property(e => e.Id).ValueGeneratedNever();
        modelBuilder.Entity<EfAnswer>().HasKey(a => new { a.Path, a.Key });
    }
}

/// <summary>
/// What most services do: a context for each request, tracked entities, SaveChanges, and connections that compete for
/// the file. It applies the same rules and keeps milestone, standings, answer and audit entry, but no history.
/// </summary>
public sealed class NaiveEf(Action<DbContextOptionsBuilder> configure)
{
    private readonly DbContextOptions<EfContext> options = Build(configure);

    public async Task PrepareAsync(int workers, int facts, List<Guid> ids)
    {
        await using (var context = new EfContext(options))
        {
            await context.Database.EnsureCreatedAsync();
        }
        foreach (var numbers in Enumerable.Range(0, workers).Chunk(1_000))
        {
            await using var context = new EfContext(options);
            foreach (var number in numbers)
            {
                var content = Lives.Worker(number);
                var worker = new EfWorker
                {
                    Id = ids[number],
                    Number = content.Number!,
                    Name = content.Name,
                    CareerStart = content.CareerStart!.Value,
                    BirthDate = content.BirthDate!.Value,
                };
                foreach (var draft in Lives.Draft(number, facts))
                {
                    Add(worker, Check(draft, worker), verifiedBy: "second");
                }
                context.Add(worker);
            }
            await context.SaveChangesAsync();
        }
    }

    public EfContext Open() => new(options);

    public async Task<byte[]> LogAsync(LogRequest request)
    {
        while (true)
        {
            try
            {
                return await LogOnceAsync(request);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another request changed the same worker's standings in between: read again.
            }
        }
    }

    private async Task<byte[]> LogOnceAsync(LogRequest request)
    {
        await using var context = new EfContext(options);
        var known = await context.Answers.FirstOrDefaultAsync(a => a.Path == request.Key.Path && a.Key == request.Key.Key);
        if (known is not null)
        {
            return known.Body;
        }
        var worker = await context
            .Workers.Include(w => w.Milestones)
            .Include(w => w.Standings)
            .AsSplitQuery()
            .SingleAsync(w => w.Id == request.WorkerId);
        var milestone = Add(worker, Check(request.Draft, worker));
        var body = LogMilestone.Answer(
            new(
                worker.Id,
                milestone.Id,
                1,
                MilestoneState.Submitted,
                Content(milestone),
                null,
                Instant.From(milestone.RecordedAt),
                "local",
                null,
                1,
                null
            )
        );
        context.Answers.Add(
            new EfAnswer
            {
                Key = request.Key.Key,
                Path = request.Key.Path,
                RequestHash = request.Key.RequestHash,
                Body = body,
                RecordedAt = milestone.RecordedAt,
            }
        );
        context.AuditEntries.Add(
            new EfAuditEntry
            {
                Id = Guid.CreateVersion7(),
                RecordedAt = milestone.RecordedAt,
                Account = "local",
                Action = "recordMilestone",
                WorkerId = worker.Id,
            }
        );
        await context.SaveChangesAsync();
        return body;
    }

    private static MilestoneContent Check(MilestoneDraft draft, EfWorker worker)
    {
        var content = new WorkerContent(worker.Number, worker.Name, worker.CareerStart, worker.BirthDate, null, null);
        return MilestoneChecks.Check(Lives.Framework, draft, content, LogMilestone.Today).Value;
    }

    private static EfMilestone Add(EfWorker worker, MilestoneContent content, string? verifiedBy = null)
    {
        var milestone = new EfMilestone
        {
            Id = Guid.CreateVersion7(),
            WorkerId = worker.Id,
            Type = content.Type,
            OccurredOn = content.OccurredOn.ToString(),
            Until = content.Until?.ToString(),
            Attributes = content.Attributes.CanonicalJson,
            State = verifiedBy is null ? "submitted" : "verified",
            RecordedAt = DateTime.UtcNow,
            RecordedBy = "local",
            VerifiedBy = verifiedBy,
        };
        worker.Milestones.Add(milestone);
        var counting = worker.Milestones.Where(m => m.State == "verified").Select(Counting).ToList();
        var wanted = CareerGrid.Standings(Lives.Framework, counting);
        worker.Standings.RemoveAll(s => !wanted.Any(w => Says(s, w)));
        foreach (var standing in wanted.Where(w => !worker.Standings.Exists(s => Says(s, w))))
        {
            worker.Standings.Add(
                new EfStanding
                {
                    Channel = standing.Channel.Code,
                    Rung = standing.Rung.Code,
                    Level = standing.Rung.Level,
                    From = standing.Period.From,
                    End = standing.Period.End,
                }
            );
        }
        return milestone;
    }

    private static bool Says(EfStanding stored, Standing wanted) =>
        stored.Channel == wanted.Channel.Code
        && stored.Rung == wanted.Rung.Code
        && stored.From == wanted.Period.From
        && stored.End == wanted.Period.End;

    private static CountingMilestone Counting(EfMilestone milestone)
    {
        var content = Content(milestone);
        return new(milestone.Id, content.Type, content.OccurredOn, content.Until, null, content.Attributes);
    }

    private static MilestoneContent Content(EfMilestone milestone) =>
        new(
            milestone.Type,
            PartialDate.Parse(milestone.OccurredOn),
            milestone.Until is { } until ? PartialDate.Parse(until) : null,
            null,
            AttributeSet.FromCanonical(milestone.Attributes),
            [],
            null
        );

    private static DbContextOptions<EfContext> Build(Action<DbContextOptionsBuilder> configure)
    {
        var options = new DbContextOptionsBuilder<EfContext>();
        configure(options);
        return options.Options;
    }
}

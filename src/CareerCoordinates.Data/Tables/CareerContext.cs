using System.Text;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CareerCoordinates.Data.Tables;

/// <summary>The record as LINQ sees it, for lists, filters and counts. Read only: all writes go through the gate.</summary>
public sealed class CareerContext(DbContextOptions<CareerContext> options) : DbContext(options)
{
    public DbSet<OrganizationRevisionRow> Organizations => Set<OrganizationRevisionRow>();
    public DbSet<WorkerRevisionRow> Workers => Set<WorkerRevisionRow>();
    public DbSet<AffiliationRevisionRow> Affiliations => Set<AffiliationRevisionRow>();
    public DbSet<MilestoneRevisionRow> Milestones => Set<MilestoneRevisionRow>();
    public DbSet<MilestoneContestRow> Contests => Set<MilestoneContestRow>();
    public DbSet<StandingRow> Standings => Set<StandingRow>();

    public DbSet<EnteredFigureRevisionRow> EnteredFigures => Set<EnteredFigureRevisionRow>();

    public DbSet<ImportItemRow> ImportItems => Set<ImportItemRow>();

    /// <summary>The engine whose types the model has.</summary>
    public Engine Engine => this.GetService<IDbContextOptions>().FindExtension<EngineOption>()!.Engine;

    public static DbContextOptionsBuilder<CareerContext> For(Engine engine, DbContextOptionsBuilder<CareerContext> options)
    {
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new EngineOption(engine));
        return options;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Write through the gate.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateOnly>().HaveConversion<DayConverter>();
        if (Engine.IdsAreBlobs)
        {
            configurationBuilder.Properties<Guid>().HaveConversion<IdConverter>();
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder
            .Entity<OrganizationRevisionRow>()
            .ToTable("organization_revisions")
            .HasKey(r => new { r.OrganizationId, r.Revision });
        modelBuilder.Entity<WorkerRevisionRow>().ToTable("worker_revisions").HasKey(r => new { r.WorkerId, r.Revision });
        modelBuilder
            .Entity<AffiliationRevisionRow>()
            .ToTable("affiliation_revisions")
            .HasKey(r => new
            {
                r.WorkerId,
                r.AffiliationId,
                r.Revision,
            });
        modelBuilder
            .Entity<MilestoneRevisionRow>()
            .ToTable("milestone_revisions")
            .HasKey(r => new
            {
                r.WorkerId,
                r.MilestoneId,
                r.Revision,
            });
        modelBuilder
            .Entity<MilestoneContestRow>()
            .ToTable("milestone_contests")
            .HasKey(r => new
            {
                r.WorkerId,
                r.MilestoneId,
                r.Sequence,
            });
        modelBuilder
            .Entity<StandingRow>()
            .ToTable("standings")
            .HasKey(r => new
            {
                r.WorkerId,
                r.Channel,
                r.FromDay,
                r.RecordedAt,
                r.Rung,
            });
        modelBuilder
            .Entity<EnteredFigureRevisionRow>()
            .ToTable("entered_figure_revisions")
            .HasKey(r => new
            {
                r.OrganizationId,
                r.EnteredFigureId,
                r.Revision,
            });
        modelBuilder.Entity<ImportItemRow>().ToTable("import_items").HasKey(r => new { r.ImportId, r.Number });
        modelBuilder.Entity<IdRow>().ToView(null).HasNoKey();
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    private sealed class DayConverter() : ValueConverter<DateOnly, int>(d => StoredDay.Of(d), i => StoredDay.Read(i));

    private sealed class IdConverter() : ValueConverter<Guid, byte[]>(g => g.ToByteArray(true), b => new Guid(b, true));

    /// <summary>Carries the engine into the model: the two engines have two models.</summary>
    private sealed class EngineOption(Engine engine) : IDbContextOptionsExtension
    {
        public Engine Engine => engine;

        public DbContextOptionsExtensionInfo Info => new EngineInfo(this);

        public void ApplyServices(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { }

        public void Validate(IDbContextOptions options) { }

        private sealed class EngineInfo(EngineOption option) : DbContextOptionsExtensionInfo(option)
        {
            public override bool IsDatabaseProvider => false;

            public override string LogFragment => "";

            public override int GetServiceProviderHashCode() => option.Engine.Name.GetHashCode(StringComparison.Ordinal);

            public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
                other is EngineInfo { Extension: EngineOption same } && same.Engine.Name == option.Engine.Name;

            public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
        }
    }
}

using CareerCoordinates.Data.Tables;

namespace CareerCoordinates.Data.Imports;

/// <summary>Milestones by the import that recorded them.</summary>
public static class ImportedMilestones
{
    // As literals in the query: the database then finds its index of what is not verified.
    private const string Submitted = "submitted";
    private const string Verified = "verified";

    /// <summary>
    /// Only what the import recorded or corrected. The worker goes along, so that a database that knows nothing yet of a large import goes by
    /// the milestones' key, and not through all items for each of them.
    /// </summary>
    public static IQueryable<MilestoneRevisionRow> Of(
        this IQueryable<MilestoneRevisionRow> milestones,
        Guid importId,
        CareerContext context
    ) =>
        milestones.Where(m =>
            context.ImportItems.Any(i => i.WorkerId == m.WorkerId && i.ThingId == m.MilestoneId && i.ImportId == importId)
        );

    /// <summary>The same, where nothing was done about it since.</summary>
    public static IQueryable<MilestoneRevisionRow> AsLeftBy(
        this IQueryable<MilestoneRevisionRow> milestones,
        Guid importId,
        CareerContext context
    ) =>
        milestones.Where(m =>
            context.ImportItems.Any(i =>
                i.WorkerId == m.WorkerId && i.ThingId == m.MilestoneId && i.ImportId == importId && i.Revision == m.Revision
            )
        );

    /// <summary>What waits for a verifier.</summary>
    public static IQueryable<MilestoneRevisionRow> Waiting(this CareerContext context) =>
        context.Milestones.Where(m => m.SupersededAt == null && m.State == Submitted && m.State != Verified);
}

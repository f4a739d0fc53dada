using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Imports;

/// <summary>A row of a roster, as far as it could be read.</summary>
/// <param name="Number">From 1, as the spreadsheet shows it.</param>
/// <param name="Transfer">The primary affiliation ends the day before this one begins.</param>
internal sealed record RosterRow(int Number, PersonKeys Person, WorkerPatch Worker, AffiliationPatch Affiliation, bool Transfer)
{
    /// <summary>Whether what stands as the staff number may be the district's number.</summary>
    public bool IsPerhapsNumber { get; init; }

    /// <summary>Null where the first day is not given, or is after the last.</summary>
    public DayPeriod? Days =>
        Affiliation.From is { IsPresent: true, Value: var from } && (Affiliation.Until.Or(null) is not { } until || until >= from)
            ? DayPeriod.Inclusive(from, Affiliation.Until.Or(null))
            : null;

    /// <summary>
    /// The affiliation at the organisation that the row means: with its first day, or else the one on the same days; without a first day the
    /// one in force, or else the last. Null where the row says of a new one.
    /// </summary>
    public Outcome<Revision<AffiliationContent>?> Here(RecordTransaction tx, Guid organization, WorkerView view)
    {
        var all = view.AffiliationRevisions.Where(r => !r.Voided && r.Content.OrganizationId == organization).ToList();
        if (!Affiliation.From.IsPresent)
        {
            return all.Find(r => r.Content.InForce.Contains(tx.Today)) ?? all.MaxBy(r => r.Content.From);
        }
        if (all.Find(r => r.Content.From == Affiliation.From.Value) is { } same)
        {
            return same;
        }
        var then = all.Where(r => Days is { } days && r.Content.InForce.Overlaps(days)).ToList();
        return then.Count > 1
            ? new Refusal(
                WorkerRows.SeveralHere,
                "/from",
                string.Join(", ", then.Select(r => Domain.Days.Iso(r.Content.From)).Order(StringComparer.Ordinal))
            )
            : then.FirstOrDefault();
    }
}

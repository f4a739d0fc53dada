using System.Collections.Concurrent;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Exports;

/// <summary>Where somebody stands in a sheet.</summary>
/// <param name="Organization">Its name on the clocks of the export.</param>
internal sealed record ExportedPlace(string Organization, AffiliationContent Affiliation);

/// <summary>A worker as known at the export's instant.</summary>
/// <param name="Place">Null where he has none on that day that the caller may know.</param>
internal sealed record ExportedWorker(WorkerRecord Record, WorkerView View, ExportedPlace? Place)
{
    public WorkerContent Content => View.Worker.Content;
}

/// <summary>
/// Where an export is made: for whom, on which clocks, in which form. Who is in it is decided by the query of the list of workers, scope
/// included; what of each is seen, by the rules of the single reads.
/// </summary>
internal sealed class ExportDesk
{
    private readonly ExportCall call;
    private readonly WorkerFilter filter;
    private readonly IReadOnlySet<Guid>? inside;
    private readonly ConcurrentDictionary<Guid, string?> places = [];

    private ExportDesk(ExportCall call, WorkerFilter filter, ReadClocks clocks, SheetForm form, IReadOnlySet<Guid>? inside)
    {
        (this.call, this.filter, this.inside) = (call, filter, inside);
        (Clocks, Form) = (clocks, form);
        Question = new Dictionary<string, string>(call.Given.Where(p => p.Key != "format"))
        {
            ["asOf"] = Days.Iso(clocks.AsOf),
            ["knownAt"] = clocks.KnownAt.ToString(),
        };
    }

    public SignedIn Me => call.Me;

    public PersonalReads Reads => call.Reads;

    public CareerStore Store => call.Store;

    public ReadClocks Clocks { get; }

    public SheetForm Form { get; }

    /// <summary>All that was asked, with the clocks on which it is answered.</summary>
    public IReadOnlyDictionary<string, string> Question { get; }

    /// <param name="faults">What is wrong with the rest of the question, if this framework is asked.</param>
    public static async Task<Outcome<ExportDesk>> OpenAsync(
        ExportCall call,
        WorkerFilter filter,
        Clocks asked,
        SheetForm? format,
        Func<Framework, IReadOnlyList<Refusal>>? faults = null
    )
    {
        var form = call.FormOf(format);
        if (form.IsRefused)
        {
            return form.As<ExportDesk>();
        }
        var resolved = await asked.OnAsync(call.Store);
        if (resolved.IsRefused)
        {
            return resolved.As<ExportDesk>();
        }
        var clocks = resolved.Value;
        List<Refusal> refusals = [.. filter.Faults(clocks.Framework), .. faults?.Invoke(clocks.Framework) ?? []];
        if (filter.Organization is { } place && !call.Me.Knows(call.Store, place))
        {
            refusals.Add(new(RequestRefusals.NoSuchOrganization, "?organization", place));
        }
        if (refusals.Count > 0)
        {
            return refusals;
        }
        IReadOnlySet<Guid>? inside = null;
        if (filter.Organization is { } root)
        {
            await using var context = call.Store.Read();
            inside = (await context.Subtree(root, clocks.AsOf, clocks.KnownAt).ToListAsync()).ToHashSet();
        }
        return new ExportDesk(call, filter, clocks, form.Value, inside);
    }

    /// <summary>Those who are asked for and in the caller's scope: as <see cref="ListWorkers"/> lists them.</summary>
    public IQueryable<WorkerRevisionRow> Workers(CareerContext context) =>
        filter.Of(context, Clocks).In(Me.Scope, context, Clocks.Today);

    /// <summary>A worker of <see cref="Workers"/>.</summary>
    public ExportedWorker Of(RecordConnection connection, WorkerRecord record)
    {
        var view = record.At(Clocks.KnownAt)!;
        return new(record, view, PlaceOf(connection, view));
    }

    /// <summary>The name of an organisation on the clocks; null where the caller does not know it, so that it does not exist for him.</summary>
    public string? NameOf(Guid organization) => Store.Reader.InSnapshot(connection => NameOf(connection, organization));

    /// <summary>
    /// By the affiliation that speaks for him on the day, of those that are asked for: the primary one, else the earliest (design §4). One at an
    /// organisation that the caller may not know is none.
    /// </summary>
    private ExportedPlace? PlaceOf(RecordConnection connection, WorkerView view)
    {
        var known = view
            .Affiliations.Where(a =>
                a.Content.OrganizationId is { } id && inside?.Contains(id) != false && NameOf(connection, id) is not null
            )
            .ToList();
        return PrimaryAffiliation.On(known, Clocks.AsOf) is { Content: var at }
            ? new(NameOf(connection, at.OrganizationId!.Value)!, at)
            : null;
    }

    private string? NameOf(RecordConnection connection, Guid organization) =>
        places.GetOrAdd(
            organization,
            id =>
                Me.Scope.Everything || connection.Covers(Me.Scope, id, Clocks.Today)
                    ? OrganizationHistory.On(connection.ReadOrganization(id), Clocks.AsOf, Clocks.KnownAt)?.Content.Name
                    : null
        );
}

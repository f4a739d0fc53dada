using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Workers;

/// <summary>The names of organisations on the clocks, each read once; null where the caller may not know it.</summary>
internal sealed class OrganizationNames(SignedIn me, ReadClocks clocks)
{
    private readonly Dictionary<Guid, string?> names = [];

    public string? Of(RecordConnection connection, Guid id)
    {
        if (!names.TryGetValue(id, out var name))
        {
            // Who sees everything goes on to see one that was voided since, as it was known: a closed answer never changes.
            name =
                me.Scope.Everything || connection.Covers(me.Scope, id, clocks.Today)
                    ? OrganizationHistory.On(connection.ReadOrganization(id), clocks.AsOf, clocks.KnownAt)?.Content.Name
                    : null;
            names.Add(id, name);
        }
        return name;
    }
}

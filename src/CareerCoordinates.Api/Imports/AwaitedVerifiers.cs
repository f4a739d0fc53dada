using CareerCoordinates.Api.Access;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Imports;

/// <summary>Whom the milestones of a committed import wait for: of its first rows, the nearest unit that has a verifier for each.</summary>
internal static class AwaitedVerifiers
{
    /// <summary>An import is mostly about one unit: a few rows tell it, and the answer stays quick.</summary>
    private const int RowsLooked = 40;

    /// <summary>Units that are named; more are told as "others".</summary>
    private const int Named = 3;

    /// <returns>Null where nothing waits; empty where nobody may verify.</returns>
    public static IReadOnlyList<Name>? Of(RecordConnection connection, CareerStore store, SignedIn me, Import import)
    {
        if (import is not { State: ImportState.Committed, Kind: ImportKind.Milestones })
        {
            return null;
        }
        var today = store.Today();
        var isWaiting = false;
        var units = new List<Name>();
        foreach (var item in connection.ReadItems(import.Id, RowsLooked))
        {
            if (
                item.WorkerId is not { } workerId
                || connection.ReadWorker(workerId) is not { } record
                || record.RevisionsOf(item.ThingId) is not [.., { State: MilestoneState.Submitted } newest] history
                || !store.Frameworks.Current.MilestoneTypes.TryGetValue(newest.Content.Type, out var type)
            )
            {
                continue;
            }
            isWaiting = true;
            var found = connection.FindNearestVerifier(
                record,
                type.VerifiedBy,
                FourEyesRule.RecordersOfContent(history),
                me.MayBeJudgedBy(connection, type, today),
                today
            );
            if (found is var (_, unit))
            {
                units.Add(
                    unit is null
                        ? new("负责全部单位的核验人员", "the verifiers of the whole district")
                        : new($"{unit}的核验人员", $"the verifiers of {unit}")
                );
            }
        }
        var named = units.Distinct().ToList();
        return !isWaiting ? null
            : named.Count <= Named ? named
            :
            [
                .. named.Take(Named),
                new($"其他 {named.Count - Named} 个单位的核验人员", $"those of {named.Count - Named} more units"),
            ];
    }
}

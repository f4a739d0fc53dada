using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Grid;

/// <summary>The worker whom a question about the grid concerns, with the two clocks on which it is answered.</summary>
public sealed record GridSubject(Guid WorkerId, WorkerView Record, ReadClocks Clocks)
{
    /// <summary>Refused where there is no such worker at that instant, or where he was voided by then.</summary>
    public static async ValueTask<Outcome<GridSubject>> FindAsync(
        CareerStore store,
        Guid workerId,
        Clocks asked,
        bool withAffiliations = false
    )
    {
        var clocks = await asked.OnAsync(store);
        if (clocks.IsRefused)
        {
            return clocks.As<GridSubject>();
        }
        var record = withAffiliations ? store.Reader.ReadWorker(workerId) : store.Reader.ReadMilestones(workerId);
        return record?.At(clocks.Value.KnownAt) switch
        {
            null => new Refusal(WorkerRules.UnknownWorker, "", workerId),
            { Worker.Voided: true } => new Refusal(WorkerRules.VoidedNothingToShow, ""),
            { } view => new GridSubject(workerId, view, clocks.Value),
        };
    }

    public DateOnly? CareerStart => Record.Worker.Content.CareerStart;
}

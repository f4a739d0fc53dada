using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Erasures;

/// <summary>
/// The erasure itself, as an approval and as the command <c>worker erase</c> carry it out. Whoever runs the command could do anything with
/// the database anyway, so it asks nobody else.
/// </summary>
public static class EraseWorker
{
    public const string NotSwept =
        "The person is erased, but the database's file could not be written anew (the disk is full, or a reader held on to it): deleted bytes may stay in it. Make room and run 'VACUUM' on it by sqlite3 while the program does not run.";

    private const string By = "command line";

    /// <exception cref="SettingException">It is refused; the words say why.</exception>
    public static async Task RunAsync(CareerStore store, Guid workerId, string reason)
    {
        var erased = await store.Gate.RunAsync(tx =>
        {
            // What an administrator asked for before is hereby decided.
            var asked = tx.Connection.FindErasureAsked(workerId) is { } open
                ? open
                : AskErasure.Ask(tx, store.Key, workerId, reason, By);
            if (asked.IsRefused)
            {
                return asked;
            }
            tx.Audit(By, "eraseWorker", workerId);
            return Carry(tx, store, asked.Value, By);
        });
        if (erased.IsRefused)
        {
            throw new SettingException(erased.Refusals[0].En);
        }
        var swept = await store.SweepAsync();
        await Console.Error.WriteLineAsync(
            swept ? $"The worker {workerId} is erased. Backups made before still hold the person." : NotSwept
        );
    }

    internal static Outcome<Erasure> Carry(RecordTransaction tx, CareerStore store, Erasure asked, string by)
    {
        if (store.Key is not { } key)
        {
            return new Refusal(ErasureRules.NeedsKey, "");
        }
        var record = AskErasure.Find(tx, asked.WorkerId);
        return record.IsRefused
            ? record.As<Erasure>()
            : PersonErasure.Carry(tx, key, record.Value, asked, [.. store.Frameworks.Versions.Select(v => v.Framework)], by);
    }
}

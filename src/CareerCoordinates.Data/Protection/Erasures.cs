using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Protection;

public enum ErasureState
{
    /// <summary>Another administrator is to decide.</summary>
    Asked,
    Refused,
    Erased,
}

/// <summary>That a person be erased: who asked and why, who decided and when.</summary>
public sealed record Erasure(
    Guid Id,
    Guid WorkerId,
    ErasureState State,
    string Reason,
    Instant AskedAt,
    string AskedBy,
    Instant? DecidedAt = null,
    string? DecidedBy = null,
    string? DecisionReason = null
);

/// <summary>Requests to erase a person. They stay, and each is decided once; <see cref="PersonErasure"/> carries one out.</summary>
public static class Erasures
{
    /// <summary>While it stands so, within one transaction, the triggers let what identifies the person be blanked.</summary>
    private const string UnderWay = "erasing";

    private static readonly string Select = $"SELECT {ProtectionTables.Erasures.Names} FROM erasures";

    public static Erasure? FindErasure(this RecordConnection connection, Guid id) =>
        connection
            .Prepared(Select + " WHERE erasure_id = @p0", ColumnKind.Id)
            .Read(connection.Transaction, Read, id)
            .FirstOrDefault();

    /// <summary>The request about a worker that awaits a decision, or null.</summary>
    public static Erasure? FindErasureAsked(this RecordConnection connection, Guid workerId) =>
        connection
            .Prepared(Select + " WHERE worker_id = @p0 AND state = 'asked'", ColumnKind.Id)
            .Read(connection.Transaction, Read, workerId)
            .FirstOrDefault();

    /// <summary>From the newest back, before <paramref name="before"/>.</summary>
    public static IReadOnlyList<Erasure> ListErasures(this RecordConnection connection, Guid? before, int most) =>
        connection
            .Prepared(Select + " WHERE erasure_id < @p0 ORDER BY erasure_id DESC LIMIT @p1", ColumnKind.Id, ColumnKind.Int)
            .Read(connection.Transaction, Read, before ?? Guid.AllBitsSet, most);

    public static void Add(this RecordTransaction tx, Erasure erasure) =>
        tx.Execute(
            ProtectionTables.Erasures.InsertSql,
            ProtectionTables.Erasures.Kinds,
            erasure.Id,
            erasure.WorkerId,
            Codes<ErasureState>.Of(erasure.State),
            erasure.Reason,
            erasure.AskedAt.Microseconds,
            erasure.AskedBy,
            erasure.DecidedAt?.Microseconds,
            erasure.DecidedBy,
            erasure.DecisionReason
        );

    /// <summary>Writes down what was decided; what is to be erased is under way until <see cref="PersonErasure"/> has done it.</summary>
    public static Erasure Decide(this RecordTransaction tx, Erasure asked, ErasureState state, string by, string? reason = null)
    {
        var decided = asked with { State = state, DecidedAt = tx.RecordedAt, DecidedBy = by, DecisionReason = reason };
        tx.Execute(
            "UPDATE erasures SET state = @p0, decided_at = @p1, decided_by = @p2, decision_reason = @p3 WHERE erasure_id = @p4",
            [ColumnKind.Text, ColumnKind.Big, ColumnKind.Text, ColumnKind.Text, ColumnKind.Id],
            state == ErasureState.Erased ? UnderWay : Codes<ErasureState>.Of(state),
            tx.RecordedAt.Microseconds,
            by,
            reason,
            asked.Id
        );
        return decided;
    }

    private static Erasure Read(Row row) =>
        new(
            row.Id(),
            row.Id(),
            Codes<ErasureState>.Parse(row.Text()),
            row.Text(),
            row.Instant(),
            row.Text(),
            row.InstantOrNull(),
            row.TextOrNull(),
            row.TextOrNull()
        );
}

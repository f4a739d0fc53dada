using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Imports;

/// <summary>What a verifier looks at of an import before he verifies the rest with it.</summary>
/// <param name="Waiting">Milestones of the import that he could verify when it was drawn.</param>
/// <param name="Milestones">Those of them that were drawn; more may be added, none is taken out.</param>
/// <param name="Basis">With what he compared them; null until he verified the rest.</param>
/// <param name="Verified">Milestones that were verified by it, the sample's own among them.</param>
public sealed record ImportSample(
    Guid ImportId,
    Guid AccountId,
    string Account,
    int Waiting,
    IReadOnlyList<Guid> Milestones,
    Instant DrawnAt,
    string? Basis,
    int Verified,
    Instant? VerifiedAt
);

/// <summary>One of each verifier for an import. They are kept when the import is forgotten.</summary>
public static class ImportSamples
{
    private static readonly string Select = $"SELECT {ImportTables.Samples.Names} FROM import_samples";

    private static readonly string KeepSql = $"""
        {ImportTables.Samples.InsertSql}
        ON CONFLICT (import_id, account_id) DO UPDATE SET waiting = excluded.waiting, milestones = excluded.milestones,
        drawn_at = excluded.drawn_at, basis = excluded.basis, verified = excluded.verified, verified_at = excluded.verified_at
        """;

    public static ImportSample? FindSample(this RecordConnection connection, Guid importId, Guid accountId) =>
        connection
            .Prepared(Select + " WHERE import_id = @p0 AND account_id = @p1", ColumnKind.Id, ColumnKind.Id)
            .Read(connection.Transaction, Read, importId, accountId)
            .FirstOrDefault();

    public static void Keep(this RecordTransaction tx, ImportSample sample) =>
        tx.Execute(
            KeepSql,
            ImportTables.Samples.Kinds,
            sample.ImportId,
            sample.AccountId,
            sample.Account,
            sample.Waiting,
            JsonSerializer.Serialize(sample.Milestones),
            sample.DrawnAt.Microseconds,
            sample.Basis,
            sample.Verified,
            sample.VerifiedAt?.Microseconds
        );

    private static ImportSample Read(Row row) =>
        new(
            row.Id(),
            row.Id(),
            row.Text(),
            row.Int(),
            JsonSerializer.Deserialize<List<Guid>>(row.Text())!,
            row.Instant(),
            row.TextOrNull(),
            row.Int(),
            row.InstantOrNull()
        );
}

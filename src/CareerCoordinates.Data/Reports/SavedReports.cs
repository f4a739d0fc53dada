using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>A question that an account has saved, and by what its answer is known again.</summary>
/// <param name="AccountId">Whose it is; nobody else sees it.</param>
/// <param name="Report">The report's name, such as <c>positions</c>.</param>
/// <param name="Parameters">All of them, with the days and the closed <c>knownAt</c> to which they are pinned.</param>
/// <param name="Language">Of the texts in the answer, a tag such as <c>zh-CN</c>.</param>
/// <param name="AnswerHash">SHA-256 of the answer as JSON.</param>
/// <param name="Scope">The roots of the subtrees that were counted.</param>
/// <param name="Program">The version of the program that answered.</param>
public sealed record SavedReport(
    Guid AccountId,
    Guid Id,
    string Name,
    string Report,
    IReadOnlyDictionary<string, string> Parameters,
    string Language,
    byte[] AnswerHash,
    string Scope,
    int FrameworkVersion,
    string Program,
    Instant SavedAt
)
{
    /// <summary>The instant to which the answer is pinned.</summary>
    public Instant KnownAt => Instant.TryParse(Parameters["knownAt"], out var instant) ? instant : default;
}

/// <summary>Questions saved with the hash of their answers. They are never changed; their account may delete them.</summary>
public static class SavedReports
{
    private static readonly string Select = $"SELECT {ReportTables.SavedReports.Names} FROM saved_reports WHERE account_id = @p0";

    public static SavedReport? FindSavedReport(this RecordConnection connection, Guid accountId, Guid id) =>
        connection
            .Prepared(Select + " AND saved_report_id = @p1", ColumnKind.Id, ColumnKind.Id)
            .Read(connection.Transaction, Read, accountId, id)
            .FirstOrDefault();

    /// <summary>The newest first, from before <paramref name="before"/> on.</summary>
    public static IReadOnlyList<SavedReport> ListSavedReports(
        this RecordConnection connection,
        Guid accountId,
        Guid? before,
        int most
    ) =>
        connection
            .Prepared(
                Select + " AND saved_report_id < @p1 ORDER BY saved_report_id DESC LIMIT @p2",
                ColumnKind.Id,
                ColumnKind.Id,
                ColumnKind.Int
            )
            .Read(connection.Transaction, Read, accountId, before ?? Guid.AllBitsSet, most);

    public static int CountSavedReports(this RecordConnection connection, Guid accountId) =>
        Convert.ToInt32(
            connection
                .Prepared("SELECT count(*) FROM saved_reports WHERE account_id = @p0", ColumnKind.Id)
                .Scalar(connection.Transaction, accountId),
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>Whether anybody was erased since.</summary>
    public static bool WasAnybodyErasedSince(this RecordConnection connection, Instant since) =>
        connection
            .Prepared("SELECT 1 FROM erasures WHERE state = 'erased' AND decided_at > @p0 LIMIT 1", ColumnKind.Big)
            .Scalar(connection.Transaction, since.Microseconds)
            is not null;

    public static void Add(this RecordTransaction tx, SavedReport saved) =>
        tx.Execute(
            ReportTables.SavedReports.InsertSql,
            ReportTables.SavedReports.Kinds,
            saved.AccountId,
            saved.Id,
            saved.Name,
            saved.Report,
            JsonSerializer.Serialize(saved.Parameters),
            saved.Language,
            saved.AnswerHash,
            saved.Scope,
            saved.FrameworkVersion,
            saved.Program,
            saved.SavedAt.Microseconds
        );

    public static void DeleteSavedReport(this RecordTransaction tx, Guid accountId, Guid id) =>
        tx.Execute(
            "DELETE FROM saved_reports WHERE account_id = @p0 AND saved_report_id = @p1",
            [ColumnKind.Id, ColumnKind.Id],
            accountId,
            id
        );

    private static SavedReport Read(Row row) =>
        new(
            row.Id(),
            row.Id(),
            row.Text(),
            row.Text(),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text())!,
            row.Text(),
            row.Bytes(),
            row.Text(),
            row.Int(),
            row.Text(),
            row.Instant()
        );
}

namespace CareerCoordinates.Api.Imports;

/// <summary>What was begun, or why not, in words.</summary>
internal sealed record BegunImport(ImportBody? Import, IReadOnlyList<string> Refusals);

/// <summary>Where the command <c>import</c> has its work done: at the database itself, or at a server.</summary>
internal interface IImportDesk : IAsyncDisposable
{
    Task<BegunImport> StartAsync(AskedImport asked, CancellationToken cancellation);

    Task<ImportBody> FindAsync(Guid import);

    Task<BegunImport> CommitAsync(Guid import, RefusedRows refused);

    Task<BegunImport> UndoAsync(Guid import);

    Task CancelAsync(Guid import);

    Task CopyResultAsync(Guid import, Stream target);
}

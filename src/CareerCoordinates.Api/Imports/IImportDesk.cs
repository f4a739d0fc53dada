using CareerCoordinates.Api.Hosting;

namespace CareerCoordinates.Api.Imports;

/// <summary>What was begun, or why not.</summary>
internal sealed record BegunImport(ImportBody? Import, CommandRefusal? Refusal);

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

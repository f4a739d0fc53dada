using System.Runtime.InteropServices;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Ctrl-C or a polite kill asks the work to stop. Asked a second time, the process ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PosixSignalRegistration interrupted;
    private readonly PosixSignalRegistration terminated;

    public Interruption()
    {
        interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => stopping.Token;

    public void Dispose()
    {
        interrupted.Dispose();
        terminated.Dispose();
        stopping.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = !stopping.IsCancellationRequested;
        stopping.Cancel();
    }
}

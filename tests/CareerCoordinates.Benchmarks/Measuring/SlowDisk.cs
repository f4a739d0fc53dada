using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CareerCoordinates.Benchmarks.Measuring;

/// <summary>
/// A disk that takes longer than this one: every sync of SQLite, whoever asks for it, takes at least so long. The file system of SQLite is
/// changed in place, before its first use and for as long as the process runs.
/// </summary>
internal static unsafe partial class SlowDisk
{
    // Places in sqlite3_vfs and sqlite3_io_methods, in words; version 3 of the latter has a number and 18 functions.
    private const int OpenOfVfs = 5;
    private const int SyncOfFile = 5;
    private const int WordsOfFile = 19;

    private static readonly Lock Making = new();
    private static readonly Dictionary<nint, nint> SlowOf = [];
    private static TimeSpan atLeast;
    private static delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, int> open;
    private static delegate* unmanaged[Cdecl]<nint, int, int> sync;

    public static void Begin(TimeSpan syncTakes)
    {
        SQLitePCL.Batteries_V2.Init();
        atLeast = syncTakes;
        var system = (nint*)FindVfs(null);
        open = (delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, int>)system[OpenOfVfs];
        system[OpenOfVfs] = (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, int>)&Open;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(nint vfs, nint name, nint file, int flags, nint flagsOut)
    {
        var result = open(vfs, name, file, flags, flagsOut);
        var methods = (nint*)file;
        if (*methods != 0)
        {
            *methods = Slow(*methods);
        }
        return result;
    }

    private static nint Slow(nint methods)
    {
        lock (Making)
        {
            if (!SlowOf.TryGetValue(methods, out var slow))
            {
                slow = (nint)NativeMemory.Alloc(WordsOfFile, (nuint)sizeof(nint));
                NativeMemory.Copy((void*)methods, (void*)slow, (nuint)(WordsOfFile * sizeof(nint)));
                sync = (delegate* unmanaged[Cdecl]<nint, int, int>)((nint*)methods)[SyncOfFile];
                ((nint*)slow)[SyncOfFile] = (nint)(delegate* unmanaged[Cdecl]<nint, int, int>)&Sync;
                SlowOf.Add(methods, slow);
            }
            return slow;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint file, int flags)
    {
        var began = Stopwatch.GetTimestamp();
        var result = sync(file, flags);
        var left = atLeast - Stopwatch.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            _ = Sleep((uint)left.TotalMicroseconds);
        }
        return result;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint FindVfs(string? name);

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);
}

using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>Collections of a .NET process since it was attached to, told by the runtime itself.</summary>
internal sealed class GarbageCollections : IDisposable
{
    // The session's memory is the measured process's.
    private const int BufferMebibytes = 4;

    private readonly EventPipeSession _session;
    private readonly Task _reading;
    private double _suspendedAt;
    private int _collections;
    private double _pausedMilliseconds;

    public GarbageCollections(int process)
    {
        _session = new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC)],
            requestRundown: false, BufferMebibytes);
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How often, and how long everything stood still for it.</summary>
    public Totals Now => new(Volatile.Read(ref _collections), Volatile.Read(ref _pausedMilliseconds));

    public void Dispose()
    {
        // Ends with the process, whichever is first.
        _session.Dispose();
        _reading.Wait(TimeSpan.FromSeconds(5));
    }

    private void Read()
    {
        try
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Clr.GCStart += _ => _collections++;
            source.Clr.GCSuspendEEStart += pause => _suspendedAt = pause.Reason is GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep ? pause.TimeStampRelativeMSec : 0;
            source.Clr.GCRestartEEStop += pause =>
            {
                if (_suspendedAt > 0)
                {
                    Volatile.Write(ref _pausedMilliseconds, _pausedMilliseconds + pause.TimeStampRelativeMSec - _suspendedAt);
                    _suspendedAt = 0;
                }
            };
            source.Process();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or EndOfStreamException or FormatException)
        {
            // The process or the session has ended in the middle of an event.
        }
    }

    /// <summary>How many collections there were, of any generation, and the pauses they made.</summary>
    internal sealed record Totals(int Collections, double PausedMilliseconds);
}

using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Bed;

/// <summary>A place for one operator process after another, with all they ever wrote.</summary>
internal sealed class OperatorSlot(string name, TestBed bed) : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly List<GuardedProcess> _processes = [];
    private bool _runs;

    public string Name => name;

    /// <summary>How many processes were started here.</summary>
    public int Starts => _processes.Count;

    /// <summary>Number of the process that runs now; null when none does.</summary>
    public int? Process => _runs && !_processes[^1].HasExited ? _processes[^1].Id : null;

    /// <summary>True when the process that should run has ended by itself.</summary>
    public bool HasCrashed => _runs && _processes[^1].HasExited;

    /// <summary>What each process wrote, by a name for it.</summary>
    public IEnumerable<(string Process, string Output)> Outputs => _processes.Select((process, index) => ($"{name}{index + 1}", process.Output));

    public void Start()
    {
        _processes.Add(OperatorProgram.UnderTest.Start(bed.OperatorEnvironment(), bed.Folder));
        _runs = true;
    }

    /// <summary>kill -9: nothing is finished, nothing released.</summary>
    public Task KillAsync()
    {
        _runs = false;
        return _processes[^1].KillAsync();
    }

    /// <summary>SIGTERM; gives the exit code, null when it had to be killed.</summary>
    public async Task<int?> StopAsync()
    {
        _runs = false;
        _processes[^1].Signal("TERM");
        try
        {
            return await _processes[^1].WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            await _processes[^1].KillAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}

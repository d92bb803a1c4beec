using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Phases;

/// <summary>Reads everything that is counted of the operator and of all that works around it.</summary>
internal sealed class Meters(ServerFleet fleet, FleetDriver driver, TimeProvider time) : IDisposable
{
    private const string Driver = "this driver";

    private readonly HttpClient _client = new();
    private OperatorUnderTest? _operator;
    private GarbageCollections? _collections;

    /// <summary>Reads this operator from now on; before, none had used anything.</summary>
    public void Use(OperatorUnderTest @operator) => _operator = @operator;

    /// <summary>Listens to the operator's garbage collector from now on.</summary>
    public void AttachCollections() => _collections = new GarbageCollections(_operator!.Id);

    /// <summary>The operator is about to end.</summary>
    public void Release()
    {
        _collections?.Dispose();
        (_operator, _collections) = (null, null);
    }

    /// <summary>Everything at the start of a phase: what reading costs the operator is not the phase's.</summary>
    public async Task<Reading> StartAsync()
    {
        var requests = await RequestsAsync();
        return Read() with { Requests = requests };
    }

    /// <summary>Everything at the end of a phase.</summary>
    public async Task<Reading> EndAsync()
    {
        var reading = Read();
        return reading with { Requests = await RequestsAsync() };
    }

    public void Dispose()
    {
        Release();
        _client.Dispose();
    }

    private async Task<Requests> RequestsAsync() => new(
        _operator is null ? RequestCounts.None : RequestCounts.OfKubernetes(await _operator.MetricsAsync()),
        fleet.IsSandbox ? await RequestCounts.OfServersAsync(fleet.Clusters) : null,
        await RequestCounts.OfCleverApiAsync(_client, fleet.CleverCounts));

    private Reading Read() => new(
        time.GetTimestamp(),
        _operator is null ? ProcessUsage.None : ProcessUsage.Read(_operator.Id),
        _collections?.Now,
        fleet.Processes.Select(same => (Program: same.Key, Cpu: same.Sum(ProcessUsage.CpuSecondsOf)))
            .Append((Driver, ProcessUsage.CpuSecondsOf(Environment.ProcessId))).ToDictionary(),
        driver.Resumes,
        Requests.None);
}

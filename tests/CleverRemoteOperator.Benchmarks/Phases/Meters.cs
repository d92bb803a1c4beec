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

    /// <summary>Reads this operator from now on; before, none had used anything.</summary>
    public void Use(OperatorUnderTest @operator) => _operator = @operator;

    /// <summary>The operator is about to end.</summary>
    public void Release() => _operator = null;

    /// <summary>Everything at the start of a phase: what reading costs the operator is not the phase's.</summary>
    public async Task<Reading> StartAsync()
    {
        var counted = await CountedAsync(Uncounted());
        return Uncounted() with { Collections = counted.Collections, Requests = counted.Requests };
    }

    /// <summary>Everything at the end of a phase.</summary>
    public Task<Reading> EndAsync() => CountedAsync(Uncounted());

    public void Dispose() => _client.Dispose();

    private async Task<Reading> CountedAsync(Reading reading)
    {
        var page = _operator is null ? null : await _operator.MetricsAsync();
        return reading with
        {
            Collections = page is null ? null : GarbageCollections.Of(page),
            Requests = new(
                page is null ? RequestCounts.None : RequestCounts.OfKubernetes(page),
                fleet.IsSandbox ? await RequestCounts.OfServersAsync(fleet.Clusters) : null,
                await RequestCounts.OfCleverApiAsync(_client, fleet.CleverCounts)),
        };
    }

    private Reading Uncounted() => new(
        time.GetTimestamp(),
        _operator is null ? ProcessUsage.None : ProcessUsage.Read(_operator.Id),
        null,
        fleet.Processes.Select(same => (Program: same.Key, Cpu: same.Sum(ProcessUsage.CpuSecondsOf)))
            .Append((Driver, ProcessUsage.CpuSecondsOf(Environment.ProcessId))).ToDictionary(),
        driver.Resumes,
        Requests.None);
}

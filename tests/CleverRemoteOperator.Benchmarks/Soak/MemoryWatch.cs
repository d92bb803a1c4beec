using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Looks every second how much memory the operators take.</summary>
internal sealed class MemoryWatch(IReadOnlyList<OperatorSlot> slots, TimeProvider time)
{
    private const double MostMebibytes = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, double> _peaks = [];

    /// <summary>The most any process took, in MiB.</summary>
    public double Peak => _peaks.Values.DefaultIfEmpty().Max();

    /// <summary>Processes that took too much.</summary>
    public IEnumerable<Violation> Violations => _peaks.Where(peak => peak.Value > MostMebibytes)
        .Select(peak => new Violation(ViolationKind.TooMuchMemory, "", peak.Key, $"{peak.Key} took {peak.Value:0} MiB; allowed: {MostMebibytes:0}"));

    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(Interval, time, token);
            foreach (var slot in slots)
            {
                Look($"{slot.Name}{slot.Starts}", slot.Process);
            }
        }
    }

    private void Look(string name, int? process)
    {
        try
        {
            if (process is { } id)
            {
                _peaks[name] = ProcessUsage.Read(id).Peak;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            // It ended meanwhile.
        }
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>What a run was measured on; figures of different machines cannot be compared.</summary>
/// <param name="Load">How many processes wanted to run in the minute before: well above 0 means that somebody else was measured too.</param>
internal sealed record Machine(int Cores, string Processor, double MemoryGibibytes, string Kernel, string Runtime, double Load)
{
    public static Machine Describe() => new(
        Environment.ProcessorCount,
        ValueIn("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Math.Round(double.Parse(ValueIn("/proc/meminfo", "MemTotal")!.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024, 1),
        $"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}",
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() =>
        $"{Cores} cores ({Processor}), {MemoryGibibytes.ToString(CultureInfo.InvariantCulture)} GiB, {Kernel}, {Runtime}, load {Load.ToString(CultureInfo.InvariantCulture)} before";

    private static string? ValueIn(string file, string key) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}

using System.Globalization;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>What a process has used until now, as <c>/proc</c> tells.</summary>
/// <param name="Resident">Resident memory now, in MiB.</param>
/// <param name="Peak">The most it ever was.</param>
internal sealed record ProcessUsage(double CpuSeconds, double Resident, double Peak, int Threads, int Sockets)
{
    // The kernel's USER_HZ, which is 100 wherever .NET runs.
    private const double TicksPerSecond = 100;

    private const int UserTime = 11;
    private const int SystemTime = 12;

    /// <summary>Of a process that does not run yet.</summary>
    public static ProcessUsage None { get; } = new(0, 0, 0, 0, 0);

    public static ProcessUsage Read(int process)
    {
        var folder = $"/proc/{process}";
        var status = File.ReadLines($"{folder}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        return new(CpuSecondsOf(process), MebibytesIn(status["VmRSS"]), MebibytesIn(status["VmHWM"]), int.Parse(status["Threads"], CultureInfo.InvariantCulture), SocketsIn(folder));
    }

    public static double CpuSecondsOf(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        // The name in brackets may hold anything, even brackets and blanks.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static double MebibytesIn(string text) => long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) / 1024d;

    private static int SocketsIn(string folder) => Directory.GetFiles($"{folder}/fd").Count(IsSocket);

    private static bool IsSocket(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed between the listing and now.
            return false;
        }
    }
}

namespace CleverRemoteOperator.Benchmarks.Bed;

/// <summary>Keeps what the operators wrote, for whoever looks into a failure.</summary>
internal static class OperatorLogs
{
    /// <summary>Writes one file a process into a new folder, and gives the folder.</summary>
    public static async Task<string> SaveAsync(IEnumerable<(string Process, string Output)> outputs)
    {
        var folder = Directory.CreateTempSubdirectory("operator-logs-").FullName;
        foreach (var (process, output) in outputs)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{process}.log"), output);
        }

        return folder;
    }
}

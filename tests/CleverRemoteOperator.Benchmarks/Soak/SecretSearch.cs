namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Searches what the operators wrote for every secret of the run.</summary>
internal static class SecretSearch
{
    public static IEnumerable<Violation> Run(IEnumerable<(string Process, string Output)> outputs, IReadOnlyCollection<string> secrets) =>
        from output in outputs
        from line in output.Output.Split('\n')
        let secret = secrets.FirstOrDefault(secret => line.Contains(secret, StringComparison.Ordinal))
        where secret is not null
        select new Violation(ViolationKind.LoggedSecret, "", secret, $"{output.Process} wrote: {line}");
}

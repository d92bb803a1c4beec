using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Phases;

/// <summary>Everything that was counted until one moment.</summary>
/// <param name="Collections">Null while no operator runs.</param>
/// <param name="CpuOfOthers">CPU seconds by program.</param>
/// <param name="Resumes">How often watches of the driver had to go on after a server ended them.</param>
internal sealed record Reading(
    long At, ProcessUsage Operator, GarbageCollections? Collections, IReadOnlyDictionary<string, double> CpuOfOthers, int Resumes, Requests Requests);

/// <summary>All requests of the operator.</summary>
/// <param name="Kubernetes">As the operator itself counts them.</param>
/// <param name="Servers">As the clusters count them; null where they do not.</param>
internal sealed record Requests(RequestCounts Kubernetes, RequestCounts? Servers, RequestCounts Clever)
{
    public static Requests None { get; } = new(RequestCounts.None, null, RequestCounts.None);

    /// <summary>What was counted since then.</summary>
    public Requests Since(Requests before) => new(
        Kubernetes.Since(before.Kubernetes), before.Servers is { } counted ? Servers?.Since(counted) : null, Clever.Since(before.Clever));
}

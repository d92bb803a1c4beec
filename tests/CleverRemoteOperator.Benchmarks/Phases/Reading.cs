using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Phases;

/// <summary>Everything that was counted until one moment.</summary>
/// <param name="Collections">Null while nobody listens.</param>
/// <param name="CpuOfOthers">CPU seconds by program.</param>
internal sealed record Reading(
    long At, ProcessUsage Operator, GarbageCollections.Totals? Collections, IReadOnlyDictionary<string, double> CpuOfOthers, RequestCounts Kubernetes, RequestCounts Clever);

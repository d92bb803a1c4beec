using CleverRemoteOperator.Kubernetes;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// Lists and watches one type of object for ever: keeps <see cref="Store"/> true and tells every change once.
/// Nothing the network or the server does ends it.
/// </summary>
/// <param name="slots">Those of the cluster.</param>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class ResourceWatch<T>(
    ICluster cluster, WatchScope scope, ObjectFormat<T> format, ListSlots slots, TimeProvider time, Func<double> random, ILogger logger)
    where T : class, INamespacedObject
{
    public WatchScope Scope => scope;

    /// <summary>What is known now; complete once <see cref="WatchStatus.Synced"/>.</summary>
    public ResourceStore<T> Store { get; } = new();

    /// <summary>Where the watch is; never null, may be read from any thread.</summary>
    public WatchStatus Status { get; private set; } = new(WatchState.Stopped, time.GetUtcNow(), false, null, null);

    /// <summary>
    /// Runs until cancelled, then ends quietly. <paramref name="handler"/> is called for one event after the other, after the store
    /// was changed; it must be quick, as the stream waits for it, and what it throws ends the watch.
    /// </summary>
    public Task RunAsync(Action<WatchEvent<T>> handler, CancellationToken token) =>
        throw new NotImplementedException($"{cluster} {format} {slots} {random} {logger}");
}

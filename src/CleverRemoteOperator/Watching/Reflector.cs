using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Watching;

/// <summary>
/// Lists and watches one type of object for ever: keeps <see cref="Store"/> true and tells every change once.
/// Nothing the network, the server or a handler does ends it.
/// </summary>
/// <param name="slots">Those of the cluster.</param>
/// <param name="random">Gives numbers from 0 to below 1.</param>
/// <param name="limits">Those of the cluster; null for some of its own.</param>
internal sealed partial class Reflector<T>(
    ICluster cluster, WatchScope scope, ObjectFormat<T> format, ListSlots slots, TimeProvider time, Func<double> random, ILogger logger,
    ClusterLimits? limits = null)
    where T : class, INamespacedObject
{
    private readonly WatchProgress _progress = new(time);
    private readonly WatchReading<T> _reading = new(cluster, scope, format, time, random, limits ?? new ClusterLimits(time));
    private readonly WatchBackoff _backoff = new(time, random);
    private readonly Wakening _wakening = new(time, random);
    private bool _listsByPages;
    private string? _told;

    public WatchScope Scope => scope;

    /// <summary>What is known now; complete once <see cref="WatchStatus.Synced"/>.</summary>
    public ResourceStore<T> Store { get; } = new(memory: limits?.Memory, smaller: format.Smaller);

    /// <summary>Where the watch is; may be read from any thread.</summary>
    public WatchStatus Status => _progress.Status;

    /// <summary>Whether what the watch knows of a namespace can be relied on.</summary>
    public bool IsReliableIn(string @namespace) => Status is { Synced: true, State: not WatchState.Forbidden } && Store.IsComplete(@namespace);

    /// <summary>The server answers again: what waits after a failure tries again at once.</summary>
    public void Wake() => _wakening.Wake();

    /// <summary>
    /// Runs until cancelled, then ends quietly. <paramref name="handler"/> is called for one event after the other, after the store
    /// was changed; it must be quick, as the stream waits for it; after one that throws all is listed anew.
    /// </summary>
    public async Task RunAsync(Action<WatchEvent<T>> handler, CancellationToken token)
    {
        try
        {
            while (true)
            {
                await StepAsync(handler, token);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            _progress.Enter(WatchState.Stopped);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What nobody foresaw must not silently end a watch: logged, and tried again with back-off.")]
    private async Task StepAsync(Action<WatchEvent<T>> handler, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            if (_progress.Position is { } position && !Store.HasRoomAgain)
            {
                await _reading.StreamAsync(position, new StoreUpdates<T>(Store, handler, Synced, TellRoom), _progress, token);
            }
            else
            {
                await ListAsync(handler, token);
            }
        }
        catch (KubernetesApiException failure)
        {
            await WaitAsync(failure, token);
        }
        catch (Exception failure) when (!token.IsCancellationRequested)
        {
            LogUnforeseen(cluster.Id, scope, failure);
            await WaitAsync(new KubernetesApiException($"unexpected error: {failure.GetType().Name}", null, FailureReason.Unreadable, failure), token);
        }
    }

    private async Task ListAsync(Action<WatchEvent<T>> handler, CancellationToken token)
    {
        if (Status.LastError is null)
        {
            _progress.Enter(WatchState.Listing);
        }

        using var slot = await slots.TakeAsync(token);
        var updates = new StoreUpdates<T>(Store, handler, () =>
        {
            // The stream may go on for long after its list is complete.
            slot.Dispose();
            Synced();
        }, TellRoom);
        if (!_listsByPages)
        {
            try
            {
                await _reading.StreamAsync(null, updates, _progress, token);
                return;
            }
            catch (KubernetesApiException failure) when (updates.IsListing && failure.Means(FailureMeaning.RefusesStreamedList))
            {
                _listsByPages = true;
                LogPages(cluster.Id, scope, failure.Message);
            }
        }

        await _reading.ListAsync(updates, _progress, token);
    }

    private void Synced()
    {
        _told = null;
        _progress.Synced();
        TellRoom();
    }

    private void TellRoom()
    {
        var was = Status.NotKept;
        _progress.Keeps(Store.Problem);
        if (was is null != Store.Problem is null)
        {
            LogRoom(Store.Problem is null ? LogLevel.Information : LogLevel.Error, cluster.Id, scope, Store.Problem ?? "all objects fit in memory again");
        }
    }

    private async Task WaitAsync(KubernetesApiException failure, CancellationToken token)
    {
        _progress.Failed(failure);
        // A type whose definition is new answers 429 for some seconds: it is watched as soon as it can be.
        var longest = !Status.IsLasting && failure.Means(FailureMeaning.Busy) && failure.AskedFor > TimeSpan.Zero ? failure.AskedFor : failure.LongestBackoff;
        var delay = _backoff.Next(longest, failure.AskedFor);
        var level = !Status.IsLasting || _told == failure.Message ? LogLevel.Debug
            // A type whose definition is new has its server ask for patience first: nothing to worry about.
            : failure.Means(FailureMeaning.Busy) ? LogLevel.Information : LogLevel.Warning;
        _told = Status.IsLasting ? failure.Message : _told;
        LogFailed(level, cluster.Id, scope, failure.Message, delay.TotalSeconds);
        if (Status.State == WatchState.BackingOff && failure.AskedFor == TimeSpan.Zero)
        {
            await _wakening.DelayAsync(delay, token);
        }
        else
        {
            await Task.Delay(delay, time, token);
        }
    }

    [LoggerMessage(EventId = 200, Message = "{Cluster}: watch of {Scope} failed, next try in {Delay:0.0} s: {Error}")]
    private partial void LogFailed(LogLevel level, ClusterId cluster, WatchScope scope, string error, double delay);

    [LoggerMessage(202, LogLevel.Error, "{Cluster}: watch of {Scope} failed unexpectedly")]
    private partial void LogUnforeseen(ClusterId cluster, WatchScope scope, Exception failure);

    [LoggerMessage(EventId = 203, Message = "{Cluster}: {Scope}: {Problem}")]
    private partial void LogRoom(LogLevel level, ClusterId cluster, WatchScope scope, string problem);

    [LoggerMessage(201, LogLevel.Information, "{Cluster}: {Scope} listed in pages, because the server does not stream lists: {Error}")]
    private partial void LogPages(ClusterId cluster, WatchScope scope, string error);
}

using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Watching;

/// <summary>How far one watch has come. Written by the watch alone, read from anywhere.</summary>
internal sealed class WatchProgress(TimeProvider time)
{
    private const int AttemptsAtOnePosition = 5;

    // A server that restarts, or a type whose definition is new, fails for some seconds: nobody has to do anything about that.
    private static readonly TimeSpan Passing = TimeSpan.FromSeconds(15);

    private int _stuck;
    private bool _spoke;
    private long? _failingSince;
    private long? _wellSince;
    private volatile WatchStatus _status = new(WatchState.Stopped, time.GetUtcNow(), false, null, null);

    public WatchStatus Status
    {
        get
        {
            var status = _status;
            return status is { LastError: not null, IsLasting: false } && Lasts(status) ? status with { IsLasting = true } : status;
        }
    }

    /// <summary>The resourceVersion to go on from; null when all must be listed anew.</summary>
    public string? Position { get; private set; }

    /// <summary>The watch comes to a state.</summary>
    public void Enter(WatchState state, string? error = null)
    {
        if (_status.LastError is not null && error is null)
        {
            _wellSince = time.GetTimestamp();
        }

        var since = state == _status.State ? _status.Since : time.GetUtcNow();
        _status = _status with { State = state, Since = since, LastError = error };
    }

    /// <summary>A stream was opened, but nothing came from it yet.</summary>
    public void Opened(WatchState state)
    {
        _spoke = false;
        Enter(state);
    }

    /// <summary>The server said something.</summary>
    public void Heard()
    {
        _spoke = true;
        _status = _status with { LastHeard = time.GetUtcNow() };
    }

    /// <summary>All up to there is known.</summary>
    public void Reached(string position)
    {
        Position = position;
        _stuck = 0;
    }

    /// <summary>A list has been delivered in full: from here on there are changes to follow.</summary>
    public void Synced()
    {
        Enter(WatchState.Watching);
        _status = _status with { Synced = true };
    }

    /// <summary>Why not all there is is kept; null when it is.</summary>
    public void Keeps(string? problem)
    {
        if (_status.NotKept != problem)
        {
            _status = _status with { NotKept = problem };
        }
    }

    /// <summary>A step failed. A position that is of no use, or from which the server gets nowhere five times, is given up.</summary>
    public void Failed(KubernetesApiException failure)
    {
        _stuck += failure.Means(FailureMeaning.MayBeStuck) ? 1 : 0;
        // A server restored from a backup accepts a position of its lost future and then says nothing, not even a bookmark.
        var neverSpoke = failure.Means(FailureMeaning.Silent) && !_spoke;
        if (failure.Means(FailureMeaning.NeedsList) || neverSpoke || _stuck >= AttemptsAtOnePosition)
        {
            Position = null;
            _stuck = 0;
        }

        if (_status.LastError is null && (_failingSince is null || _wellSince is not { } well || time.GetElapsedTime(well) >= Passing))
        {
            _failingSince = time.GetTimestamp();
        }

        Enter(State(failure), failure.Message);
    }

    private static WatchState State(KubernetesApiException failure) =>
        failure.IsUnauthorized ? WatchState.Unauthorized
        : failure.IsForbidden ? WatchState.Forbidden
        : failure.Means(FailureMeaning.NotServed) ? WatchState.NotFound
        : WatchState.BackingOff;

    private bool Lasts(WatchStatus status) =>
        status.State is WatchState.Unauthorized or WatchState.Forbidden
        || (_failingSince is { } since && time.GetElapsedTime(since) >= Passing);
}

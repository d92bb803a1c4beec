using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Watching;

/// <summary>How far one watch has come. Written by the watch alone, read from anywhere.</summary>
internal sealed class WatchProgress(TimeProvider time)
{
    private const int AttemptsAtOnePosition = 5;

    private int _stuck;
    private bool _spoke;
    private volatile WatchStatus _status = new(WatchState.Stopped, time.GetUtcNow(), false, null, null);

    public WatchStatus Status => _status;

    /// <summary>The resourceVersion to go on from; null when all must be listed anew.</summary>
    public string? Position { get; private set; }

    /// <summary>The watch comes to a state.</summary>
    public void Enter(WatchState state, string? error = null)
    {
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
    /// <param name="problem">Why not all of it is kept; null when it is.</param>
    public void Synced(string? problem = null)
    {
        Enter(WatchState.Watching, problem);
        _status = _status with { Synced = true };
    }

    /// <summary>A step failed. A position that is of no use, or from which the server gets nowhere five times, is given up.</summary>
    public void Failed(KubernetesApiException failure)
    {
        _stuck += WatchFailure.MayBeStuck(failure) ? 1 : 0;
        // A server restored from a backup accepts a position of its lost future and then says nothing, not even a bookmark.
        var neverSpoke = failure.Reason == WatchFailure.Silence && !_spoke;
        if (WatchFailure.NeedsList(failure) || neverSpoke || _stuck >= AttemptsAtOnePosition)
        {
            Position = null;
            _stuck = 0;
        }

        Enter(WatchFailure.State(failure), failure.Message);
    }
}

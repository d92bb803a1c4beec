using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Watching;

/// <summary>Ends a stream that should have ended, or spoken, by itself.</summary>
internal sealed class WatchDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _total;
    private readonly long _started;
    private readonly Deadline _deadline;
    private TimeSpan _silence = TimeSpan.MaxValue;

    /// <param name="total">How long the stream may last.</param>
    public WatchDeadline(TimeProvider time, TimeSpan total, CancellationToken stop)
    {
        (_time, _total, _started) = (time, total, time.GetTimestamp());
        _deadline = new Deadline(total, time, stop);
    }

    /// <summary>Something came: the silence begins anew.</summary>
    public void Received() => _deadline.Reset(Wait());

    /// <summary>Runs one step of the stream.</summary>
    /// <param name="silence">How long nothing may come meanwhile.</param>
    /// <exception cref="KubernetesApiException">The step took too long, or the stream lasted too long.</exception>
    public async ValueTask<TResult> RunAsync<TResult>(Func<CancellationToken, ValueTask<TResult>> step, TimeSpan silence)
    {
        _silence = silence;
        var wait = Wait();
        _deadline.Reset(wait);
        try
        {
            return await step(_deadline.Token);
        }
        catch (OperationCanceledException) when (_deadline.HasExpired)
        {
            throw new KubernetesApiException($"no data from the watch for {wait.TotalSeconds:0} s", null, FailureReason.Silence);
        }
    }

    private TimeSpan Wait()
    {
        var left = _total - _time.GetElapsedTime(_started);
        return left < TimeSpan.Zero ? TimeSpan.Zero : _silence < left ? _silence : left;
    }

    public void Dispose() => _deadline.Dispose();
}

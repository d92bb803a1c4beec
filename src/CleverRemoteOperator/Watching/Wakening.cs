namespace CleverRemoteOperator.Watching;

/// <summary>A wait that somebody else may end early.</summary>
/// <param name="random">Gives numbers from 0 to below 1: not all that are woken go on in the same moment.</param>
internal sealed class Wakening(TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    private volatile TaskCompletionSource _wake = new();

    /// <summary>Ends the wait that is under way, within a second.</summary>
    public void Wake() => _wake.TrySetResult();

    /// <summary>Waits so long at most.</summary>
    public async Task DelayAsync(TimeSpan delay, CancellationToken token)
    {
        var wake = _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var passed = Task.Delay(delay, time, stop.Token);
        if (await Task.WhenAny(passed, wake.Task) == passed)
        {
            await passed;
            return;
        }

        await Task.WhenAny(passed, Task.Delay(Spread * random(), time, token));
        await stop.CancelAsync();
        token.ThrowIfCancellationRequested();
    }
}

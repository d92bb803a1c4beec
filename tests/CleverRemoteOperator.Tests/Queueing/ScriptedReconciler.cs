using System.Threading.Channels;
using CleverRemoteOperator.Queueing;

namespace CleverRemoteOperator.Tests.Queueing;

/// <summary>A reconciler whose every call waits for the test to say how it ends.</summary>
internal sealed class ScriptedReconciler : IReconciler
{
    private readonly Channel<(CancellationToken Token, TaskCompletionSource<ReconcileResult> Finish)> _calls =
        Channel.CreateUnbounded<(CancellationToken, TaskCompletionSource<ReconcileResult>)>();

    /// <summary>True when a call waits that the test has not answered.</summary>
    public bool IsCalledAgain => _calls.Reader.Count > 0;

    public Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token)
    {
        var finish = new TaskCompletionSource<ReconcileResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(_calls.Writer.TryWrite((token, finish)));
        return finish.Task;
    }

    public void Forget(string uid)
    {
        // Nothing is kept.
    }

    /// <summary>Waits for the next call and leaves it running.</summary>
    public async Task<(CancellationToken Token, TaskCompletionSource<ReconcileResult> Finish)> HoldAsync() =>
        await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Waits for the next call and ends it.</summary>
    public async Task NextAsync(Func<ReconcileResult> outcome)
    {
        var (_, finish) = await HoldAsync();
        try
        {
            finish.SetResult(outcome());
        }
        catch (Exception failure) when (failure is InvalidOperationException)
        {
            finish.SetException(failure);
        }
    }
}

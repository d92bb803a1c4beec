namespace CleverRemoteOperator.Tests;

/// <summary>Lets everything go on that is ready to, in place of a pause: who still waits then waits for a time, or for an answer.</summary>
internal static class Continuations
{
    // As many hops from one thread to another as a continuation takes before it waits again, and more.
    private const int Hops = 8;

    public static async Task RunAsync()
    {
        for (var hop = 0; hop < Hops; hop++)
        {
            // Behind all that is queued already, of whatever test.
            var turn = new TaskCompletionSource();
            ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
            await turn.Task;
        }
    }
}

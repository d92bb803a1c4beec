using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Timing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Queueing;

/// <summary>Takes a key, reconciles it, and decides by the outcome when it runs again. Exceptions of a reconcile end here.</summary>
internal sealed partial class ReconcileLoop(
    WorkQueue queue, IReconciler reconciler, KeyBackoff backoff, ConcurrentReconciles slots, OperatorMetrics metrics,
    TimeProvider time, ILogger<ReconcileLoop> logger)
{
    /// <summary>A reconcile that takes longer is cancelled and retried.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Takes keys until <paramref name="stop"/>, then waits for the running ones; <paramref name="abort"/> ends those too.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var running = new RunningTasks();
        try
        {
            while (true)
            {
                var key = await queue.TakeAsync(stop);
                IDisposable slot;
                try
                {
                    slot = await slots.EnterAsync(stop);
                }
                catch
                {
                    queue.Add(key);
                    queue.Done(key);
                    throw;
                }

                running.Add(ProcessAsync(key, slot, abort));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await running.WhenAllDone();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The one place where a failed reconcile ends: logged, counted, retried.")]
    private async Task ProcessAsync(ReconcileKey key, IDisposable slot, CancellationToken abort)
    {
        // Off the taking loop's stack, so that a reconcile that starts with plain computing does not delay the next take.
        await Task.Yield();
        using var deadline = new Deadline(Limit, time, abort);
        var started = time.GetTimestamp();
        var outcome = ReconcileOutcome.Done;
        try
        {
            outcome = Settle(key, await reconciler.ReconcileAsync(key, deadline.Token));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            outcome = ReconcileOutcome.Failed;
        }
        catch (Exception failure)
        {
            outcome = ReconcileOutcome.Failed;
            TryAgain(
                key, backoff.Next(key), deadline.HasExpired ? $"took longer than {Limit.TotalSeconds} s" : FailureText.Of(failure),
                isNamespaceGoing: (failure as KubernetesApiException ?? failure.InnerException as KubernetesApiException)?.IsNamespaceGoing == true);
        }
        finally
        {
            metrics.Reconciled(key.Cluster.Name, key.Type.Kind, outcome, time.GetElapsedTime(started));
            slot.Dispose();
            queue.Done(key);
        }
    }

    private ReconcileOutcome Settle(ReconcileKey key, ReconcileResult result)
    {
        switch (result.Problem)
        {
            case null:
                backoff.Forget(key);
                if (result.RequeueAfter is { } after)
                {
                    queue.AddAfter(key, after);
                }

                return result.RequeueAfter is null ? ReconcileOutcome.Done : ReconcileOutcome.Requeued;
            case { IsTerminal: true } terminal:
                backoff.Forget(key);
                LogTerminal(key, $"{terminal.Reason}: {terminal.Message}");
                return ReconcileOutcome.Terminal;
            case { IsConflict: true }:
                queue.AddAfter(key, backoff.NextConflict(key));
                return ReconcileOutcome.Requeued;
            case { IsExpected: true } waiting:
                LogWaits(backoff.IsNews(key, waiting.Message) ? LogLevel.Information : LogLevel.Debug, key, $"{waiting.Reason}: {waiting.Message}");
                queue.AddAfter(key, result.RequeueAfter ?? backoff.Next(key));
                return ReconcileOutcome.Requeued;
            case var problem:
                TryAgain(key, result.RequeueAfter is { } asked && asked > TimeSpan.Zero ? asked : backoff.Next(key), $"{problem.Reason}: {problem.Message}", problem.IsNamespaceGoing);
                return ReconcileOutcome.Failed;
        }
    }

    // Resources go with their namespace: a warning for each would only be noise.
    private void TryAgain(ReconcileKey key, TimeSpan delay, string problem, bool isNamespaceGoing)
    {
        LogFailed(backoff.IsNews(key, problem) && !isNamespaceGoing ? LogLevel.Warning : LogLevel.Debug, key, problem, delay.TotalSeconds);
        queue.AddAfter(key, delay);
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "{Resource}: waiting for a change: {Problem}")]
    private partial void LogTerminal(ReconcileKey resource, string problem);

    [LoggerMessage(EventId = 302, Message = "{Resource}: {Told}")]
    private partial void LogWaits(LogLevel level, ReconcileKey resource, string told);

    [LoggerMessage(EventId = 301, Message = "{Resource}: failed, retrying in {Delay:0.#} s: {Problem}")]
    private partial void LogFailed(LogLevel level, ReconcileKey resource, string problem, double delay);
}

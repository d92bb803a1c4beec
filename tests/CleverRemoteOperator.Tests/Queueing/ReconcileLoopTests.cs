using System.Net;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability;
using CleverRemoteOperator.Observability.Logs;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Queueing;

public sealed class ReconcileLoopTests : IDisposable
{
    private static readonly ReconcileKey Key = new(new ClusterId("paris"), new("api.clever-cloud.com", "v1", "redis", "Redis"), "default", "cache");
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue _queue;
    private readonly ScriptedReconciler _reconciler = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _cluster = new(2);
    private readonly SemaphoreSlim _process = new(4);
    private readonly RecordedLog<ReconcileLoop> _log = new();
    private readonly Task _running;

    public ReconcileLoopTests()
    {
        _queue = new WorkQueue(_time);
        var metrics = new OperatorMetrics(Prometheus.Metrics.NewCustomRegistry(), new OperatorHealth(_time, new SecretRegistry()), _time);
        var loop = new ReconcileLoop(
            _queue, _reconciler, new KeyBackoff(() => 0), new ConcurrentReconciles(_cluster, _process), metrics, _time, _log);
        _running = loop.RunAsync(_stop.Token, _abort.Token);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _abort.Cancel();
        _queue.Dispose();
        _stop.Dispose();
        _abort.Dispose();
        _cluster.Dispose();
        _process.Dispose();
    }

    [Fact]
    public async Task A_failed_reconcile_comes_again_with_growing_delays()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => throw new InvalidOperationException("first"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(1), () => throw new InvalidOperationException("second"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(2), () => throw new InvalidOperationException("third"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(4), () => ReconcileResult.Done);
    }

    [Fact]
    public async Task What_fails_because_its_namespace_is_going_is_not_worth_a_warning()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => throw Going("PATCH /x: 403 Forbidden: secrets \"a\" is forbidden: unable to create new content in namespace team because it is being terminated", HttpStatusCode.Forbidden, "Forbidden"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => throw Going("POST /x: 404 NotFound: namespaces \"team\" not found", HttpStatusCode.NotFound, "NotFound"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => throw new InvalidOperationException("something else", Going("PATCH /x: 403 Forbidden: no", HttpStatusCode.Forbidden, "Forbidden")));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => ReconcileResult.Done);
        await WaitForIdleAsync();

        Assert.Contains("something else", Assert.Single(_log.Lines, line => line.Contains("Warning", StringComparison.Ordinal)), StringComparison.Ordinal);

        static InvalidOperationException Going(string message, HttpStatusCode status, string reason) =>
            new("it failed", new KubernetesApiException(message, status, reason));
    }

    [Fact]
    public async Task A_failure_is_one_line_until_it_is_another_or_the_resource_was_in_order()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => Known("no plan huge"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => Known("no plan huge"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => Known("no plan large"));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => new ReconcileResult(TimeSpan.FromSeconds(10)));
        await AdvanceToNextAsync(TimeSpan.FromSeconds(10), () => Known("no plan large"));
        await WaitForIdleAsync();

        Assert.Equal(
            ["Warning … no plan huge", "Debug … no plan huge", "Warning … no plan large", "Warning … no plan large"],
            _log.Lines.Select(line => line.Replace($"{Key}: failed, retrying in 10 s: PlanNotAvailable:", "…", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_result_with_a_time_comes_again_then()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => new ReconcileResult(TimeSpan.FromMinutes(10)));
        await AdvanceToNextAsync(TimeSpan.FromMinutes(10), () => ReconcileResult.Done);
    }

    [Fact]
    public async Task A_conflict_is_tried_soon_and_less_often_while_the_watch_lags()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => ReconcileResult.Conflict);
        foreach (var delay in new[] { 200, 400, 800, 1600 })
        {
            await AdvanceToNextAsync(TimeSpan.FromMilliseconds(delay), () => ReconcileResult.Conflict);
        }

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_terminal_failure_waits_for_a_change()
    {
        _queue.Add(Key);
        await _reconciler.NextAsync(() => ReconcileResult.Failed("InvalidSpec", "no such plan", null, isTerminal: true));
        await WaitForIdleAsync();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _queue.Depth);

        _queue.Add(Key);
        await _reconciler.NextAsync(() => ReconcileResult.Done);
    }

    [Fact]
    public async Task A_reconcile_that_takes_too_long_is_cancelled_and_tried_again()
    {
        _queue.Add(Key);
        var (token, finish) = await _reconciler.HoldAsync();
        _time.Advance(ReconcileLoop.Limit + TimeSpan.FromSeconds(1));
        Assert.True(token.IsCancellationRequested);
        finish.SetException(new OperationCanceledException(token));

        await AdvanceToNextAsync(TimeSpan.FromSeconds(1), () => ReconcileResult.Done);
    }

    [Fact]
    public async Task Stopping_lets_the_running_reconcile_finish_and_takes_no_other()
    {
        _queue.Add(Key);
        var (token, finish) = await _reconciler.HoldAsync();
        await _stop.CancelAsync();
        _queue.Add(Key with { Name = "other" });
        Assert.False(_running.IsCompleted);
        Assert.False(token.IsCancellationRequested);

        finish.SetResult(ReconcileResult.Done);

        await _running.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(1, _queue.Depth);
    }

    [Fact]
    public async Task No_more_run_at_once_than_the_cluster_has_slots()
    {
        var held = new List<TaskCompletionSource<ReconcileResult>>();
        for (var i = 0; i < 3; i++)
        {
            _queue.Add(Key with { Name = $"cache-{i}" });
        }

        held.Add((await _reconciler.HoldAsync()).Finish);
        held.Add((await _reconciler.HoldAsync()).Finish);
        Assert.Equal(0, _cluster.CurrentCount);
        Assert.False(_reconciler.IsCalledAgain);

        held[0].SetResult(ReconcileResult.Done);
        await _reconciler.NextAsync(() => ReconcileResult.Done);
        held[1].SetResult(ReconcileResult.Done);
    }

    private async Task AdvanceToNextAsync(TimeSpan delay, Func<ReconcileResult> outcome)
    {
        await WaitForIdleAsync();
        _time.Advance(delay - TimeSpan.FromMilliseconds(50));
        Assert.False(_reconciler.IsCalledAgain);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await _reconciler.NextAsync(outcome);
    }

    // The slot is given back after the outcome was decided.
    private async Task WaitForIdleAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            await _cluster.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }

        _cluster.Release(2);
    }

    private static ReconcileResult Known(string message) => ReconcileResult.Failed("PlanNotAvailable", message, TimeSpan.FromSeconds(10), isTerminal: false);
}

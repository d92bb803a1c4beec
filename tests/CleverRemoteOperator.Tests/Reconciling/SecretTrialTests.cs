using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class SecretTrialTests : IDisposable
{
    private static readonly Observation Seen = new AnyObservation(new int[AnyObservation.Length]).Begin();
    private readonly FakeTimeProvider _time = new();
    private readonly Steps _steps = new();
    private readonly FakeCluster _cluster;
    private readonly SecretTrial _trial;

    public SecretTrialTests()
    {
        _cluster = new FakeCluster(_steps);
        _trial = new SecretTrial(_cluster, new NamespaceMemory(_time), _time);
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task Resources_that_come_together_cost_one_request_a_namespace_in_ten_minutes()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _trial.RunAsync(Seen, default)));
        Assert.Equal(1, _cluster.DryRuns);

        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null((await _trial.RunAsync(Seen, default)).Refusal);
        Assert.Equal(2, _cluster.DryRuns);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        _steps.Failure = _ => new KubernetesApiException("no", System.Net.HttpStatusCode.Forbidden, "Forbidden");
        Assert.NotNull((await _trial.RunAsync(Seen, default)).Refusal);

        _steps.Failure = _ => null;
        Assert.Null((await _trial.RunAsync(Seen, default)).Refusal);
    }
}

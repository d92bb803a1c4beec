using System.Net;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class SecretTrialTests
{
    private static readonly Observation Seen = new AnyObservation(new int[AnyObservation.Length]).Begin();
    private readonly FakeTimeProvider _time = new();
    private readonly ICluster _cluster = Substitute.For<ICluster>();
    private readonly SecretTrial _trial;

    public SecretTrialTests() => _trial = new SecretTrial(_cluster, new NamespaceMemory(_time), _time);

    [Fact]
    public async Task Resources_that_come_together_cost_one_request_a_namespace_in_ten_minutes()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _trial.RunAsync(Seen, default)));
        await _cluster.ReceivedWithAnyArgs(1).DryRunSecretAsync("", "", new(), default);

        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null((await _trial.RunAsync(Seen, default)).Refusal);
        await _cluster.ReceivedWithAnyArgs(2).DryRunSecretAsync("", "", new(), default);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        _cluster.DryRunSecretAsync("", "", new(), default).ThrowsAsyncForAnyArgs(new KubernetesApiException("no", HttpStatusCode.Forbidden, "Forbidden"));
        Assert.NotNull((await _trial.RunAsync(Seen, default)).Refusal);

        _cluster.DryRunSecretAsync("", "", new(), default).ReturnsForAnyArgs(Task.CompletedTask);
        Assert.Null((await _trial.RunAsync(Seen, default)).Refusal);
    }
}

using System.Net;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class ConnectionSecretTests
{
    private readonly ReconcilerWorld _world = new();

    [Fact]
    public async Task A_secret_the_cluster_refuses_is_told_in_the_cluster_s_words_and_written_once_it_may_be()
    {
        _world.Cluster.WhenSecretIsApplied = () =>
            throw new KubernetesApiException("PATCH …: 422 field is immutable when `immutable` is set", HttpStatusCode.UnprocessableEntity, "Invalid");
        await _world.PassAsync();

        Assert.Equal((Reason.SecretInvalid, "False"), (_world.Condition("Ready", "reason"), _world.Condition("SecretReady")));
        Assert.Contains("the cluster refuses the Secret cache: PATCH …: 422 field is immutable", _world.Condition("Ready", "message"), StringComparison.Ordinal);

        _world.Cluster.WhenSecretIsApplied = () => { };
        await _world.RunUntilReadyAsync();

        Assert.Single(_world.Clever.Addons);
    }

    [Fact]
    public async Task A_condition_tells_when_it_became_so_and_not_when_the_pass_began()
    {
        _world.Cluster.WhenSecretIsApplied = () => _world.Time.Advance(TimeSpan.FromSeconds(7));
        await _world.PassAsync();

        Assert.Equal("2026-01-01T00:00:07Z", _world.Condition("Ready", "lastTransitionTime"));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, Reason.Unauthorized, "Clever Cloud does not accept the credentials; renew the token. ")]
    [InlineData(HttpStatusCode.Forbidden, Reason.Forbidden, "the credentials may not do this; check the organisation and the token's rights. ")]
    public async Task What_to_do_about_refused_credentials_is_said_before_the_API_s_words(HttpStatusCode status, string reason, string expected)
    {
        _world.Clever.NextCreateFailure = new("POST …: refused", status, null);
        await _world.PassAsync();

        Assert.Equal((reason, expected + "POST …: refused"), (_world.Condition("Ready", "reason"), _world.Condition("Ready", "message")));
    }
}

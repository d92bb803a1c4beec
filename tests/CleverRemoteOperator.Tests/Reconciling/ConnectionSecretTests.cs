using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Acting;
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
    public void What_is_applied_says_what_the_operator_owns_and_nothing_else()
    {
        var resource = new AddonResource
        {
            ApiVersion = "api.clever-cloud.com/v1",
            Kind = "Redis",
            Namespace = "default",
            Name = "cache",
            Uid = "redis-uid",
            ResourceVersion = "7",
        };

        var secret = ConnectionSecret.Render(resource, "cache", new Dictionary<string, string> { ["REDIS_PORT"] = "6379" }, existing: null, onlyNew: false);

        const string Expected = """
            {
              "apiVersion": "v1", "kind": "Secret", "data": { "REDIS_PORT": "NjM3OQ==" },
              "metadata": {
                "name": "cache", "namespace": "default", "labels": { "app.kubernetes.io/managed-by": "clever-remote-operator" },
                "annotations": { "api.clever-cloud.com/checksum": "3c1c8084cba94e8f927845a65a15cb48" },
                "ownerReferences": [{
                  "apiVersion": "api.clever-cloud.com/v1", "kind": "Redis", "name": "cache", "uid": "redis-uid", "controller": true, "blockOwnerDeletion": true
                }]
              }
            }
            """;
        var written = JsonSerializer.SerializeToNode(secret, KubernetesModels.Default.V1Secret);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), written), written!.ToJsonString());
    }

    [Fact]
    public async Task A_condition_tells_when_it_became_so_and_not_when_the_pass_began()
    {
        _world.Cluster.WhenSecretIsApplied = () => _world.Time.Advance(TimeSpan.FromSeconds(7));
        await _world.PassAsync();

        Assert.Equal("2026-01-01T00:00:07Z", _world.Condition("Ready", "lastTransitionTime"));
    }

    [Fact]
    public async Task A_secret_that_an_earlier_resource_left_is_told_as_that_with_the_way_on_and_not_touched()
    {
        var left = new SecretMetadata("default", "cache", "u", "7", [], IsAppliedByOperator: true);
        _world.Cluster.Secrets["cache"] = (left, new() { ["REDIS_URL"] = "redis://earlier" });
        await _world.PassAsync();

        Assert.Equal((Reason.SecretConflict, "False"), (_world.Condition("Ready", "reason"), _world.Condition("SecretReady")));
        Assert.Contains("was written by this operator for an earlier resource", _world.Condition("Ready", "message"), StringComparison.Ordinal);
        Assert.Contains("kubectl -n default delete secret cache", _world.Condition("Ready", "message"), StringComparison.Ordinal);
        Assert.Equal((left, "redis://earlier"), (_world.Cluster.Secrets["cache"].Metadata, _world.Cluster.Secrets["cache"].Data["REDIS_URL"]));

        _world.Cluster.Secrets.Remove("cache");
        await _world.RunUntilReadyAsync();
        Assert.Single(_world.Clever.Addons);
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

using System.Net;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Quotas, policies and webhooks of a cluster may refuse what the operator writes, and somebody may have forgotten a right.</summary>
public sealed class AdmissionTests
{
    private const string Right = "PATCH /x: 403 Forbidden: secrets \"cache\" is forbidden: User \"operator\" cannot patch resource \"secrets\" in API group \"\"";
    private const string Quota = "PATCH /x: 403 Forbidden: secrets \"cache\" is forbidden: exceeded quota: small, requested: secrets=1, used: secrets=5, limited: secrets=5";
    private const string Policy = "PATCH /x: 422 UnprocessableEntity: ValidatingAdmissionPolicy 'labels' denied request: annotations cannot be set here";
    private const string Webhook = "PATCH /x: 400 BadRequest: admission webhook \"check.example.com\" denied the request: no";

    [Theory]
    [InlineData("patch", HttpStatusCode.UnprocessableEntity, Policy, Reason.AdmissionDenied, 0)]
    [InlineData("patch", HttpStatusCode.BadRequest, Webhook, Reason.AdmissionDenied, 0)]
    [InlineData("patch", HttpStatusCode.Forbidden, Right, Reason.MissingRights, 0)]
    [InlineData("secret apply", HttpStatusCode.Forbidden, Quota, Reason.AdmissionDenied, 1)]
    [InlineData("secret apply", HttpStatusCode.Forbidden, Right, Reason.MissingRights, 1)]
    public async Task What_a_cluster_refuses_is_told_on_the_resource_and_done_once_it_is_allowed(
        string call, HttpStatusCode status, string message, string reason, int addons)
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = name => name == call ? new KubernetesApiException(message, status, "") : null;

        await world.PassAsync();

        Assert.Equal(reason, world.Condition("Ready", "reason"));
        Assert.Equal(message, world.Condition("Ready", "message"));
        Assert.Equal(reason, Assert.Single(world.Cluster.Events).Reason);
        Assert.Equal(addons, world.Clever.Addons.Count);

        world.Steps.Failure = _ => null;
        await world.RunUntilReadyAsync();
        Assert.Single(world.Clever.Addons);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(null)]
    public async Task What_passes_by_itself_is_not_told_on_the_resource(HttpStatusCode? status)
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = name => name == "patch" ? new KubernetesApiException("not now", status, "") : null;

        await world.PassAsync();

        Assert.Null(world.Condition("Ready"));
    }
}

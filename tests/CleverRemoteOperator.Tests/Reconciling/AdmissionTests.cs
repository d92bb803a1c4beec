using System.Net;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Quotas, policies and webhooks of a cluster may refuse what the operator writes, and somebody may have forgotten a right.</summary>
public sealed class AdmissionTests
{
    private const string Right = "PATCH /x: 403 Forbidden: secrets \"cache\" is forbidden: User \"operator\" cannot patch resource \"secrets\" in API group \"\"";
    private const string Quota = "PATCH /x: 403 Forbidden: secrets \"cache\" is forbidden: exceeded quota: small, requested: secrets=1, used: secrets=5, limited: secrets=5";
    private const string Finalizers = "PATCH /x: 403 Forbidden: secrets \"cache\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>";
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
    [InlineData(HttpStatusCode.Forbidden, Quota, Reason.AdmissionDenied, Quota)]
    [InlineData(HttpStatusCode.UnprocessableEntity, Policy, Reason.AdmissionDenied, Policy)]
    [InlineData(HttpStatusCode.Forbidden, Right, Reason.MissingRights, Right)]
    [InlineData(HttpStatusCode.Forbidden, Finalizers, Reason.MissingRights, "may not update redis.api.clever-cloud.com/finalizers")]
    public async Task Nothing_is_paid_for_where_the_Secret_would_be_refused(HttpStatusCode status, string message, string reason, string told)
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = name => name == "secret dry run" ? new KubernetesApiException(message, status, "") : null;

        await world.PassAsync();
        await world.PassAsync();

        Assert.Equal(reason, world.Ready.Reason);
        Assert.Contains(told, world.Ready.Message, StringComparison.Ordinal);
        Assert.Contains("no add-on is created", world.Ready.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.Clever.Creates);

        world.Steps.Failure = _ => null;
        await world.RunUntilReadyAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_asked_without_writing_is_in_nobodys_way()
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = name => name == "secret dry run"
            ? new KubernetesApiException("PATCH /x: 400 BadRequest: admission webhook \"a.example\" does not support dry run", HttpStatusCode.BadRequest, "BadRequest")
            : null;

        await world.RunUntilReadyAsync();

        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_status_that_may_not_be_written_is_told_by_one_Event_and_the_add_on_is_served()
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = name => name == "status" ? new KubernetesApiException(Right, HttpStatusCode.Forbidden, "Forbidden") : null;

        await world.PassAsync();
        await world.PassAsync();

        var told = Assert.Single(world.Cluster.Events);
        Assert.Equal(Reason.StatusRefused, told.Reason);
        Assert.Contains(Right, told.Message, StringComparison.Ordinal);
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal(1, world.Clever.Creates);
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

using System.Net;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>The namespace's own credentials are looked for beside the mark: nothing is asked for before that look has found none.</summary>
public sealed class CredentialsLookTests
{
    [Fact]
    public async Task Nothing_is_created_with_the_operators_account_while_the_namespace_has_a_Secret_not_seen_yet()
    {
        var world = new ReconcilerWorld { HasSecret = true };

        await world.PassAsync();
        Assert.Equal((0, Reason.CredentialsChanged), (world.Clever.Creates, world.Ready.Reason));
        Assert.True(CreationMark.Read(world.Resource.Annotations, world.Resource.Uid)!.IsRefused);
        Assert.Equal(["secret get", "secret dry run", "patch", "patch", "status", "event"], world.Steps.Made);

        // Until the watch shows it, each pass is one look.
        world.Steps.Made.Clear();
        await world.PassAsync();
        Assert.Equal((0, "list"), (world.Clever.Creates, Assert.Single(world.Steps.Made)));

        world.Credentials = CredentialResult.Of(world.Credentials.Resolved!.Credentials with { Token = "token-of-the-namespace" }, CredentialSource.Namespace);
        var start = world.Time.GetUtcNow();
        await world.RunUntilReadyAsync();
        Assert.Equal((1, "token-of-the-namespace"), (world.Clever.Creates, world.Clever.Token));
        Assert.Equal("namespace", (string?)world.Resource.Status.ToObject()!["credentialSource"]);
        Assert.Equal(start, world.Time.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_for_the_namespaces_credentials_that_fails_leaves_no_attempt_open(bool isRestarted)
    {
        var world = new ReconcilerWorld { CredentialsFailure = new KubernetesApiException("not now", HttpStatusCode.InternalServerError, "") };
        Assert.NotNull((await world.PassAsync()).Failure);
        Assert.Equal(0, world.Clever.Creates);
        if (isRestarted)
        {
            world.Restart();
        }

        world.CredentialsFailure = null;
        var start = world.Time.GetUtcNow();
        await world.RunUntilReadyAsync();
        Assert.Equal((1, start), (world.Clever.Creates, world.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_resource_whose_mark_was_voided_is_deleted_without_any_look_at_the_API()
    {
        var world = new ReconcilerWorld { HasSecret = true };
        await world.PassAsync();
        world.Delete();
        world.Steps.Made.Clear();

        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.DoesNotContain("list", world.Steps.Made);
    }

    [Fact]
    public async Task A_plan_that_only_the_namespaces_credentials_may_know_is_not_told_as_missing_before_they_were_looked_for()
    {
        var world = new ReconcilerWorld { HasSecret = true };
        world.Respec("""{"plan":"private","region":"par"}""");

        await world.PassAsync();

        Assert.Equal(Reason.CredentialsChanged, world.Ready.Reason);
        Assert.Empty(world.Resource.Finalizers);
    }
}

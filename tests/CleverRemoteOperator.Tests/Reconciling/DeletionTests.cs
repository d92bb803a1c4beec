using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class DeletionTests
{
    [Fact]
    public async Task The_add_on_is_seen_gone_before_the_finalizer_is_dropped()
    {
        var world = await ReadyAsync();

        await world.PassAsync();

        Assert.Equal(["find", "get", "delete", "find", "patch", "event"], world.Steps.Made);
        Assert.Empty(world.Clever.Addons);
        Assert.Empty(world.Cluster.Resources);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task A_process_that_dies_while_deleting_leaves_nothing_behind(int step, bool afterEffect)
    {
        var world = await ReadyAsync();
        world.Steps.DieAt = step;
        world.Steps.DiesAfterEffect = afterEffect;
        await world.PassAsync();

        world.Restart();
        await world.PassAsync();

        Assert.Empty(world.Clever.Addons);
        Assert.Empty(world.Cluster.Resources);
    }

    [Fact]
    public async Task A_forged_status_never_deletes_the_add_on_it_names()
    {
        var world = await ReadyAsync();
        world.Clever.Addons.Add(world.Clever.Addons[0] with { Id = "addon_victim", Name = "production" });
        world.Cluster.Edit("cache", resource =>
        {
            var status = resource.Status.ToObject()!;
            status["addon"] = "addon_victim";
            return resource with { Status = JsonPart.Of(status) };
        });

        await world.PassAsync();

        Assert.Equal("addon_victim", Assert.Single(world.Clever.Addons).Id);
    }

    [Fact]
    public async Task Another_account_that_sees_nothing_proves_nothing()
    {
        var world = await ReadyAsync();
        world.Clever.NextListFailure = new CleverApiException("not yours", System.Net.HttpStatusCode.Forbidden, null);
        var addon = world.Clever.Addons[0];
        world.Clever.Addons.Clear();

        await world.PassAsync();

        Assert.Equal(Reason.Forbidden, world.Condition("Ready", "reason"));
        Assert.NotEmpty(world.Resource.Finalizers);
        Assert.NotNull(addon);
    }

    [Fact]
    public async Task Credentials_of_another_source_do_not_delete()
    {
        var world = await ReadyAsync();
        world.Restart();
        world.Credentials = CredentialResult.Of(world.Credentials.Resolved!.Credentials with { Token = "another-token" }, CredentialSource.Namespace);

        await world.PassAsync();

        Assert.Equal(Reason.DeletionBlocked, world.Condition("Ready", "reason"));
        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public async Task A_resource_is_let_go_when_its_owner_says_so_and_the_add_on_stays()
    {
        var world = await ReadyAsync();
        world.Credentials = new CredentialResult(null, "NoCredentials", "none");
        world.Cluster.Edit("cache", resource => resource with
        {
            Annotations = resource.Annotations.Append(KeyValuePair.Create(Steering.ReleaseAnnotation, "true")).ToDictionary(),
        });

        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.Single(world.Clever.Addons);
        Assert.Contains(world.Cluster.Events, told => told.Reason == Reason.Released && told.Message.Contains("addon_1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("released")]
    [InlineData("not deleted, as before a restore")]
    [InlineData("let go by hand")]
    [InlineData("another of the same name")]
    public async Task What_the_watch_has_not_shown_yet_keeps_the_add_on(string meanwhile)
    {
        var world = await ReadyAsync();
        world.Stale = world.Resource;
        world.Cluster.Edit("cache", resource => meanwhile switch
        {
            "released" => resource with { Annotations = resource.Annotations.Append(KeyValuePair.Create(Steering.ReleaseAnnotation, "true")).ToDictionary() },
            "let go by hand" => resource with { Finalizers = ["example.com/backup"] },
            "another of the same name" => resource with { Uid = "99999999-2222-4333-8444-555555555555" },
            _ => resource with { DeletionTimestamp = null },
        });

        await world.PassAsync();

        Assert.Single(world.Clever.Addons);
        Assert.DoesNotContain("delete", world.Steps.Made);
    }

    [Fact]
    public async Task A_resource_that_is_gone_by_now_takes_no_add_on_along()
    {
        var world = await ReadyAsync();
        world.Stale = world.Resource;
        world.Cluster.Resources.Clear();

        await world.PassAsync();

        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public async Task A_resource_whose_create_got_no_answer_is_not_let_go_before_that_is_sure()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = new CleverApiException("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");
        world.Delete();

        await world.PassAsync();
        Assert.Equal(Reason.CreationUnconfirmed, world.Condition("Ready", "reason"));
        world.Clever.Unlisted.Clear();
        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.Empty(world.Clever.Addons);
    }

    [Fact]
    public async Task A_deletion_that_our_own_write_overtakes_is_not_taken_for_its_echo()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Restart();
        world.Stale = world.Resource;
        world.Delete();
        var deleted = world.Resource;
        world.Credentials = new CredentialResult(null, "NoCredentials", "none");

        await world.PassAsync();

        Assert.NotEqual(deleted.ResourceVersion, world.Resource.ResourceVersion);
        Assert.False(world.IsEcho(deleted));
    }

    [Fact]
    public async Task Our_own_writes_start_no_pass()
    {
        var world = new ReconcilerWorld();

        await world.RunUntilReadyAsync();

        Assert.True(world.IsEcho(world.Resource));
    }

    [Fact]
    public async Task Finalizers_of_others_stay()
    {
        var world = await ReadyAsync();
        world.Cluster.Edit("cache", resource => resource with { Finalizers = [.. resource.Finalizers, "example.com/backup"] });

        await world.PassAsync();

        Assert.Equal(["example.com/backup"], world.Resource.Finalizers);
    }

    private static async Task<ReconcilerWorld> ReadyAsync()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Delete();
        world.Steps.Made.Clear();
        world.Steps.Restart();
        return world;
    }
}

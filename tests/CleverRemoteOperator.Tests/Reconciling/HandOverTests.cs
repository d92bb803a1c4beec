using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;
using static CleverRemoteOperator.Tests.Reconciling.AdoptionWorld;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What becomes of an add-on that was taken over or given away: its name, its Secret, and nothing empty in its place.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task It_gets_its_name_back_when_its_resource_is_let_go()
    {
        var world = World("billing cache", Spec);
        await world.RunUntilReadyAsync();

        world.Delete();
        await world.PassAsync();

        Assert.Equal("billing cache", Assert.Single(world.Clever.Addons).Name);
        Assert.Empty(world.Cluster.Resources);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_keeps_it_from_its_name_keeps_no_resource(bool isRefused)
    {
        var world = World("billing cache", Spec);
        await world.RunUntilReadyAsync();
        world.Steps.Failure = call => call is "rename" or "find" && isRefused ? new CleverApiException("no such right", HttpStatusCode.Forbidden, null)
            : call == "find" ? new CleverApiException("no answer", CleverFailureKind.NoAnswer) : null;

        world.Delete();
        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.Contains(world.Cluster.Events, told => told.Reason == Reason.NameNotRestored && told.Message.Contains("billing cache", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_former_name_that_tells_another_resource_is_not_given_back()
    {
        var world = World("billing cache", Spec);
        await world.RunUntilReadyAsync();
        world.Forge("adoptedName", Theirs);

        world.Delete();
        await world.PassAsync();

        Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
    }

    [Fact]
    public async Task A_name_that_somebody_wrote_into_the_status_is_given_to_no_add_on_of_a_tenant()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        var name = Assert.Single(world.Clever.Addons).Name;
        world.Forge("adoptedName", "billing database");
        world.Annotate("release", "true");

        world.Delete();
        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.Equal(name, Assert.Single(world.Clever.Addons).Name);
        Assert.DoesNotContain("rename", world.Steps.Made);
    }

    [Fact]
    public async Task Who_gave_its_add_on_away_says_so_keeps_its_Secret_and_deletes_nothing()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Annotate("hand-over", "london");
        await world.PassAsync();
        Assert.Equal("True", world.Condition("Ready"));

        world.Clever.Addons[0] = world.Clever.Addons[0] with { Name = Theirs };
        world.Restart();
        await world.PassAsync();
        Assert.Equal((Reason.HandedOver, "redis://addon_1"), (world.Ready.Reason, world.Cluster.Secrets["cache"].Data["REDIS_URL"]));

        world.Delete();
        await world.PassAsync();
        Assert.Empty(world.Cluster.Resources);
        Assert.Equal(Theirs, Assert.Single(world.Clever.Addons).Name);
        Assert.Empty(world.Cluster.Secrets["cache"].Metadata.OwnerUids);
    }

    [Fact]
    public async Task What_is_given_away_and_not_taken_yet_is_not_deleted()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Annotate("hand-over", "london");

        world.Delete();
        await world.PassAsync();

        Assert.Equal(Reason.DeletionHeld, world.Ready.Reason);
        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public async Task Whose_add_on_was_taken_without_a_word_gets_no_empty_one_even_after_a_restart()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Clever.Addons[0] = world.Clever.Addons[0] with { Name = Theirs };

        world.Restart();
        for (var pass = 0; pass < 20; pass++)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((Reason.OwnershipMismatch, 1), (world.Ready.Reason, world.Clever.Creates));
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.DoesNotContain("london", world.Ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Secret_a_resource_left_behind_is_taken_over_with_the_add_on_it_opens()
    {
        var world = World("billing cache", Spec);
        await world.RunUntilReadyAsync();
        world.Delete();
        await world.PassAsync();
        Assert.Empty(world.Cluster.Secrets["cache"].Metadata.OwnerUids);

        world.Cluster.Add(ReconcilerWorld.NewResource(Spec) with { Uid = OtherUid });
        await world.RunUntilReadyAsync();
        Assert.Equal([OtherUid], world.Cluster.Secrets["cache"].Metadata.OwnerUids);
    }
}

using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class ExactlyOnceTests
{
    private static readonly CleverApiException NoAnswer = new("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };

    public static TheoryData<int, bool> Deaths
    {
        get
        {
            var deaths = new TheoryData<int, bool>();
            for (var step = 0; step < 8; step++)
            {
                deaths.Add(step, false);
                deaths.Add(step, true);
            }

            return deaths;
        }
    }

    [Fact]
    public async Task A_new_resource_costs_two_calls_and_no_look_up()
    {
        var world = new ReconcilerWorld();

        await world.RunUntilReadyAsync();

        Assert.Equal(["secret get", "secret dry run", "patch", "create", "env", "secret apply", "status", "event"], world.Steps.Made);
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal("addon_1", (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal(["api.clever-cloud.com/redis"], world.Resource.Finalizers);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_at_any_step_leaves_one_add_on_in_the_end(int step, bool afterEffect)
    {
        var world = new ReconcilerWorld();
        world.Steps.DieAt = step;
        world.Steps.DiesAfterEffect = afterEffect;
        await world.PassAsync();

        world.Restart();
        await world.RunUntilReadyAsync();

        var addon = Assert.Single(world.Clever.Addons);
        Assert.Equal(addon.Id, (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal($"redis://{addon.Id}", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_without_an_answer_is_looked_for_before_it_is_asked_for_again(bool tookEffect)
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        world.Clever.LostCreateTakesEffect = tookEffect;

        await world.PassAsync();
        Assert.Equal("Unknown", world.Condition("AddonReady"));
        Assert.Equal(Reason.CreationUnconfirmed, world.Condition("Ready", "reason"));
        await world.RunUntilReadyAsync();

        Assert.Single(world.Clever.Addons);
        Assert.Equal(tookEffect ? 1 : 2, world.Clever.Creates);
    }

    [Fact]
    public async Task A_create_without_an_answer_that_takes_effect_after_a_minute_is_not_repeated()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");
        await AdvanceAsync(world, TimeSpan.FromSeconds(90));
        world.Clever.Unlisted.Clear();

        await world.RunUntilReadyAsync();

        Assert.Equal(1, world.Clever.Creates);
    }

    [Theory]
    [InlineData(70, 0)]
    [InlineData(0, 70)]
    public async Task A_process_that_was_stopped_after_its_mark_or_whose_machine_slept_asks_for_nothing(int stopped, int slept)
    {
        var world = new ReconcilerWorld();
        world.Steps.Failure = call =>
        {
            world.Time.Advance(TimeSpan.FromSeconds(call == "patch" ? stopped : 0));
            world.Wall.Ahead += TimeSpan.FromSeconds(call == "patch" ? slept : 0);
            return null;
        };

        await world.PassAsync();
        Assert.Equal(Reason.CreationUnconfirmed, world.Condition("Ready", "reason"));
        Assert.Equal(0, world.Clever.Creates);

        world.Steps.Failure = _ => null;
        await world.RunUntilReadyAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task The_window_counts_from_the_first_look_up_of_the_process_that_looks()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");
        world.Time.Advance(TimeSpan.FromHours(5));
        world.Restart();
        await AdvanceAsync(world, TimeSpan.FromSeconds(100));
        world.Clever.Unlisted.Clear();

        await world.RunUntilReadyAsync();

        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_refused_create_is_tried_again_without_waiting_even_after_a_restart()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = new CleverApiException("wrong token", HttpStatusCode.Unauthorized, "2001");
        await world.PassAsync();
        Assert.Equal(Reason.Unauthorized, world.Condition("Ready", "reason"));

        world.Restart();
        var (_, problem, failure) = await world.PassAsync();

        Assert.Null(problem ?? failure?.Message);
        Assert.Equal("True", world.Condition("Ready"));
    }

    [Fact]
    public async Task A_stale_view_of_the_resource_creates_nothing()
    {
        var world = new ReconcilerWorld();
        var before = world.Resource;
        await world.RunUntilReadyAsync();
        world.Restart();
        world.Stale = before;

        var (_, problem, _) = await world.PassAsync();

        Assert.Equal("Conflict", problem);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task Two_add_ons_of_one_name_are_told_and_neither_is_touched()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Addons.Add(world.Clever.Addons[0] with { Id = "addon_twin" });

        await world.PassAsync();

        Assert.Equal(Reason.DuplicateAddons, world.Condition("Ready", "reason"));
        Assert.Contains("addon_1, addon_twin", world.Condition("Ready", "message"), StringComparison.Ordinal);
        Assert.Equal(2, world.Clever.Addons.Count);
    }

    [Fact]
    public async Task A_copied_resource_with_a_foreign_mark_waits_for_its_owner()
    {
        var world = new ReconcilerWorld();
        var mark = new CreationMark("x", "another-uid", world.Time.GetUtcNow(), FakeCleverApi.Organisation, "operator", "user_1");
        world.Cluster.Edit("cache", resource => resource with { Annotations = new Dictionary<string, string> { [CreationMark.Annotation] = mark.ToString() } });

        await world.PassAsync();

        Assert.Equal(Reason.AdoptionRequired, world.Condition("Ready", "reason"));
        Assert.Equal(0, world.Clever.Creates);
    }

    [Fact]
    public async Task A_resource_the_reference_operator_began_is_looked_for_first()
    {
        var world = new ReconcilerWorld();
        world.Cluster.Edit("cache", resource => resource with { Finalizers = ["api.clever-cloud.com/redis"] });
        world.Clever.Addons.Add(new CleverAddon(
            "addon_theirs", "redis_theirs", $"kubernetes::Redis::{world.Resource.Uid}", "par", "redis-addon", new CleverPlan("plan_1", "s_mono", "S", 1, [], false)));

        await world.RunUntilReadyAsync();

        Assert.Equal(0, world.Clever.Creates);
        Assert.Equal("addon_theirs", (string?)world.Resource.Status.ToObject()!["addon"]);
    }

    private static async Task AdvanceAsync(ReconcilerWorld world, TimeSpan span)
    {
        for (var end = world.Time.GetUtcNow() + span; world.Time.GetUtcNow() < end; world.Time.Advance(TimeSpan.FromSeconds(10)))
        {
            await world.PassAsync();
            Assert.Equal(1, world.Clever.Creates);
        }
    }
}

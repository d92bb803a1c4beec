using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class DriftTests
{
    private const string Small = """{"plan":"s_mono","region":"par"}""";
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(11);

    [Fact]
    public async Task What_was_changed_at_Clever_Cloud_is_told_and_not_migrated_back()
    {
        var world = await ReadyAsync();
        world.Clever.Enlarge();

        await AfterAsync(world, Resync);

        Assert.Equal(("False", Reason.Drifted), (world.Condition("Ready"), world.Ready.Reason));
        Assert.Empty(world.Clever.Migrations);
        var writes = world.Resource.ResourceVersion;
        world.Restart();
        await AfterAsync(world, Resync);
        Assert.Equal((writes, 0), (world.Resource.ResourceVersion, world.Clever.Migrations.Count));
    }

    [Fact]
    public async Task It_is_migrated_back_where_its_owner_wants_so()
    {
        var world = await ReadyAsync("""{"plan":"s_mono","region":"par","driftPolicy":"Correct"}""");
        world.Clever.Enlarge();

        await AfterAsync(world, Resync);

        Assert.Equal("plan_1", world.Clever.MigrationRequests["migration_1"].PlanId);
    }

    [Fact]
    public async Task What_may_differ_is_left_and_the_resource_stays_Ready()
    {
        var world = await ReadyAsync("""{"plan":"s_mono","region":"par","ignoreDrift":["plan"]}""");
        world.Clever.Enlarge();

        await AfterAsync(world, Resync);
        Assert.Equal(("True", "m_mono"), (world.Condition("Ready"), (string?)world.Resource.Status.ToObject()!["plan"]));

        world.Steps.Made.Clear();
        await AfterAsync(world, Resync);
        Assert.Equal(["list"], world.Steps.Made.Where(call => call != "secret get"));
    }

    [Fact]
    public async Task The_spec_that_changes_after_that_is_a_wish_again()
    {
        var world = await ReadyAsync();
        world.Clever.Enlarge();
        await AfterAsync(world, Resync);

        world.Respec("""{"plan":"m_mono","region":"par"}""");
        await world.PassAsync();
        Assert.Equal("True", world.Condition("Ready"));
        world.Respec(Small);
        await world.PassAsync();
        Assert.Equal("plan_1", world.Clever.MigrationRequests["migration_1"].PlanId);
    }

    [Fact]
    public async Task A_password_changed_at_Clever_Cloud_reaches_the_Secret_within_the_period()
    {
        var world = await ReadyAsync();
        world.Clever.Rotated = "?rotated";

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(67); passed += Resync)
        {
            await AfterAsync(world, Resync);
        }

        Assert.Equal("redis://addon_1?rotated", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Fact]
    public async Task What_is_read_again_and_the_same_is_not_written_again()
    {
        var world = await ReadyAsync();
        world.Steps.Made.Clear();

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(4); passed += Resync)
        {
            await AfterAsync(world, Resync);
        }

        Assert.InRange(world.Steps.Made.Count(call => call == "env"), 2, 4);
        Assert.DoesNotContain(world.Steps.Made, call => call is "secret apply" or "status" or "patch" or "find");
    }

    [Fact]
    public async Task A_request_for_a_pass_reads_everything_anew_and_is_answered()
    {
        var world = await ReadyAsync();
        world.Clever.Rotated = "?rotated";
        world.Annotate("reconcile-requested-at", "2026-01-01T12:00:00Z");

        await world.PassAsync();

        Assert.Equal("redis://addon_1?rotated", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal("2026-01-01T12:00:00Z", (string?)world.Resource.Status.ToObject()!["reconcileRequestedAt"]);
        world.Steps.Made.Clear();
        await world.PassAsync();
        Assert.DoesNotContain("env", world.Steps.Made);
    }

    [Fact]
    public async Task One_that_is_found_different_and_never_was_as_asked_is_not_migrated_on_its_own()
    {
        var world = await ReadyAsync();
        world.Clever.Enlarge();
        world.Cluster.Edit("cache", resource => resource with { Status = default });
        world.Restart();

        await world.PassAsync();

        Assert.Equal(Reason.Drifted, world.Ready.Reason);
        Assert.Empty(world.Clever.Migrations);
    }

    private static async Task AfterAsync(ReconcilerWorld world, TimeSpan time)
    {
        world.Time.Advance(time);
        await world.PassAsync();
    }

    private static async Task<ReconcilerWorld> ReadyAsync(string spec = Small)
    {
        var world = new ReconcilerWorld();
        world.Respec(spec);
        await world.RunUntilReadyAsync();
        return world;
    }
}

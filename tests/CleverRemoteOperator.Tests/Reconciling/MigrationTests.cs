using System.Net;
using System.Text.Json.Nodes;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class MigrationTests
{
    private const string Small = """{"plan":"s_mono","region":"par","version":"724"}""";
    private const string Large = """{"plan":"m_mono","region":"par","version":"724"}""";
    private static readonly CleverApiException NoAnswer = new("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };

    public static TheoryData<int, bool> Deaths
    {
        get
        {
            var deaths = new TheoryData<int, bool>();
            for (var step = 0; step < 24; step++)
            {
                deaths.Add(step, false);
                deaths.Add(step, true);
            }

            return deaths;
        }
    }

    [Fact]
    public async Task Another_plan_is_migrated_to_and_the_Secret_follows_in_the_pass_that_sees_the_end()
    {
        var world = await ReadyAsync();
        world.Respec(Large);

        await world.PassAsync();

        var (id, request) = Assert.Single(world.Clever.MigrationRequests);
        Assert.Equal(new CleverMigrationRequest("plan_2", "par", "7.2.4"), request);
        Assert.Equal(("False", Reason.Migrating), (world.Condition("Ready"), world.Ready.Reason));
        Assert.Equal((id, "RUNNING", "m_mono"), (Recorded(world, "id"), Recorded(world, "status"), Recorded(world, "plan")));
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);

        await world.PassAsync();
        world.Clever.EndMigration(MigrationStatus.Done, "OK");
        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Equal(("OK", "m_mono"), (Recorded(world, "status"), (string?)world.Resource.Status.ToObject()!["plan"]));
        Assert.Equal("redis://addon_1/migration_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal([Reason.Available, Reason.Migrating, Reason.Migrated, Reason.Available], world.Cluster.Events.Select(told => told.Reason));
        await world.RunUntilReadyAsync();
        Assert.Single(world.Clever.Migrations);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_at_any_step_migrates_once(int step, bool afterEffect)
    {
        var world = await ReadyAsync();
        world.Restart();
        world.Steps.DieAt = step;
        world.Steps.DiesAfterEffect = afterEffect;
        world.Respec(Large);

        await RunAsync(world);
        world.Restart();
        await RunAsync(world);

        await world.RunUntilReadyAsync();
        Assert.Single(world.Clever.Migrations);
        Assert.Equal("redis://addon_1/migration_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_migration_without_an_answer_is_looked_for_before_it_is_asked_for_again(bool tookEffect)
    {
        var world = await ReadyAsync();
        world.Respec(Large);
        world.Clever.NextMigrationFailure = NoAnswer;
        world.Clever.LostCreateTakesEffect = tookEffect;

        await world.PassAsync();
        Assert.Equal("REQUESTED", Recorded(world, "status"));
        await world.PassAsync();
        await world.PassAsync();

        Assert.Equal("RUNNING", Recorded(world, "status"));
        Assert.Equal("migration_1", Assert.Single(world.Clever.Migrations).Id);
    }

    [Fact]
    public async Task One_that_failed_is_told_and_not_tried_again_before_its_owner_says_so()
    {
        var world = await ReadyAsync();
        world.Respec(Large);
        await world.PassAsync();
        world.Clever.EndMigration(MigrationStatus.Failed, "FAILED");

        await world.PassAsync();
        Assert.Equal(("False", Reason.MigrationFailed), (world.Condition("Ready"), world.Ready.Reason));
        Assert.Contains("api.clever-cloud.com/retry-migration: migration_1", world.Ready.Message, StringComparison.Ordinal);
        world.Restart();
        await world.PassAsync();
        Assert.Single(world.Clever.Migrations);
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);

        world.Annotate("retry-migration", "migration_1");
        await world.PassAsync();
        Assert.Equal(2, world.Clever.Migrations.Count);
        world.Clever.EndMigration(MigrationStatus.Failed, "FAILED");
        await world.PassAsync();
        await world.PassAsync();
        Assert.Equal((2, Reason.MigrationFailed), (world.Clever.Migrations.Count, world.Ready.Reason));
    }

    [Fact]
    public async Task The_spec_set_back_aborts_a_migration_that_runs()
    {
        var world = await ReadyAsync();
        world.Respec(Large);
        await world.PassAsync();

        world.Respec(Small);
        await world.PassAsync();
        await world.PassAsync();

        Assert.Equal(MigrationStatus.Aborted, Assert.Single(world.Clever.Migrations).Status);
        Assert.Equal("True", world.Condition("Ready"));
        Assert.Null(world.Resource.Status.ToObject()!["migration"]);

        world.Respec(Large);
        await world.PassAsync();
        Assert.Equal(2, world.Clever.Migrations.Count);
    }

    [Fact]
    public async Task One_that_somebody_else_began_is_waited_for_and_never_aborted()
    {
        var world = await ReadyAsync();
        await world.Clever.StartMigrationAsync("orga_1", "addon_1", new("plan_1", "par", "7.2.4"), () => true, TestContext.Current.CancellationToken);
        world.Respec(Large);

        await world.PassAsync();
        Assert.Equal(Reason.Migrating, world.Ready.Reason);
        world.Respec(Small);
        await world.PassAsync();
        Assert.Equal(MigrationStatus.Running, Assert.Single(world.Clever.Migrations).Status);

        world.Respec(Large);
        world.Clever.EndMigration(MigrationStatus.Done, "OK");
        await world.PassAsync();
        Assert.Equal("plan_2", world.Clever.MigrationRequests["migration_2"].PlanId);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_the_API_and_asked_again_without_a_sound()
    {
        var world = await ReadyAsync();
        world.Respec(Large);
        world.Clever.NextMigrationFailure = new("Your plan is too large.", HttpStatusCode.BadRequest, "4001");

        var (after, problem, _) = await world.PassAsync();
        Assert.Equal((TimeSpan.FromMinutes(10), Reason.ChangeRejected), (after, problem));
        Assert.Contains("Your plan is too large.", world.Ready.Message, StringComparison.Ordinal);
        var writes = world.Resource.ResourceVersion;

        world.Clever.NextMigrationFailure = new("Your plan is too large.", HttpStatusCode.BadRequest, "4001");
        await world.PassAsync();
        Assert.Equal(writes, world.Resource.ResourceVersion);

        await world.PassAsync();
        Assert.Equal(("RUNNING", Reason.Migrating), (Recorded(world, "status"), world.Ready.Reason));
    }

    [Fact]
    public async Task What_a_migration_loses_is_told_before_it_begins()
    {
        var world = await ReadyAsync();
        world.Clever.Detail = new() { Features = new Dictionary<string, bool> { ["direct-host-only"] = true } };
        world.Respec(Large);
        world.Steps.Failure = call => call == "migrate" ? new CleverApiException("down", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true } : null;

        await world.PassAsync();

        Assert.Contains(world.Cluster.Events, told => told.Reason == Reason.Migrating && told.Message.Contains("loses its direct host", StringComparison.Ordinal));
    }

    private static async Task<ReconcilerWorld> ReadyAsync()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        return world;
    }

    // Passes enough for everything that a change takes, with an API that ends each migration at once.
    private static async Task RunAsync(ReconcilerWorld world)
    {
        for (var pass = 0; pass < 8; pass++)
        {
            await world.PassAsync();
            if (world.Clever.Migrations is [{ IsOver: false }])
            {
                world.Clever.EndMigration(MigrationStatus.Done, "OK");
            }
        }
    }

    private static string? Recorded(ReconcilerWorld world, string field) => (string?)(world.Resource.Status.ToObject()?["migration"] as JsonObject)?[field];
}

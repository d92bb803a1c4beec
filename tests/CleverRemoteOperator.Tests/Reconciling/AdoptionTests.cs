using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Tests.Reconciling.AdoptionWorld;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>A resource takes over an add-on that is there, and none that is another's.</summary>
public sealed class AdoptionTests
{
    public static TheoryData<int, bool> Deaths
    {
        get
        {
            var deaths = new TheoryData<int, bool>();
            for (var step = 0; step < 20; step++)
            {
                deaths.Add(step, false);
                deaths.Add(step, true);
            }

            return deaths;
        }
    }

    [Theory]
    [InlineData("addon_old")]
    [InlineData("redis_old")]
    [InlineData("billing cache")]
    public async Task An_add_on_made_by_hand_is_taken_over_by_id_real_id_or_name(string adopt)
    {
        var world = World("billing cache", $$"""{"plan":"s_mono","region":"par","adopt":"{{adopt}}"}""");

        await world.RunUntilReadyAsync();

        Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
        Assert.Equal(("addon_old", "billing cache", "Retain"), (Status(world, "addon"), Status(world, "adoptedName"), Status(world, "onDeletion")));
        Assert.Equal("redis://addon_old", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal(0, world.Clever.Creates);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_process_that_dies_at_any_step_takes_it_over_once_and_knows_its_former_name(int step, bool afterEffect)
    {
        var world = World("billing cache", Spec);
        world.Steps.DieAt = step;
        world.Steps.DiesAfterEffect = afterEffect;
        for (var pass = 0; pass < 10 && await world.PassAsync() is { Failure: null }; pass++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(5));
        }

        world.Restart();
        await world.RunUntilReadyAsync();

        Assert.Equal((Ours, 0), (Assert.Single(world.Clever.Addons).Name, world.Clever.Creates));
        Assert.Equal(("addon_old", "billing cache"), (Status(world, "addon"), Status(world, "adoptedName")));
    }

    [Fact]
    public async Task With_credentials_of_all_only_whom_the_configuration_names_takes_over_what_nobody_has()
    {
        var world = World("billing cache", Spec, new OperatorOptions());
        await Refused(world, Reason.AdoptionNotAllowed, "allow-adoption", "billing cache");

        world.Credentials = CredentialResult.Of(world.Credentials.Resolved!.Credentials, CredentialSource.Namespace);
        await world.RunUntilReadyAsync();
        Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
    }

    [Fact]
    public async Task An_add_on_of_a_living_resource_stays_with_it()
    {
        var world = World(Theirs, Spec);
        world.Holder = Living(null);
        await Refused(world, Reason.AdoptionConflict, "hand-over: paris/default", Theirs);

        world.Holder = Living("rome");
        await Refused(world, Reason.AdoptionConflict, "default/cache of cluster london", Theirs);
        Assert.DoesNotContain("env", world.Steps.Made);
    }

    [Theory]
    [InlineData("paris")]
    [InlineData("paris/default")]
    public async Task It_goes_to_whom_its_holder_names_even_with_credentials_of_all(string consent)
    {
        var world = World(Theirs, Spec, new OperatorOptions());
        world.Holder = Living(consent);

        await world.RunUntilReadyAsync();

        Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
    }

    [Fact]
    public async Task One_whose_holder_nobody_can_see_needs_its_uid_and_trust()
    {
        var world = World(Theirs, Spec);
        world.Holder = new Holder(HolderState.Unseen, OtherUid, "london", ("default", "cache")) { Problem = "it is not reached" };
        await Refused(world, Reason.AdoptionUnsafe, $"adopt-unseen: {OtherUid}", Theirs);
        world.Annotate("adopt-unseen", "88888888-2222-4333-8444-555555555555");
        await Refused(world, Reason.AdoptionUnsafe, "it is not reached", Theirs);

        var trusting = World(Theirs, Spec);
        trusting.Holder = world.Holder;
        trusting.Annotate("adopt-unseen", OtherUid);
        await trusting.RunUntilReadyAsync();
        Assert.Equal(Ours, Assert.Single(trusting.Clever.Addons).Name);

        var tenant = World(Theirs, Spec, new OperatorOptions());
        tenant.Holder = world.Holder;
        tenant.Annotate("adopt-unseen", OtherUid);
        await Refused(tenant, Reason.AdoptionNotAllowed, "allow-adoption", Theirs);
    }

    [Theory]
    [InlineData("paris", "default", true)]
    [InlineData("paris", "other", false)]
    [InlineData("london", "default", false)]
    public async Task What_a_resource_left_goes_back_to_its_own_namespace_only(string cluster, string @namespace, bool may)
    {
        var former = $"kubernetes::Redis::{OtherUid}::{cluster}/{@namespace}/cache";
        var world = World(former, """{"plan":"s_mono","region":"par","adopt":"kubernetes::Redis::77777777-2222-4333-8444-555555555555"}""", new OperatorOptions());
        world.Holder = new Holder(HolderState.Gone, OtherUid, cluster, (@namespace, "cache"));
        if (may)
        {
            await world.RunUntilReadyAsync();
            Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
        }
        else
        {
            await Refused(world, Reason.AdoptionNotAllowed, "allow-adoption", former);
        }
    }

    [Fact]
    public async Task Where_there_is_none_nothing_is_created_unless_its_owner_says_so_and_the_list_says_it_long_enough()
    {
        var world = World("another", """{"plan":"s_mono","region":"par","adopt":"addon_lost"}""");
        for (var pass = 0; pass < 10; pass++)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((Reason.AdopteeMissing, 0), (world.Ready.Reason, world.Clever.Creates));

        world.Restart();
        world.Respec("""{"plan":"s_mono","region":"par","adopt":"addon_lost","adoptPolicy":"AdoptOrCreate"}""");
        await world.PassAsync();
        Assert.Equal((Reason.AdopteeMissing, 0), (world.Ready.Reason, world.Clever.Creates));
        await world.RunUntilReadyAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task One_of_another_provider_and_one_of_several_are_not_taken()
    {
        var world = World("billing cache", Spec);
        world.Clever.Addons[0] = world.Clever.Addons[0] with { ProviderId = "mysql-addon" };
        await Refused(world, Reason.AdoptionConflict, "mysql-addon", "billing cache");

        var several = World("billing cache", """{"plan":"s_mono","region":"par","adopt":"billing cache"}""");
        several.Clever.Addons.Add(several.Clever.Addons[0] with { Id = "addon_more", RealId = "redis_more" });
        await several.PassAsync();
        Assert.Equal(Reason.AdoptionConflict, several.Ready.Reason);
        Assert.Contains("addon_more, addon_old", several.Ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_plan_than_asked_for_is_told_and_migrated_only_once_that_is_confirmed()
    {
        var world = World("billing cache", """{"plan":"m_mono","region":"par","adopt":"addon_old","driftPolicy":"Correct"}""");
        for (var pass = 0; pass < 3; pass++)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((Ours, Reason.Drifted, 0), (Assert.Single(world.Clever.Addons).Name, world.Ready.Reason, world.Clever.Migrations.Count));
        Assert.Contains("confirm-migration: addon_old", world.Ready.Message, StringComparison.Ordinal);

        world.Annotate("confirm-migration", "addon_old");
        await world.PassAsync();
        Assert.Equal("plan_2", Assert.Single(world.Clever.MigrationRequests).Value.PlanId);
    }

    [Fact]
    public async Task A_restored_resource_says_the_line_that_takes_its_add_on_over_and_the_line_works()
    {
        var world = World($"kubernetes::Redis::{OtherUid}::paris/default/cache", """{"plan":"s_mono","region":"par"}""");
        world.Holder = new Holder(HolderState.Gone, OtherUid, "paris", ("default", "cache"));
        world.Annotate("creation", new CreationMark("m", OtherUid, world.Time.GetUtcNow(), FakeCleverApi.Organisation, "operator", "user_1").ToString());
        await world.PassAsync();
        Assert.Contains($"spec.adopt: kubernetes::Redis::{OtherUid}", world.Ready.Message, StringComparison.Ordinal);

        world.Respec($$"""{"plan":"s_mono","region":"par","adopt":"kubernetes::Redis::{{OtherUid}}"}""");
        await world.RunUntilReadyAsync();
        Assert.Equal((Ours, 0), (Assert.Single(world.Clever.Addons).Name, world.Clever.Creates));
        Assert.DoesNotContain(CreationMark.Annotation, world.Resource.Annotations.Keys);
    }

    [Fact]
    public async Task A_dry_run_says_which_add_on_would_be_taken_over_and_takes_none()
    {
        var world = World("billing cache", Spec);
        world.Annotate("dry-run", "true");

        await world.PassAsync();

        Assert.Equal(("billing cache", Reason.DryRun), (Assert.Single(world.Clever.Addons).Name, world.Ready.Reason));
        Assert.Contains("would take over the add-on addon_old, called \"billing cache\"", world.Ready.Message, StringComparison.Ordinal);
        Assert.Empty(world.Resource.Finalizers);
    }

    private static Holder Living(string? consent) => new(HolderState.Living, OtherUid, "london", ("default", "cache")) { HandsOverTo = consent };

    private static async Task Refused(ReconcilerWorld world, string reason, string words, string name)
    {
        await world.PassAsync();
        Assert.Equal(reason, world.Ready.Reason);
        Assert.Contains(words, world.Ready.Message, StringComparison.Ordinal);
        Assert.Equal((name, 0), (Assert.Single(world.Clever.Addons).Name, world.Clever.Creates));
        Assert.Empty(world.Cluster.Secrets);
    }

    private static string? Status(ReconcilerWorld world, string field) => (string?)world.Resource.Status.ToObject()?[field];
}

using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>An add-on is a resource's own when its live name tells kind, uid and cluster, and by nothing else.</summary>
public sealed class OwnershipTests
{
    private const string Uid = "11111111-2222-4333-8444-555555555555";
    private const string Bare = $"kubernetes::Redis::{Uid}";
    private const string Ours = $"{Bare}::paris/default/cache";
    private const string Theirs = $"{Bare}::london/default/cache";

    private readonly ReconcilerWorld _world = new();

    [Fact]
    public async Task A_new_add_on_is_named_after_kind_uid_and_cluster_and_a_person_can_read_the_rest()
    {
        await _world.RunUntilReadyAsync();

        Assert.Equal(Ours, Assert.Single(_world.Clever.Addons).Name);
    }

    [Fact]
    public async Task The_resource_of_another_cluster_with_the_same_uid_gets_neither_password_nor_deletion()
    {
        Begun(Theirs);
        _world.Forge("addon", "addon_1");

        await _world.PassAsync();
        Assert.Equal(Reason.OwnedByAnotherCluster, _world.Ready.Reason);
        Assert.Contains("london", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Cluster.Secrets);

        _world.Delete();
        await _world.PassAsync();
        Assert.Empty(_world.Cluster.Resources);
        Assert.Equal(Theirs, Assert.Single(_world.Clever.Addons).Name);
        Assert.Contains(_world.Cluster.Events, told => told.Reason == Reason.OwnedByAnotherCluster && told.Message.Contains("london", StringComparison.Ordinal));
        Assert.DoesNotContain("delete", _world.Steps.Made);
        Assert.DoesNotContain("env", _world.Steps.Made);
    }

    [Fact]
    public async Task What_the_reference_operator_made_is_claimed_by_one_renaming()
    {
        Begun(Bare);

        await _world.RunUntilReadyAsync();
        await _world.PassAsync();

        Assert.Equal(Ours, Assert.Single(_world.Clever.Addons).Name);
        Assert.Equal(1, _world.Steps.Made.Count(step => step == "rename"));
    }

    [Theory]
    [InlineData("Wait", Reason.OwnershipPending)]
    [InlineData("Disputed", Reason.OwnershipDisputed)]
    [InlineData("Never", Reason.OwnershipDisputed)]
    public async Task What_may_not_be_claimed_is_neither_read_nor_changed(string right, string reason)
    {
        Begun(Bare);
        _world.Claim = new ClaimVerdict(Enum.Parse<ClaimRight>(right), "london shows it too");

        await _world.PassAsync();
        Assert.Equal((reason, "london shows it too"), _world.Ready);
        Assert.DoesNotContain("env", _world.Steps.Made);

        _world.Delete();
        await _world.PassAsync();
        Assert.Equal(Bare, Assert.Single(_world.Clever.Addons).Name);
        Assert.Equal(right == "Never", _world.Cluster.Resources.Count == 0);
    }

    [Fact]
    public async Task A_claim_whose_answer_is_lost_is_read_back()
    {
        Begun(Bare);
        _world.Clever.NextRenameFailure = new CleverApiException("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };

        await _world.PassAsync();

        Assert.Equal("True", _world.Condition("Ready"));
        Assert.Equal(1, _world.Steps.Made.Count(step => step == "rename"));
    }

    [Fact]
    public async Task A_name_the_API_refuses_is_told_with_the_way_out()
    {
        Begun(Bare);
        _world.Clever.NextRenameFailure = new CleverApiException("name too long", System.Net.HttpStatusCode.BadRequest, "1");

        await _world.PassAsync();

        Assert.Equal(Reason.ClaimRejected, _world.Ready.Reason);
        Assert.Contains("addon-names = \"reference\"", _world.Ready.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_was_called_otherwise_keeps_its_add_ons_and_renames_them()
    {
        var world = new ReconcilerWorld(owner: new Owner("paris", ["london"]));
        Begun(Theirs, world);

        await world.RunUntilReadyAsync();

        Assert.Equal(Ours, Assert.Single(world.Clever.Addons).Name);
    }

    [Fact]
    public async Task With_the_reference_s_names_an_add_on_is_called_as_it_would_call_it_and_one_of_ours_is_renamed_back()
    {
        var options = new OperatorOptions { AddonNames = AddonNames.Reference };
        var world = new ReconcilerWorld(options: options, owner: new Owner("paris", [], UsesBareNames: true));
        await world.RunUntilReadyAsync();
        Assert.Equal(Bare, Assert.Single(world.Clever.Addons).Name);

        var back = new ReconcilerWorld(options: options, owner: new Owner("paris", [], UsesBareNames: true));
        Begun(Ours, back);
        await back.RunUntilReadyAsync();
        Assert.Equal(Bare, Assert.Single(back.Clever.Addons).Name);
    }

    [Theory]
    [InlineData("kubernetes::Redis::99999999-2222-4333-8444-555555555555")]
    [InlineData($"kubernetes::MySql::{Uid}::paris/default/cache")]
    public async Task A_status_that_names_the_add_on_of_another_resource_is_skipped(string name)
    {
        _world.Clever.Addons.Add(Addon("addon_victim", name));
        _world.Forge("addon", "addon_victim");
        _world.Forge("organisation", FakeCleverApi.Organisation);

        await _world.RunUntilReadyAsync();

        Assert.Equal("addon_1", (string?)_world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal(2, _world.Clever.Addons.Count);
    }

    [Fact]
    public async Task An_add_on_renamed_by_hand_proves_nothing_and_is_told_with_the_name_it_needs()
    {
        await _world.RunUntilReadyAsync();
        _world.Clever.Addons[0] = _world.Clever.Addons[0] with { Name = "production" };
        _world.Time.Advance(TimeSpan.FromMinutes(20));

        await _world.PassAsync();

        Assert.Equal(Reason.OwnershipMismatch, _world.Ready.Reason);
        Assert.EndsWith($"Rename it to {Ours}", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Equal(1, _world.Clever.Creates);
    }

    [Fact]
    public async Task Two_resources_of_a_cluster_with_one_uid_are_both_left_alone()
    {
        _world.IsUidSharedNow = true;
        await _world.PassAsync();
        Assert.Equal(Reason.DuplicateUid, _world.Ready.Reason);
        Assert.Equal(0, _world.Clever.Creates);

        _world.IsUidSharedNow = false;
        await _world.RunUntilReadyAsync();
        _world.IsUidSharedNow = true;
        _world.Delete();
        await _world.PassAsync();
        Assert.Single(_world.Clever.Addons);
    }

    private void Begun(string name, ReconcilerWorld? world = null)
    {
        (world ??= _world).Clever.Addons.Add(Addon("addon_1", name));
        world.Cluster.Edit("cache", resource => resource with { Finalizers = ["api.clever-cloud.com/redis"] });
    }

    private static CleverAddon Addon(string id, string name) =>
        new(id, "redis_1", name, "par", "redis-addon", new CleverPlan("plan_1", "s_mono", "S", 1, [], false));
}

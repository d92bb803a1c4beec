using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What a tenant, or a backup, does to a resource while its add-on is being created, or later: never a second add-on.</summary>
public sealed class InterferenceTests
{
    private static readonly CleverApiException NoAnswer = new("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };

    private static readonly Dictionary<string, Func<AddonResource, AddonResource>> Edits = new()
    {
        ["the mark is taken away"] = resource => resource with { Annotations = new Dictionary<string, string>() },
        ["kubectl replace: mark and finalizer are gone"] = resource => resource with { Annotations = new Dictionary<string, string>(), Finalizers = [] },
        ["the same, and the status with them"] = resource => resource with { Annotations = new Dictionary<string, string>(), Finalizers = [], Status = default },
        ["the mark is garbage"] = resource => Marked(resource, "{"),
        ["the mark is of the wrong types"] = resource => Marked(resource, """{"id":7,"uid":{},"at":"never","refused":"yes"}"""),
        ["the mark is from the future"] = resource => Marked(resource, new CreationMark("x", resource.Uid, DateTimeOffset.MaxValue, FakeCleverApi.Organisation, "operator", "user_1").ToString()),
        ["the mark is from long ago"] = resource => Marked(resource, new CreationMark("x", resource.Uid, default, FakeCleverApi.Organisation, "operator", "user_1").ToString()),
        ["the mark says that nothing was created"] = resource => Marked(resource, new CreationMark("x", resource.Uid, default, FakeCleverApi.Organisation, "operator", "user_1", IsRefused: true).ToString()),
    };

    public static TheoryData<string> WhatIsDone => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(WhatIsDone))]
    public async Task A_creation_without_an_answer_is_not_repeated_whatever_is_done_to_the_resource(string what)
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");

        world.Cluster.Edit("cache", Edits[what]);
        for (var seconds = 0; seconds < 110; seconds += 10)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.True(world.Clever.Creates == 1, what);
        world.Clever.Unlisted.Clear();
        await world.RunUntilReadyAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Theory]
    [MemberData(nameof(WhatIsDone))]
    public async Task A_resource_whose_creation_got_no_answer_is_not_let_go_whatever_is_done_to_it(string what)
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");
        world.Cluster.Edit("cache", resource => Edits[what](resource) with { Finalizers = resource.Finalizers });
        world.Delete();
        for (var seconds = 0; seconds < 110; seconds += 10)
        {
            await world.PassAsync();
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }

        world.Clever.Unlisted.Clear();
        await world.PassAsync();

        Assert.True(world.Clever.Addons.Count == 0, what);
        Assert.Empty(world.Cluster.Resources);
    }

    [Theory]
    [MemberData(nameof(WhatIsDone))]
    public async Task A_creation_that_nothing_came_of_is_repeated_in_the_end_whatever_is_done_to_the_resource(string what)
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        world.Clever.LostCreateTakesEffect = false;
        await world.PassAsync();
        world.Cluster.Edit("cache", Edits[what]);

        await world.RunUntilReadyAsync();

        Assert.True(world.Clever.Creates == 2, what);
        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public async Task A_resource_restored_to_its_state_before_the_mark_finds_the_add_on_it_had()
    {
        var world = new ReconcilerWorld();
        var before = world.Resource;
        await world.RunUntilReadyAsync();
        world.Time.Advance(TimeSpan.FromHours(3));

        world.Restart();
        world.Cluster.Edit("cache", _ => before);
        await world.RunUntilReadyAsync();

        Assert.Equal(1, world.Clever.Creates);
        Assert.Equal("addon_1", (string?)world.Resource.Status.ToObject()!["addon"]);
    }

    [Fact]
    public async Task A_server_restored_from_a_backup_is_believed_although_its_revisions_went_back()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        var backup = world.Resource with { ResourceVersion = "7", Status = default };
        world.Time.Advance(TimeSpan.FromMinutes(6));
        world.Cluster.Resources["cache"] = backup;

        Assert.False(world.IsEcho(backup));
        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Equal("addon_1", (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_finalizer_that_somebody_removed_is_put_back()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Cluster.Edit("cache", resource => resource with { Finalizers = [] });

        await world.PassAsync();

        Assert.Equal(["api.clever-cloud.com/redis"], world.Resource.Finalizers);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_finalizer_and_a_mark_removed_while_the_add_on_is_created_make_no_second_one()
    {
        var world = new ReconcilerWorld();
        world.Clever.WhileCreating = () => world.Cluster.Edit(
            "cache", resource => resource with { Finalizers = [], Annotations = new Dictionary<string, string>() });

        await world.RunUntilReadyAsync();
        await world.PassAsync();

        Assert.Equal(["api.clever-cloud.com/redis"], world.Resource.Finalizers);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_resource_deleted_while_its_add_on_is_created_takes_it_along()
    {
        var world = new ReconcilerWorld();
        world.Clever.WhileCreating = world.Delete;

        await world.PassAsync();
        await world.PassAsync();

        Assert.Empty(world.Clever.Addons);
        Assert.Empty(world.Cluster.Resources);
    }

    [Fact]
    public async Task The_status_of_another_resource_is_no_way_to_its_add_on_or_its_secrets()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Clever.Addons.Add(world.Clever.Addons[0] with { Id = "addon_victim", Name = "kubernetes::Redis::99999999-2222-4333-8444-555555555555" });
        world.Cluster.Edit("cache", resource =>
        {
            var status = resource.Status.ToObject()!;
            status["addon"] = "addon_victim";
            return resource with { Status = JsonPart.Of(status) };
        });

        await world.PassAsync();

        Assert.Equal("addon_1", (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal("redis://addon_1", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
        Assert.Equal((1, 2), (world.Clever.Creates, world.Clever.Addons.Count));
    }

    [Fact]
    public async Task An_answer_that_shows_another_add_on_is_no_answer()
    {
        var world = new ReconcilerWorld();
        world.Clever.Answer = addon => addon with { Id = "addon_victim", Name = "production" };

        await world.PassAsync();

        Assert.Equal(Reason.CreationUnconfirmed, world.Condition("Ready", "reason"));
        Assert.Empty(world.Cluster.Secrets);
        await world.RunUntilReadyAsync();
        Assert.Equal("addon_1", (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_makes_no_wait_shorter()
    {
        var world = new ReconcilerWorld();
        world.Clever.NextCreateFailure = NoAnswer;
        await world.PassAsync();
        world.Clever.Unlisted.Add("addon_1");
        await world.PassAsync();

        world.Wall.Ahead = TimeSpan.FromHours(5);
        await world.PassAsync();
        world.Time.Advance(TimeSpan.FromSeconds(100));
        await world.PassAsync();

        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_namespace_Secret_replaced_by_one_of_another_organisation_while_the_add_on_is_created_changes_nothing_until_its_owner_says_so()
    {
        var world = new ReconcilerWorld { Credentials = Namespace("token-of-one", FakeCleverApi.Organisation) };
        var own = world.Credentials;
        world.Clever.WhileCreating = () => world.Credentials = Namespace("token-of-another", "orga_2");

        await world.PassAsync();
        Assert.Equal(FakeCleverApi.Organisation, (string?)world.Resource.Status.ToObject()!["organisation"]);
        await world.PassAsync();

        Assert.Equal(Reason.CredentialsChanged, world.Condition("Ready", "reason"));
        Assert.Single(world.Clever.Addons);

        // Deleted with the account that created it, which this process still knows.
        world.Delete();
        await world.PassAsync();
        Assert.Empty(world.Clever.Addons);
        Assert.Equal(own.Resolved!.Credentials.Token, world.Clever.Token);
    }

    private static AddonResource Marked(AddonResource resource, string mark) =>
        resource with { Annotations = new Dictionary<string, string> { [CreationMark.Annotation] = mark } };

    private static CredentialResult Namespace(string token, string organisation) => CredentialResult.Of(
        new CleverCredentials(new Uri("https://api.example"), token, null, null, null, organisation), CredentialSource.Namespace);
}

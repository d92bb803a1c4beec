using System.Globalization;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Deletions nobody regrets: policies, protection, typos, definitions that go, and too many at once.</summary>
public sealed class DeletionGuardTests
{
    private readonly ReconcilerWorld _world = new();

    [Theory]
    [InlineData("release", "True")]
    [InlineData("release", "yes")]
    [InlineData("release", "1")]
    [InlineData("relaese", "true")]
    [InlineData("deletion-policy", "retain")]
    [InlineData("deletion-protection", "on")]
    [InlineData("something-else", "x")]
    public async Task An_annotation_of_ours_that_is_unknown_or_wrong_deletes_nothing(string name, string text)
    {
        await LeavingAsync(() => _world.Annotate(name, text));

        Assert.Equal(Reason.InvalidAnnotation, _world.Ready.Reason);
        Assert.Contains($"api.clever-cloud.com/{name}", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Contains(name is "relaese" ? "did you mean api.clever-cloud.com/release?" : "allowed", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Single(_world.Clever.Addons);
    }

    [Fact]
    public async Task And_creates_nothing()
    {
        _world.Annotate("deletion-policy", "Retian");
        await _world.PassAsync();

        Assert.Equal((Reason.InvalidAnnotation, 0), (_world.Ready.Reason, _world.Clever.Creates));
    }

    [Theory]
    [InlineData("spec")]
    [InlineData("annotation")]
    [InlineData("namespace")]
    [InlineData("operator")]
    public async Task Retain_keeps_the_add_on_and_its_Secret_which_then_belongs_to_nobody(string where)
    {
        var world = new ReconcilerWorld(options: new OperatorOptions { DeletionPolicy = where == "operator" ? DeletionPolicy.Retain : DeletionPolicy.Delete });
        Say(world, where, "deletionPolicy", "deletion-policy", "Retain");
        await world.RunUntilReadyAsync();
        Assert.Equal("Retain", (string?)world.Resource.Status.ToObject()!["onDeletion"]);

        world.Delete();
        await world.PassAsync();

        Assert.Empty(world.Cluster.Resources);
        Assert.Single(world.Clever.Addons);
        Assert.Empty(world.Cluster.Secrets["cache"].Metadata.OwnerUids);
        Assert.Contains(world.Cluster.Events, told => told.Reason == Reason.Retained && told.Message.Contains("The Secret cache stays", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("spec")]
    [InlineData("annotation")]
    [InlineData("namespace")]
    [InlineData("operator")]
    public async Task A_protected_add_on_waits_until_its_protection_is_off(string where)
    {
        var world = new ReconcilerWorld(options: new OperatorOptions { DeletionProtection = where == "operator" });
        Say(world, where, "deletionProtection", "deletion-protection", "true");
        await world.RunUntilReadyAsync();
        Assert.Equal("Wait", (string?)world.Resource.Status.ToObject()!["onDeletion"]);

        world.Delete();
        await world.PassAsync();
        Assert.Equal(Reason.DeletionProtected, world.Ready.Reason);
        Assert.Single(world.Clever.Addons);

        world.Cluster.NamespaceAnnotations.Clear();
        world.Cluster.Edit("cache", resource => resource with
        {
            Spec = ReconcilerWorld.NewResource("""{"plan":"s_mono","region":"par","deletionProtection":false}""").Spec,
            Annotations = resource.Annotations.Where(pair => !pair.Key.EndsWith("protection", StringComparison.Ordinal)).ToDictionary(),
        });
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.PassAsync();
        Assert.Empty(world.Clever.Addons);
    }

    [Fact]
    public async Task Spec_and_annotation_that_contradict_each_other_delete_nothing()
    {
        _world.Respec("""{"plan":"s_mono","region":"par","deletionPolicy":"Delete"}""");
        await LeavingAsync(() => _world.Annotate("deletion-policy", "Retain"));

        Assert.Equal(Reason.InvalidAnnotation, _world.Ready.Reason);
        Assert.Single(_world.Clever.Addons);
    }

    [Fact]
    public async Task While_the_definition_goes_no_add_on_of_the_kind_is_deleted_and_release_lets_the_resource_go()
    {
        await LeavingAsync(() => _world.Cluster.IsDefinitionGoing = true);
        Assert.Equal(Reason.DeletionHeld, _world.Ready.Reason);
        Assert.Single(_world.Clever.Addons);

        _world.Annotate("release", "true");
        await _world.PassAsync();
        Assert.Empty(_world.Cluster.Resources);
        Assert.Single(_world.Clever.Addons);
    }

    [Fact]
    public async Task A_definition_that_may_not_be_read_costs_some_seconds_of_caution()
    {
        await LeavingAsync(() => _world.Cluster.IsDefinitionReadable = false);
        Assert.Single(_world.Clever.Addons);

        _world.Time.Advance(TimeSpan.FromSeconds(6));
        await _world.PassAsync();
        Assert.Empty(_world.Clever.Addons);
    }

    [Fact]
    public async Task Too_many_deletions_of_a_namespace_wait_for_an_allowance_of_an_hour_at_most()
    {
        await LeavingAsync(() =>
        {
            for (var other = 0; other < 10; other++)
            {
                Assert.True(_world.Memory.Deletions.TryTake("default", $"other-{other}", isTerminating: false, isAllowed: false));
            }
        });
        Assert.Equal(Reason.DeletionHeld, _world.Ready.Reason);
        Assert.Contains("TooManyDeletions", _world.Ready.Message, StringComparison.Ordinal);

        await AllowAsync(TimeSpan.FromHours(2));
        Assert.Single(_world.Clever.Addons);
        await AllowAsync(TimeSpan.FromMinutes(-1));
        Assert.Single(_world.Clever.Addons);
        await AllowAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(_world.Clever.Addons);
    }

    [Fact]
    public async Task After_ten_minutes_there_is_room_again()
    {
        await LeavingAsync(() => _world.Memory.Deletions.Read(string.Concat("{", string.Join(',', Enumerable.Range(0, 10).Select(n => $"\"default/o{n}\":\"2026-01-01T00:00:00Z\"")), "}")));
        Assert.Equal(Reason.DeletionHeld, _world.Ready.Reason);

        _world.Time.Advance(TimeSpan.FromMinutes(11));
        await _world.PassAsync();
        Assert.Empty(_world.Clever.Addons);
    }

    [Fact]
    public async Task A_namespace_that_goes_away_counts_as_one()
    {
        _world.Cluster.IsNamespaceGoing = true;
        await LeavingAsync(() =>
        {
            for (var other = 0; other < 30; other++)
            {
                Assert.True(_world.Memory.Deletions.TryTake("default", $"other-{other}", isTerminating: true, isAllowed: false));
            }
        });

        Assert.Empty(_world.Clever.Addons);
    }

    [Fact]
    public async Task What_others_still_hold_does_not_say_Ready_any_more()
    {
        await LeavingAsync(() => _world.Cluster.Edit("cache", resource => resource with { Finalizers = [.. resource.Finalizers, "example.com/backup"] }));

        Assert.Empty(_world.Clever.Addons);
        Assert.Equal(("False", Reason.Deleted), (_world.Condition("Ready"), _world.Ready.Reason));
    }

    private async Task LeavingAsync(Action before)
    {
        await _world.RunUntilReadyAsync();
        before();
        _world.Delete();
        await _world.PassAsync();
    }

    private async Task AllowAsync(TimeSpan ahead)
    {
        _world.Cluster.NamespaceAnnotations["api.clever-cloud.com/allow-deletions-until"] =
            (_world.Time.GetUtcNow() + TimeSpan.FromSeconds(10) + ahead).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        _world.Time.Advance(TimeSpan.FromSeconds(10));
        await _world.PassAsync();
    }

    private static void Say(ReconcilerWorld world, string where, string field, string annotation, string value)
    {
        if (where == "spec")
        {
            world.Respec($$"""{"plan":"s_mono","region":"par","{{field}}":{{(value == "true" ? value : $"\"{value}\"")}}}""");
        }
        else if (where == "annotation")
        {
            world.Annotate(annotation, value);
        }
        else if (where == "namespace")
        {
            world.Cluster.NamespaceAnnotations[$"api.clever-cloud.com/{annotation}"] = value;
        }
    }
}

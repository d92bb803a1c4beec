using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>An add-on that was there and is not: nothing comes back empty unless its owner asks for that.</summary>
public sealed class MissingAddonTests
{
    private readonly ReconcilerWorld _world = new();

    [Fact]
    public async Task A_missing_add_on_is_told_and_nothing_is_created_however_long_it_lasts()
    {
        await LostAsync();
        var secret = _world.Cluster.Secrets["cache"].Metadata.ResourceVersion;

        await RunAsync(TimeSpan.FromHours(2));

        Assert.Equal((Reason.AddonMissing, "False"), (_world.Ready.Reason, _world.Condition("AddonReady")));
        Assert.Contains("api.clever-cloud.com/recreate: addon_1", _world.Ready.Message, StringComparison.Ordinal);
        Assert.Equal(1, _world.Clever.Creates);
        Assert.Equal(secret, _world.Cluster.Secrets["cache"].Metadata.ResourceVersion);
        Assert.Contains(_world.Cluster.Events, told => told.Reason == Reason.AddonMissing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_after_a_restart_and_after_somebody_wiped_the_status(bool isRestarted)
    {
        await LostAsync();
        await _world.PassAsync();
        if (isRestarted)
        {
            _world.Restart();
        }
        else
        {
            _world.Cluster.Edit("cache", resource => resource with { Status = default });
        }

        await RunAsync(TimeSpan.FromHours(1));

        Assert.Equal((Reason.AddonMissing, 1), (_world.Ready.Reason, _world.Clever.Creates));
    }

    [Fact]
    public async Task It_reappears_and_all_is_as_before()
    {
        var addon = await LostAsync();
        await RunAsync(TimeSpan.FromMinutes(10));
        _world.Clever.Addons.Add(addon);

        await _world.RunUntilReadyAsync();

        Assert.Equal(1, _world.Clever.Creates);
    }

    [Theory]
    [InlineData("addon_1", 2)]
    [InlineData("addon_2", 1)]
    public async Task It_is_created_again_when_the_owner_names_its_id_and_only_once(string id, int creates)
    {
        await LostAsync();
        await _world.PassAsync();
        _world.Annotate("recreate", id);

        await RunAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(creates, _world.Clever.Creates);

        _world.Clever.Addons.Clear();
        await RunAsync(TimeSpan.FromHours(1));
        Assert.Equal(creates, _world.Clever.Creates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replacement_whose_answer_is_lost_is_looked_for_before_it_is_asked_for_again(bool isRestarted)
    {
        await LostAsync();
        await _world.PassAsync();
        _world.Annotate("recreate", "addon_1");
        _world.Clever.NextCreateFailure = new CleverApiException("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true };
        await _world.PassAsync();
        _world.Clever.Unlisted.Add("addon_2");
        if (isRestarted)
        {
            _world.Restart();
        }

        await RunAsync(TimeSpan.FromSeconds(100));
        Assert.Equal((Reason.CreationUnconfirmed, 2), (_world.Ready.Reason, _world.Clever.Creates));

        _world.Clever.Unlisted.Clear();
        await _world.RunUntilReadyAsync();
        Assert.Equal(2, _world.Clever.Creates);
    }

    [Theory]
    [InlineData("""{"plan":"s_mono","region":"par","onMissing":"Recreate"}""", null)]
    [InlineData("""{"plan":"s_mono","region":"par"}""", "Recreate")]
    public async Task A_cache_is_created_again_once_the_list_has_been_without_it_long_enough(string spec, string? annotation)
    {
        _world.Respec(spec);
        if (annotation is not null)
        {
            _world.Annotate("on-missing", annotation);
        }

        await LostAsync();
        await RunAsync(TimeSpan.FromSeconds(100));
        Assert.Equal(1, _world.Clever.Creates);

        await _world.RunUntilReadyAsync();
        Assert.Equal("addon_2", (string?)_world.Resource.Status.ToObject()!["addon"]);
    }

    [Fact]
    public async Task A_list_that_lost_too_much_at_once_is_not_believed_for_half_an_hour()
    {
        _world.Respec("""{"plan":"s_mono","region":"par","onMissing":"Recreate"}""");
        await LostAsync();
        for (var other = 0; other < 6; other++)
        {
            _world.Inventory.Expect(_world.AccountNow, $"uid-{other}", $"addon_other_{other}");
        }

        await RunAsync(TimeSpan.FromMinutes(25));
        Assert.Equal((Reason.ListDoubted, 1), (_world.Ready.Reason, _world.Clever.Creates));

        await RunAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, _world.Clever.Creates);
    }

    [Fact]
    public async Task Its_resource_can_be_deleted()
    {
        await LostAsync();
        await _world.PassAsync();
        _world.Delete();

        await _world.PassAsync();

        Assert.Empty(_world.Cluster.Resources);
    }

    /// <summary>The add-on was there and vanishes; gives what it was.</summary>
    private async Task<CleverAddon> LostAsync()
    {
        await _world.RunUntilReadyAsync();
        var addon = _world.Clever.Addons[0];
        _world.Clever.Addons.Clear();
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        return addon;
    }

    private async Task RunAsync(TimeSpan span)
    {
        for (var end = _world.Time.GetUtcNow() + span; _world.Time.GetUtcNow() < end; _world.Time.Advance(TimeSpan.FromSeconds(10)))
        {
            await _world.PassAsync();
        }
    }
}

using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Wishes that no migration is begun for.</summary>
public sealed class ChangeRefusalTests
{
    private const string Small = """{"plan":"s_mono","region":"par","version":"724"}""";

    [Theory]
    [InlineData("""{"plan":"huge","region":"par","version":"724"}""", "PlanNotAvailable")]
    [InlineData("""{"plan":"s_mono","region":"mars","version":"724"}""", "RegionNotAvailable")]
    [InlineData("""{"plan":"s_mono","region":"par","version":"9"}""", "VersionNotAvailable")]
    [InlineData("""{"plan":"s_mono","region":"par","version":"724","encryption":true}""", Reason.ChangeNotSupported)]
    public async Task What_cannot_be_had_is_told_and_Ready_is_not_True(string spec, string reason)
    {
        var world = await ReadyAsync();
        world.Clever.Detail = new() { Features = new Dictionary<string, bool> { ["encryption"] = false } };
        world.Respec(spec);

        await world.PassAsync();

        Assert.Equal(("False", reason), (world.Condition("Ready"), world.Ready.Reason));
        Assert.Equal("True", world.Condition("AddonReady"));
        Assert.Empty(world.Clever.Migrations);
        var writes = world.Resource.ResourceVersion;
        await world.PassAsync();
        Assert.Equal(writes, world.Resource.ResourceVersion);
    }

    [Fact]
    public async Task An_older_version_is_refused_before_it_is_asked_for()
    {
        var world = await ReadyAsync();
        world.Clever.Versions["addon_1"] = "8.0.2";
        world.Respec(Small.Replace("724", "7.2.4", StringComparison.Ordinal));

        await world.PassAsync();

        Assert.Equal(Reason.ChangeNotSupported, world.Ready.Reason);
        Assert.Empty(world.Clever.Migrations);
    }

    [Theory]
    [InlineData("""{"plan":"S","region":"PAR"}""")]
    [InlineData("""{"plan":"plan_1","region":"par","version":"7"}""")]
    public async Task The_same_in_other_words_is_no_change(string spec)
    {
        var world = await ReadyAsync();
        world.Respec(spec);

        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Empty(world.Clever.Migrations);
    }

    private static async Task<ReconcilerWorld> ReadyAsync()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        return world;
    }
}

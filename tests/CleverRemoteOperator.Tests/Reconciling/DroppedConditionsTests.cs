namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>The reference operator's definitions declare no conditions, so a server drops them.</summary>
public sealed class DroppedConditionsTests
{
    private static readonly TimeSpan Resync = TimeSpan.FromMinutes(10);

    private readonly ReconcilerWorld _world = new(dropsConditions: true);

    [Fact]
    public async Task Where_conditions_are_dropped_a_transition_is_one_Event_however_often_the_resource_is_looked_at()
    {
        for (var pass = 0; pass < 6; pass++)
        {
            Assert.Null((await _world.PassAsync()).Failure);
            _world.Time.Advance(Resync);
        }

        Assert.Null(_world.Condition("Ready"));
        Assert.Equal("Available", Assert.Single(_world.Cluster.Events).Reason);
    }

    [Fact]
    public async Task Once_the_definition_keeps_conditions_they_are_written_without_a_restart_and_no_Event_is_repeated()
    {
        Assert.Null((await _world.PassAsync()).Failure);
        Assert.Null(_world.Condition("Ready"));

        _world.Cluster.DropsConditions = false;
        _world.Time.Advance(Resync);
        Assert.Null((await _world.PassAsync()).Failure);

        Assert.Equal("True", _world.Condition("Ready"));
        Assert.Equal("Available", Assert.Single(_world.Cluster.Events).Reason);
    }
}

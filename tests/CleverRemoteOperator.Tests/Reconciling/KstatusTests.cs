using System.Reflection;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Deciding;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What tools that wait for resources (kubectl, Flux, Argo CD, Config Sync) conclude from each reason, by kstatus' rules.</summary>
public sealed class KstatusTests
{
    // Those that pass by themselves or are at work; what is only told by Events or with Ready=True is neither.
    private static readonly string[] Working = [Reason.Migrating, Reason.Deleting, Reason.RateLimited, Reason.CleverApiUnavailable];
    private static readonly string[] Neither = [Reason.Paused];

    public static TheoryData<string> Reasons =>
        [.. typeof(Reason).GetFields(BindingFlags.Static | BindingFlags.Public).Select(reason => (string)reason.GetRawConstantValue()!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_that_keeps_a_resource_from_Ready_is_work_or_waits_for_somebody(string reason)
    {
        var problem = new Problem(ConditionType.Ready, reason, "");

        Assert.Equal((Working.Contains(reason), !Working.Contains(reason) && !Neither.Contains(reason)), (problem.IsWork, problem.IsStalled));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_is_not_known_or_passes_is_work_whatever_its_reason(bool isUnknown, bool isTransient)
    {
        var problem = new Problem(ConditionType.AddonReady, Reason.CredentialsChanged, "") { IsUnknown = isUnknown, IsTransient = isTransient };

        Assert.Equal((true, false), (problem.IsWork, problem.IsStalled));
    }

    [Fact]
    public async Task A_resource_shows_at_most_one_of_the_two_and_none_when_all_is_well()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        Assert.Equal((null, null), (world.Condition("Reconciling"), world.Condition("Stalled")));

        world.Respec("""{"plan":"m_mono","region":"par"}""");
        await world.PassAsync();
        Assert.Equal(("True", null), (world.Condition("Reconciling"), world.Condition("Stalled")));

        world.Clever.EndMigration(MigrationStatus.Failed, "FAILED");
        await world.PassAsync();
        Assert.Equal((null, "True"), (world.Condition("Reconciling"), world.Condition("Stalled")));

        world.Respec("""{"plan":"s_mono","region":"par"}""");
        await world.PassAsync();
        Assert.Equal((null, null), (world.Condition("Reconciling"), world.Condition("Stalled")));
    }
}

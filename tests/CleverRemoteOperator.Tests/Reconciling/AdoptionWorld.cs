using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>A world with one add-on that the resource may take over.</summary>
internal static class AdoptionWorld
{
    public const string Ours = "kubernetes::Redis::11111111-2222-4333-8444-555555555555::paris/default/cache";
    public const string OtherUid = "77777777-2222-4333-8444-555555555555";
    public const string Theirs = $"kubernetes::Redis::{OtherUid}::london/default/cache";
    public const string Spec = """{"plan":"s_mono","region":"par","adopt":"addon_old"}""";

    private static readonly OperatorOptions Trusting = new() { AllowAdoption = ["default"] };

    /// <param name="addon">Name of the add-on.</param>
    /// <param name="options">The namespace may take over what nobody has unless these say otherwise.</param>
    public static ReconcilerWorld World(string addon, string spec, OperatorOptions? options = null)
    {
        var world = new ReconcilerWorld(options: options ?? Trusting);
        world.Clever.Addons.Add(new CleverAddon("addon_old", "redis_old", addon, "par", "redis-addon", new CleverPlan("plan_1", "s_mono", "S", 1, ["par"], false)));
        world.Cluster.Edit("cache", resource => resource with { Spec = ReconcilerWorld.NewResource(spec).Spec });
        return world;
    }
}

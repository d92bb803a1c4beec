using System.Collections.Immutable;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;

namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>All the sandbox's Clever API remembers, by id; never changed, only replaced.</summary>
internal sealed record StateData(
    ImmutableDictionary<string, Addon> Addons,
    ImmutableDictionary<string, Migration> Migrations,
    ImmutableDictionary<string, KubernetesCluster> Clusters)
{
    public static StateData Empty { get; } = new(
        ImmutableDictionary<string, Addon>.Empty,
        ImmutableDictionary<string, Migration>.Empty,
        ImmutableDictionary<string, KubernetesCluster>.Empty);

    /// <summary>The same state with every migration that is due done, and its add-on changed.</summary>
    public StateData Settled(DateTimeOffset now)
    {
        var settled = this;
        foreach (var migration in Migrations.Values.Where(migration => migration.IsDue(now)))
        {
            settled = settled with { Migrations = settled.Migrations.SetItem(migration.Id, migration with { Status = Migration.Done }) };
            if (settled.Addons.TryGetValue(migration.AddonId, out var addon))
            {
                settled = settled with { Addons = settled.Addons.SetItem(addon.Id, migration.AppliedTo(addon)) };
            }
        }

        return settled;
    }
}

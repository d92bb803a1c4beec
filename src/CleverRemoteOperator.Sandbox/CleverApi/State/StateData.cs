using System.Collections.Immutable;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;
using CleverRemoteOperator.Sandbox.CleverApi.Kubernetes;
using CleverRemoteOperator.Sandbox.CleverApi.Notifications;

namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>All the sandbox's Clever API remembers, by id; never changed, only replaced.</summary>
internal sealed record StateData(
    ImmutableDictionary<string, Addon> Addons,
    ImmutableDictionary<string, Migration> Migrations,
    ImmutableDictionary<string, KubernetesCluster> Clusters,
    ImmutableDictionary<string, Webhook>? Webhooks = null)
{
    /// <summary>The webhooks; a state file from before there were any has none.</summary>
    public ImmutableDictionary<string, Webhook> Webhooks { get; init; } = Webhooks ?? ImmutableDictionary<string, Webhook>.Empty;

    public static StateData Empty { get; } = new(
        ImmutableDictionary<string, Addon>.Empty,
        ImmutableDictionary<string, Migration>.Empty,
        ImmutableDictionary<string, KubernetesCluster>.Empty);

    /// <summary>The same state with every migration that is due in its next status, and the add-on of one that is done changed.</summary>
    public StateData Settled(DateTimeOffset now)
    {
        var settled = this;
        while (settled.Migrations.Values.FirstOrDefault(migration => migration.IsDue(now)) is { } due)
        {
            var advanced = due.Advanced();
            settled = settled with { Migrations = settled.Migrations.SetItem(due.Id, advanced) };
            if (advanced.Status == Migration.Done && settled.Addons.TryGetValue(due.AddonId, out var addon))
            {
                settled = settled with { Addons = settled.Addons.SetItem(addon.Id, due.AppliedTo(addon)) };
            }
        }

        return settled;
    }
}

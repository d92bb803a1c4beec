using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Commands.Fleet;

namespace CleverRemoteOperator.Commands.Export;

/// <summary>What is left of a cluster that is gone: the names of its add-ons.</summary>
internal sealed class LostCluster(ICleverApiFactory factory, TimeProvider time)
{
    /// <summary>A manifest, or a comment, for each add-on that bears the cluster's name.</summary>
    /// <param name="owner">The cluster's name in the names of add-ons.</param>
    /// <exception cref="CommandException">An organisation cannot be listed: manifests would be missing without anybody noticing.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(string owner, IReadOnlyList<FleetAccount> accounts, FleetFilter filter, CancellationToken token)
    {
        var inventory = await FleetInventory.ReadAsync(accounts, [], [], factory, time, FleetReader.Limit, token);
        if (inventory.Problems.Count > 0)
        {
            throw new CommandException(string.Join("; ", inventory.Problems));
        }

        return
        [
            .. from organisation in inventory.Addons
               from addon in organisation.Value
               let place = AddonPlace.Read(addon.Name)
               where place is not null && place.Name.IsIn(owner) && place.Kind?.ProviderId == addon.ProviderId
               where (filter.Kind is null || place.Kind == filter.Kind) && (filter.Namespace is null || place.Namespace == filter.Namespace)
               orderby place.Namespace, place.Kind!.Name, place.ResourceName
               select ResourceManifest.Of(place, addon, organisation.Key),
        ];
    }
}

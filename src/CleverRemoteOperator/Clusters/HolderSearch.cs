using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Clusters;

/// <summary>
/// Looks in the configured clusters for the resource whose an add-on is by its name. What the watches show is read live before it is
/// believed, and so is that they show nothing where the add-on's name tells the place.
/// </summary>
internal static class HolderSearch
{
    /// <param name="clusters">The configured clusters, with their resources where all of them are known here.</param>
    public static async Task<Holder> RunAsync(
        IReadOnlyList<(ClusterDefinition Definition, ClusterResources? Resources)> clusters, AddonKind kind, AddonName name,
        (string Namespace, string Name)? place, CancellationToken token)
    {
        var asked = name.Cluster is null ? clusters : [.. clusters.Where(cluster => IsCalled(cluster.Definition, name))];
        if (asked.Count == 0)
        {
            return Unseen(name, place, name.Cluster ?? "", "this operator does not serve that cluster");
        }

        Holder? unseen = null;
        foreach (var (definition, resources) in asked)
        {
            var found = await InAsync(definition, resources, kind, name, place, token);
            if (found.State == HolderState.Living)
            {
                return found;
            }

            unseen = found.State == HolderState.Unseen ? found : unseen;
        }

        return unseen ?? new Holder(HolderState.Gone, name.Uid, name.Cluster is null ? "" : asked[0].Definition.OwnerName, place);
    }

    private static async Task<Holder> InAsync(
        ClusterDefinition definition, ClusterResources? resources, AddonKind kind, AddonName name, (string Namespace, string Name)? place, CancellationToken token)
    {
        Holder Cannot(string why) => Unseen(name, place, definition.OwnerName, why);
        if (resources is null)
        {
            return Cannot("it is not reached, or another instance serves it");
        }

        if (resources.PlaceOf(name.Uid) is { } shown)
        {
            place = shown;
        }
        else if (!definition.Serves("*") && (place is null || !definition.Serves(place.Value.Namespace)))
        {
            return Cannot(place is null ? "only some of its namespaces are served" : $"its namespace {place.Value.Namespace} is not served");
        }

        if (place is not { } at)
        {
            return new Holder(HolderState.Gone, name.Uid, definition.OwnerName, null);
        }

        try
        {
            foreach (var (cluster, type) in resources.TypesOf(kind).ToList())
            {
                if (await cluster.GetAsync(type, at.Namespace, at.Name, token) is { } live && IsHolder(live, name))
                {
                    return new Holder(HolderState.Living, name.Uid, definition.OwnerName, at) { HandsOverTo = Steering.OfResource(live.Annotations).HandsOverTo };
                }
            }
        }
        catch (KubernetesApiException failure)
        {
            return Cannot(failure.Message);
        }

        // What a watch shows and a read does not is on its way out, or came back elsewhere: the next look knows.
        return resources.PlaceOf(name.Uid) is null ? new Holder(HolderState.Gone, name.Uid, definition.OwnerName, at) : Cannot("its watches and its answers differ");
    }

    private static bool IsHolder(AddonResource live, AddonName name) => string.Equals(live.Uid, name.Uid, StringComparison.OrdinalIgnoreCase);

    private static bool IsCalled(ClusterDefinition definition, AddonName name) =>
        name.IsIn(definition.OwnerName) || definition.FormerOwnerNames.Any(name.IsIn);

    private static Holder Unseen(AddonName name, (string Namespace, string Name)? place, string cluster, string why) =>
        new(HolderState.Unseen, name.Uid, cluster, place) { Problem = why };
}

using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>Where a resource is.</summary>
internal sealed record ResourcePlace(FleetCluster Cluster, string Namespace, AddonKind Kind, string Name)
{
    /// <summary>Reads <c>cluster/namespace/kind/name</c>; null with the mistakes when it is something else.</summary>
    public static ResourcePlace? Read(string text, IReadOnlyList<FleetCluster> clusters, List<string> mistakes)
    {
        if (text.Split('/') is not [var cluster, var @namespace, var kind, var name])
        {
            mistakes.Add($"resource: \"{Disclosure.Of(text)}\" is not allowed; allowed: CLUSTER/NAMESPACE/KIND/NAME, such as paris/shop/postgresql/db");
            return null;
        }

        var known = Words.One("resource: cluster", cluster, [.. clusters.Select(known => known.Name)], mistakes);
        var catalogued = FleetOptions.Kind("resource: kind", kind, mistakes);
        foreach (var (what, word, isName) in new[] { ("namespace", @namespace, KubernetesNames.IsLabel(@namespace)), ("name", name, KubernetesNames.IsSubdomain(name)) })
        {
            if (!isName)
            {
                mistakes.Add($"resource: {what}: \"{Disclosure.Of(word)}\" is not a Kubernetes name");
            }
        }

        return mistakes.Count > 0 ? null : new(clusters.First(one => one.Name == known), @namespace, catalogued!, name);
    }

    public override string ToString() => $"{Cluster.Name}/{Namespace}/{Kind.Name}/{Name}";
}

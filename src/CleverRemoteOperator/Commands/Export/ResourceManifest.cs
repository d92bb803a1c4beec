using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Commands.Export;

/// <summary>A resource as a manifest by which another cluster takes over its add-on: never one that creates a second one, or lets go of the data.</summary>
internal static class ResourceManifest
{
    private const string Prefix = AddonCatalog.Group + "/";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    // What steers one resource at one moment, or proves that it is this very one, has nothing to say of another.
    private static readonly string[] Dropped =
    [
        CreationMarkAnnotation, Steering.ReleaseAnnotation, Steering.AcceptAnnotation, Steering.RecreateAnnotation, Steering.RetryAnnotation,
        Steering.RequestAnnotation, Prefix + "deletion-policy", LastApplied,
    ];

    private const string CreationMarkAnnotation = CreationMark.Annotation;

    /// <summary>From what an API server gives.</summary>
    /// <param name="resource">The whole object.</param>
    /// <returns>The manifest; a comment takes its place where there is no add-on to adopt.</returns>
    public static string Of(JsonObject resource)
    {
        var metadata = resource["metadata"];
        var place = $"{resource.Text("kind")} {metadata.Text("namespace")}/{metadata.Text("name")}";
        if (resource["status"].Text("addon") is not { Length: > 0 } addon)
        {
            return $"# {Printable.Of(place, 256)}: left out, as it has no add-on to adopt\n";
        }

        var kept = new JsonObject { ["name"] = metadata.Text("name"), ["namespace"] = metadata.Text("namespace") };
        foreach (var field in new[] { "labels", "annotations" })
        {
            var texts = (metadata?[field] as JsonObject ?? []).Where(pair => !Dropped.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())).ToList();
            if (texts.Count > 0)
            {
                kept[field] = new JsonObject(texts);
            }
        }

        return Write(resource.Text("apiVersion")!, resource.Text("kind")!, kept, resource["spec"]?.DeepClone() as JsonObject ?? [], addon);
    }

    /// <summary>From what the Clever API alone tells of an add-on: kind, plan and region of itself, namespace and name of its name.</summary>
    public static string Of(AddonPlace place, CleverAddon addon, string organisation)
    {
        if (place is not { Kind: { WritesVariables: false } kind, Namespace: { } @namespace, ResourceName: { } name } || !KubernetesNames.IsLabel(@namespace) || !KubernetesNames.IsSubdomain(name))
        {
            var why = place.Kind?.WritesVariables == true ? "its variables stand in the spec, which is lost" : "its name does not tell namespace and name of its resource";
            return $"# {addon.Id}, {Printable.Of(addon.Name ?? "", AddonName.MaxLength)}: left out, as {why}\n";
        }

        var spec = new JsonObject { ["organisation"] = organisation };
        foreach (var (field, value) in new[] { ("plan", addon.Plan.Slug), ("region", addon.Region) })
        {
            if (kind.InstanceFields.Contains(field))
            {
                spec[field] = value;
            }
        }

        return Write(
            $"{kind.Groups[0]}/{kind.Versions[0]}", kind.Name, new JsonObject { ["name"] = name, ["namespace"] = @namespace }, spec, addon.Id);
    }

    private static string Write(string apiVersion, string kind, JsonObject metadata, JsonObject spec, string addon)
    {
        spec["deletionPolicy"] = "Retain";
        spec["adopt"] = addon;
        return "---\n" + YamlWriter.Write(new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata, ["spec"] = spec });
    }
}

using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>What the operator looks at in a Deployment, StatefulSet or DaemonSet.</summary>
/// <param name="Secrets">Names of the Secrets its pods read, from env, envFrom, volumes and projected volumes.</param>
/// <param name="Checksum">Of which Secret's content it was last restarted for; null when it never was.</param>
internal sealed record Workload(string Name, string Uid, IReadOnlySet<string> Secrets, string? Checksum)
{
    /// <summary>Reads one; what is of another type than Kubernetes has it counts as absent.</summary>
    public static Workload Read(JsonNode? workload)
    {
        var template = Field(workload, "spec", "template");
        var pod = Field(template, "spec");
        var containers = Items(pod, "containers").Concat(Items(pod, "initContainers")).ToList();
        var sources = Items(pod, "volumes").SelectMany(volume => Items(Field(volume, "projected"), "sources"));
        var secrets = containers.SelectMany(container => Items(container, "env")).Select(variable => Field(variable, "valueFrom", "secretKeyRef").Text("name"))
            .Concat(containers.SelectMany(container => Items(container, "envFrom")).Select(source => Field(source, "secretRef").Text("name")))
            .Concat(Items(pod, "volumes").Select(volume => Field(volume, "secret").Text("secretName")))
            .Concat(sources.Select(source => Field(source, "secret").Text("name")));
        return new(
            Field(workload, "metadata").Text("name") ?? "",
            Field(workload, "metadata").Text("uid") ?? "",
            secrets.OfType<string>().ToHashSet(StringComparer.Ordinal),
            Field(template, "metadata", "annotations").Text(AddonCatalog.RestartAnnotation));
    }

    private static JsonNode? Field(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node, string name) => Field(node, name) as JsonArray ?? [];
}

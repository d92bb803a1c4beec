using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>One resource in one version, as the OpenAPI documents describe it.</summary>
internal sealed record ApiResource(
    string Group, string Version, string Kind, string Plural, bool Namespaced, bool HasStatus, string Definition, Func<string, JsonObject> Schema)
{
    private static readonly HashSet<string> ClusterScoped = ["Namespace", "CustomResourceDefinition"];

    /// <summary>The path of the group and version, without a slash in front.</summary>
    public string GroupVersionPath => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";

    /// <summary>Whether a definition made it.</summary>
    public bool IsCustom { get; private init; }

    public JsonObject GroupVersionKind => new() { ["group"] = Group, ["version"] = Version, ["kind"] = Kind };

    /// <summary>The built-in resources, then those of the definitions; <c>Schema</c> takes the prefix of references.</summary>
    public static IEnumerable<ApiResource> All(IEnumerable<JsonObject> crds) =>
        BuiltInSchemas.Types.Where(type => type.IsResource).Select(BuiltIn).Concat(crds.SelectMany(Custom));

    private static ApiResource BuiltIn(BuiltInType type) => new(
        type.Group,
        "v1",
        type.Kind,
        type.Kind.ToLowerInvariant() + "s",
        !ClusterScoped.Contains(type.Kind),
        ClusterScoped.Contains(type.Kind),
        type.Definition,
        prefix => type.Schema(kind => Reference(prefix, BuiltInSchemas.Resolve(type, kind).Definition)));

    private static IEnumerable<ApiResource> Custom(JsonObject crd)
    {
        var spec = crd["spec"]!;
        var group = (string?)spec["group"] ?? "";
        var kind = (string?)spec["names"]?["kind"] ?? "";
        foreach (var version in spec["versions"]!.AsArray().OfType<JsonObject>().Where(version => (bool?)version["served"] == true))
        {
            var name = (string?)version["name"] ?? "";
            var schema = version["schema"]?["openAPIV3Schema"] as JsonObject;
            yield return new ApiResource(
                group,
                name,
                kind,
                (string?)spec["names"]?["plural"] ?? "",
                (string?)spec["scope"] == "Namespaced",
                version["subresources"]?["status"] is not null,
                string.Join('.', group.Split('.').Reverse()) + $".{name}.{kind}",
                prefix => WithTypeFields(schema, prefix))
            { IsCustom = true };
        }
    }

    private static JsonObject WithTypeFields(JsonObject? schema, string prefix)
    {
        var result = schema?.DeepClone().AsObject() ?? new JsonObject { ["type"] = "object" };
        var properties = result["properties"] as JsonObject ?? [];
        properties["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = "Group and version of the object's schema." };
        properties["kind"] = new JsonObject { ["type"] = "string", ["description"] = "Kind of the object." };
        properties["metadata"] = Reference(prefix, BuiltInSchemas.Types.Single(type => type.Name == "meta.v1.ObjectMeta").Definition);
        result["properties"] ??= properties;
        return result;
    }

    private static JsonObject Reference(string prefix, string definition) => new() { ["$ref"] = prefix + definition };
}

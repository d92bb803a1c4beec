using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>
/// Renders the CRDs of a kind from its descriptor: one a group. What a server drops because it is empty or zero is left out, so
/// that applying a definition again changes nothing.
/// </summary>
internal static class CustomResourceDefinition
{
    /// <summary>The category that lists all our resources: <c>kubectl get clever</c>.</summary>
    public const string Category = "clever";

    /// <summary>The CRDs of these kinds, each with its name in the cluster (<c>postgresqls.api.clever-cloud.com</c>).</summary>
    public static IEnumerable<(string Name, JsonObject Definition)> Render(
        IEnumerable<AddonKind> kinds, CustomResourceDefinitionNames names) =>
        from kind in kinds
        from apiGroup in kind.Groups
        select ($"{kind.Plural}.{apiGroup}", Render(kind, apiGroup, names));

    private static JsonObject Render(AddonKind kind, string apiGroup, CustomResourceDefinitionNames names)
    {
        var name = names == CustomResourceDefinitionNames.Reference ? kind.ReferenceName ?? kind.Name : kind.Name;
        // In place of the reference operator's CRDs its version stays the stored one: its CRDs can come back.
        var stored = names == CustomResourceDefinitionNames.Reference ? kind.Versions[^1] : kind.Versions[0];
        // One group has the short names: kubectl warns when a short name means two resources.
        var shortNames = apiGroup == kind.Groups[0] ? kind.ShortNames : [];
        var spelled = new JsonObject
        {
            ["kind"] = name,
            ["listKind"] = name + "List",
            ["plural"] = kind.Plural,
            ["singular"] = kind.Singular,
            ["categories"] = new JsonArray(Category),
        };
        if (shortNames.Count > 0)
        {
            spelled["shortNames"] = new JsonArray([.. shortNames.Select(shortName => JsonValue.Create(shortName))]);
        }

        return new()
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{kind.Plural}.{apiGroup}", ["annotations"] = Kept() },
            ["spec"] = new JsonObject
            {
                ["group"] = apiGroup,
                ["names"] = spelled,
                ["scope"] = "Namespaced",
                ["versions"] = new JsonArray([.. kind.Versions.Select(JsonNode (version) => new JsonObject
                {
                    ["name"] = version,
                    ["served"] = true,
                    ["storage"] = version == stored,
                    ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
                    ["additionalPrinterColumns"] = CustomResourceDefinitionColumns.Render(kind, names),
                    ["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema(kind) },
                })]),
            },
        };
    }

    /// <summary>
    /// With a definition goes every resource of it, so neither Helm nor Argo CD shall delete one because its release or application
    /// went or no longer holds it.
    /// </summary>
    private static JsonObject Kept() => new()
    {
        ["helm.sh/resource-policy"] = "keep",
        ["argocd.argoproj.io/sync-options"] = "Prune=false,Delete=false",
    };

    private static JsonObject Schema(AddonKind kind)
    {
        var schema = Fields(kind);
        if (kind.Options.Where(option => option.Type == AddonOptionType.Flag).ToList() is { Count: > 0 } fixedOptions)
        {
            schema["x-kubernetes-validations"] = new JsonArray([.. fixedOptions.SelectMany(Fixed)]);
        }

        return schema;
    }

    private static readonly string[] Layouts = ["spec", "spec.options"];

    // What no call can change may be corrected until there is an add-on.
    private static IEnumerable<JsonNode> Fixed(AddonOption option) =>
        from path in Layouts
        let has = $"has(self.{path}) && has(self.{path}.{option.Name}) && has(oldSelf.{path}) && has(oldSelf.{path}.{option.Name})"
        select new JsonObject
        {
            ["rule"] = $"!has(oldSelf.status) || !has(oldSelf.status.addon) || !({has}) || self.{path}.{option.Name} == oldSelf.{path}.{option.Name}",
            ["message"] = $"{path}.{option.Name} cannot be changed once the add-on exists: set it back, or create another resource",
        };

    private static JsonObject Fields(AddonKind kind) => new()
    {
        ["description"] = $"{kind.Description}, run by Clever Cloud.",
        ["type"] = "object",
        ["required"] = new JsonArray("spec"),
        ["properties"] = new JsonObject
        {
            ["spec"] = CustomResourceDefinitionSpec.Schema(kind),
            ["status"] = CustomResourceDefinitionStatus.Schema(kind),
        },
    };
}

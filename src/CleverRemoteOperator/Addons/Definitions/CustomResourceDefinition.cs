using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

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
        select ($"{kind.Plural}.{apiGroup}",
            JsonSerializer.SerializeToNode(Render(kind, apiGroup, names), DefinitionModels.Default.V1CustomResourceDefinition)!.AsObject());

    private static V1CustomResourceDefinition Render(AddonKind kind, string apiGroup, CustomResourceDefinitionNames names)
    {
        var name = names == CustomResourceDefinitionNames.Reference ? kind.ReferenceName ?? kind.Name : kind.Name;
        // In place of the reference operator's CRDs its version stays the stored one: its CRDs can come back.
        var stored = names == CustomResourceDefinitionNames.Reference ? kind.Versions[^1] : kind.Versions[0];
        // One group has the short names: kubectl warns when a short name means two resources.
        var shortNames = apiGroup == kind.Groups[0] ? kind.ShortNames : [];
        return new()
        {
            ApiVersion = $"{V1CustomResourceDefinition.KubeGroup}/{V1CustomResourceDefinition.KubeApiVersion}",
            Kind = V1CustomResourceDefinition.KubeKind,
            Metadata = new() { Name = $"{kind.Plural}.{apiGroup}", Annotations = Kept() },
            Spec = new()
            {
                Group = apiGroup,
                Names = new()
                {
                    Kind = name,
                    ListKind = name + "List",
                    Plural = kind.Plural,
                    Singular = kind.Singular,
                    Categories = [Category],
                    ShortNames = shortNames.Count > 0 ? [.. shortNames] : null,
                },
                Scope = "Namespaced",
                Versions = [.. kind.Versions.Select(version => new V1CustomResourceDefinitionVersion
                {
                    Name = version,
                    Served = true,
                    Storage = version == stored,
                    Subresources = new() { Status = new object() },
                    AdditionalPrinterColumns = [.. CustomResourceDefinitionColumns.Render(kind, names)],
                    Schema = new() { OpenAPIV3Schema = Schema(kind) },
                })],
            },
        };
    }

    /// <summary>
    /// With a definition goes every resource of it, so neither Helm nor Argo CD shall delete one because its release or application
    /// went or no longer holds it.
    /// </summary>
    private static Dictionary<string, string> Kept() => new()
    {
        ["helm.sh/resource-policy"] = "keep",
        ["argocd.argoproj.io/sync-options"] = "Prune=false,Delete=false",
    };

    private static V1JSONSchemaProps Schema(AddonKind kind)
    {
        var schema = Fields(kind);
        if (kind.Options.Where(option => option.Type == AddonOptionType.Flag).ToList() is { Count: > 0 } fixedOptions)
        {
            schema.XKubernetesValidations = [.. fixedOptions.SelectMany(Fixed)];
        }

        return schema;
    }

    private static readonly string[] Layouts = ["spec", "spec.options"];

    // What no call can change may be corrected until there is an add-on.
    private static IEnumerable<V1ValidationRule> Fixed(AddonOption option) =>
        from path in Layouts
        let has = $"has(self.{path}) && has(self.{path}.{option.Name}) && has(oldSelf.{path}) && has(oldSelf.{path}.{option.Name})"
        select new V1ValidationRule
        {
            Rule = $"!has(oldSelf.status) || !has(oldSelf.status.addon) || !({has}) || self.{path}.{option.Name} == oldSelf.{path}.{option.Name}",
            Message = $"{path}.{option.Name} cannot be changed once the add-on exists: set it back, or create another resource",
        };

    private static V1JSONSchemaProps Fields(AddonKind kind) => new()
    {
        Description = $"{kind.Description}, run by Clever Cloud.",
        Type = "object",
        Required = ["spec"],
        Properties = new Dictionary<string, V1JSONSchemaProps>
        {
            ["spec"] = CustomResourceDefinitionSpec.Schema(kind),
            ["status"] = CustomResourceDefinitionStatus.Schema(kind),
        },
    };
}

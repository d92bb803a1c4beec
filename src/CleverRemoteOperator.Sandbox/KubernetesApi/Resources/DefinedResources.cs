using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Reads the resources that a custom resource definition makes.</summary>
internal static class DefinedResources
{
    /// <summary>One type for each version served.</summary>
    public static IEnumerable<ResourceType> Of(JsonObject definition)
    {
        var names = definition.Map("status", "acceptedNames") ?? [];
        var kept = definition.Maps("spec", "versions").FirstOrDefault(version => version.Flag("storage"))?.Text("name") ?? "";
        return definition.Maps("spec", "versions").Where(version => version.Flag("served")).Select(version =>
        {
            var hasStatus = version.Map("subresources", "status") is not null;
            var schema = StructuralSchema.Parse(version.Map("schema", "openAPIV3Schema") ?? []);
            return new ResourceType(
                definition.Text("spec", "group") ?? "",
                version.Text("name") ?? "",
                names.Text("plural") ?? "",
                names.Text("kind") ?? "",
                definition.Text("spec", "scope") == "Namespaced",
                new CustomRules(schema, hasStatus, version["additionalPrinterColumns"]?.DeepClone().AsArray()))
            {
                Singular = names.Text("singular") ?? "",
                ListKind = names.Text("listKind") ?? "",
                ShortNames = names.Texts("shortNames"),
                Categories = names.Texts("categories"),
                Subresources = hasStatus ? ["status"] : [],
                Custom = true,
                StoredAs = (definition.Text("spec", "group") ?? "", kept, names.Text("kind") ?? ""),
            };
        });
    }
}

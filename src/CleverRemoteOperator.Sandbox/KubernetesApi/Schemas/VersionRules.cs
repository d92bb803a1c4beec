using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>What the API demands of the versions of a CustomResourceDefinition.</summary>
internal static class VersionRules
{
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];

    public static void Validate(JsonObject spec, List<FieldError> errors)
    {
        JsonObject[] versions = [.. (spec["versions"] as JsonArray ?? []).OfType<JsonObject>()];
        string[] stored = [.. versions.Where(version => CustomResourceDefinitionRules.Flag(version, "storage")).Select(Name)];
        if (stored.Length != 1)
        {
            errors.Add(FieldError.Invalid("spec.versions", Shown(versions), "must have exactly one version marked as storage version"));
        }

        if (versions.DistinctBy(Name).Count() != versions.Length)
        {
            errors.Add(FieldError.Invalid("spec.versions", Shown(versions), "must contain unique version names"));
        }

        // The API words mistakes of versions that are all alike as those of the whole definition.
        var shared = versions.DistinctBy(version => JsonWords.Compact(version["schema"])).Count() == 1;
        for (var i = 0; i < versions.Length; i++)
        {
            CustomResourceDefinitionRules.CheckLabel($"spec.versions[{i}].name", Name(versions[i]), errors);
            if (versions[i]["schema"]?["openAPIV3Schema"] is not JsonObject schema)
            {
                errors.Add(FieldError.Required($"spec.versions[{i}].schema.openAPIV3Schema"));
            }
            else if (!shared || i == 0)
            {
                StructuralRules.ValidateRoot(schema, shared ? "spec.validation.openAPIV3Schema" : $"spec.versions[{i}].schema.openAPIV3Schema", errors);
            }

            Columns(versions[i], versions.Length == 1 ? "spec" : $"spec.versions[{i}]", errors);
        }
    }

    private static void Columns(JsonObject version, string path, List<FieldError> errors)
    {
        JsonObject[] columns = [.. (version["additionalPrinterColumns"] as JsonArray ?? []).OfType<JsonObject>()];
        for (var i = 0; i < columns.Length; i++)
        {
            var place = $"{path}.additionalPrinterColumns[{i}]";
            var jsonPath = CustomResourceDefinitionRules.Text(columns[i], "jsonPath");
            if (!IsReadable(jsonPath))
            {
                errors.Add(FieldError.Invalid($"{place}.JSONPath", JsonWords.Quote(jsonPath), "must be a simple json path starting with ."));
            }

            if (CustomResourceDefinitionRules.Text(columns[i], "name").Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.name"));
            }

            var type = CustomResourceDefinitionRules.Text(columns[i], "type");
            if (!ColumnTypes.Contains(type))
            {
                errors.Add(FieldError.Invalid($"{place}.type", JsonWords.Quote(type), $"must be one of {string.Join(',', ColumnTypes)}"));
            }
        }
    }

    private static bool IsReadable(string jsonPath)
    {
        try
        {
            return JsonPath.Parse(jsonPath) is not null && jsonPath.StartsWith('.');
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Name(JsonObject version) => CustomResourceDefinitionRules.Text(version, "name");

    /// <summary>The versions without their schemas, which would drown the message.</summary>
    private static string Shown(IEnumerable<JsonObject> versions) =>
        "[" + string.Join(',', versions.Select(version =>
            $"{{\"Name\":{JsonWords.Quote(Name(version))},\"Served\":{Word(version, "served")},\"Storage\":{Word(version, "storage")},\"Deprecated\":{Word(version, "deprecated")},"
            + "\"DeprecationWarning\":null,\"Schema\":null,\"Subresources\":null,\"AdditionalPrinterColumns\":null,\"SelectableFields\":null}")) + "]";

    private static string Word(JsonObject version, string name) => CustomResourceDefinitionRules.Flag(version, name) ? "true" : "false";
}

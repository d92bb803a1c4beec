using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>What server-side apply demands of a configuration before all else: fields its schema declares, with values of their types.</summary>
internal static class TypedCheck
{
    private static readonly string[] TypeFields = ["apiVersion", "kind"];

    /// <summary>Throws 500, as the API does, for what does not fit.</summary>
    /// <param name="schema">The kind's; null for a built-in kind.</param>
    public static void Check(JsonObject applied, StructuralSchema? schema)
    {
        List<string> mistakes = [];
        Fields(applied, FieldShape.Of(applied, schema).Schema, "", mistakes, isResource: true);
        if (mistakes.Count > 0)
        {
            throw new PatchException(500, "", $"failed to create typed patch object ({Named(applied)}): {(mistakes.Count == 1 ? mistakes[0] : "errors:\n  " + string.Join("\n  ", mistakes))}");
        }
    }

    /// <summary>The object as the messages of server-side apply call it.</summary>
    public static string Named(JsonObject applied) =>
        $"{applied.Text("metadata", "namespace")}/{applied.Text("metadata", "name")}; {KindOf(applied)}";

    /// <summary>Group, version and kind as Go prints them.</summary>
    public static string KindOf(JsonObject applied)
    {
        var version = applied.Text("apiVersion") ?? "";
        return $"{(version.Contains('/', StringComparison.Ordinal) ? version : "/" + version)}, Kind={applied.Text("kind")}";
    }

    private static void Visit(JsonNode? value, StructuralSchema? schema, string path, List<string> mistakes)
    {
        if (value is null || schema is null || schema.IntOrString)
        {
            return;
        }

        switch (schema.Type, value)
        {
            case ("object", JsonObject map):
                Fields(map, schema, path, mistakes, schema.EmbeddedResource);
                break;
            case ("array", JsonArray list):
                for (var i = 0; i < list.Count; i++)
                {
                    Visit(list[i], schema.Items, $"{path}[{i}]", mistakes);
                }

                break;
            case ("object", _):
                mistakes.Add($"{path}: expected map, got &{{{GoText.Print(value)}}}");
                break;
            case ("array", _):
                mistakes.Add($"{path}: expected list, got &{{{GoText.Print(value)}}}");
                break;
            case (not null, _) when !IsScalar(schema.Type, value):
                mistakes.Add($"{path}: expected {ExpectedAndGot(schema.Type, value)}");
                break;
        }
    }

    private static void Fields(JsonObject map, StructuralSchema? schema, string path, List<string> mistakes, bool isResource)
    {
        foreach ((var name, var value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var field = isResource && name == "metadata" ? BuiltInSchemas.ObjectMeta : schema?.Field(name);
            if (field is null && !(isResource && TypeFields.Contains(name)) && !TakesAny(schema))
            {
                // The first such field ends the look at this map.
                mistakes.Add($"{path}.{name}: field not declared in schema");
                return;
            }

            Visit(value, field, $"{path}.{name}", mistakes);
        }
    }

    private static string ExpectedAndGot(string type, JsonNode value) => type switch
    {
        "string" => $"string, got &value.valueUnstructured{{Value:{GoText.Literal(value)}}}",
        "boolean" => $"boolean, got &{{{GoText.Print(value)}}}",
        _ => $"numeric (int or float), got {GoText.TypeOf(value)}",
    };

    private static bool TakesAny(StructuralSchema? schema) =>
        schema is null || schema.PreserveUnknownFields || schema.AnyAdditionalProperty || (schema.Properties.Count == 0 && schema.AdditionalProperties is null);

    private static bool IsScalar(string type, JsonNode value) => JsonWords.SchemaType(value) switch
    {
        "integer" or "number" => type is "integer" or "number",
        var actual => actual == type,
    };
}

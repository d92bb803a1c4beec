using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>The named schemas of a document.</summary>
internal static class OpenApiDefinitions
{
    private const string ListMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    /// <summary>OpenAPI 2 has no words for these; the API server leaves them out there too.</summary>
    private static readonly string[] OnlyInV3 = ["nullable", "oneOf", "anyOf", "not", "allOf", "default"];

    public static JsonObject Build(IEnumerable<ApiResource> resources, string prefix, bool isV3)
    {
        JsonObject definitions = new() { [ListMeta] = ListMetaSchema() };
        foreach (var type in BuiltInSchemas.Types.Where(type => !type.IsResource))
        {
            definitions[type.Definition] = type.Schema(kind => new JsonObject { ["$ref"] = prefix + BuiltInSchemas.Resolve(type, kind).Definition });
        }

        foreach (var resource in resources)
        {
            var schema = resource.Schema(prefix);
            if (!isV3)
            {
                Reduce(schema);
            }

            schema["x-kubernetes-group-version-kind"] = new JsonArray(resource.GroupVersionKind);
            definitions[resource.Definition] = schema;
            definitions[resource.Definition + "List"] = ListSchema(resource, prefix);
        }

        return definitions;
    }

    /// <summary>Drops OpenAPI 3 words from a schema and those below; a property may well bear such a word as its name.</summary>
    private static void Reduce(JsonObject schema)
    {
        foreach (var word in OnlyInV3)
        {
            schema.Remove(word);
        }

        foreach (var word in new[] { "items", "additionalProperties" })
        {
            if (schema[word] is JsonObject child)
            {
                Reduce(child);
            }
        }

        foreach ((var _, var property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is JsonObject child)
            {
                Reduce(child);
            }
        }
    }

    private static JsonObject ListSchema(ApiResource resource, string prefix)
    {
        var kind = resource.GroupVersionKind;
        kind["kind"] = resource.Kind + "List";
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string" },
                ["kind"] = new JsonObject { ["type"] = "string" },
                ["metadata"] = new JsonObject { ["$ref"] = prefix + ListMeta },
                ["items"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = prefix + resource.Definition } },
            },
            ["x-kubernetes-group-version-kind"] = new JsonArray(kind),
        };
    }

    private static JsonObject ListMetaSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["continue"] = new JsonObject { ["type"] = "string" },
            ["remainingItemCount"] = new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            ["resourceVersion"] = new JsonObject { ["type"] = "string" },
            ["selfLink"] = new JsonObject { ["type"] = "string" },
        },
    };
}
